#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bongsu::recording {

inline constexpr const char* kSegmentSuffix = ".mp4";
inline constexpr const char* kTornSuffix = ".torn";  ///< after the segment's own name

/// A day folder below the root.
struct DayFolder {
    std::string path;    ///< "<organisation>/<camera>/<role>/2026-11-21"
    std::string stream;  ///< "<organisation>/<camera>/<role>"
    std::string day;
};

struct FoundFile {
    std::string path;  ///< below the root
    std::int64_t bytes = 0;
};

/// All day folders, in order. Anything else on the way is left alone.
Result<std::vector<DayFolder>> day_folders(const std::string& root);

/// The files directly in a folder whose names end in `suffix`, in order of their names.
Result<std::vector<FoundFile>> files_in(
    const std::string& root, const std::string& folder, const std::string& suffix
);

}  // namespace bongsu::recording
