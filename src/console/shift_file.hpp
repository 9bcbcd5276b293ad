#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::console {

/// What of one user's wall outlives the program.
struct KeptDesk {
    std::string user;
    std::optional<WallTime> since;  ///< on shift since
    std::size_t cap = 0;
    std::size_t slots = 0;
    std::vector<CameraId> pins;

    bool operator==(const KeptDesk&) const = default;
};

/// Reads the file of write_shift_file; nothing when there is none. Corrupt when it is no such file.
Result<std::vector<KeptDesk>> read_shift_file(const std::filesystem::path& path);

/// Replaces the file as a whole, so that a crash leaves the old or the new one.
Status write_shift_file(const std::filesystem::path& path, const std::vector<KeptDesk>& desks);

}  // namespace bongsu::console
