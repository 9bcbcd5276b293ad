#pragma once

#include "core/byte_reader.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace bongsu::scenelog {

/// An hour of UTC since 1970.
using Hour = std::int64_t;
Hour hour_of(WallTime time);
WallTime start_of(Hour hour);

/// "<root>/<YYYYMMDDHH>/<camera>.scenes", or InvalidArgument for an id that is no file name.
Result<std::filesystem::path> scene_file(
    const std::filesystem::path& root, Hour hour, const CameraId& camera
);

/// The files of the log on disk, one folder for each hour, so that keeping to a limit means
/// removing whole folders. Runs on: one thread.
class HourFiles {
public:
    /// Looks once at what lies on disk already.
    static Result<HourFiles> open(const std::filesystem::path& root);

    /// Unavailable, ResourceExhausted or PermissionDenied, naming the file.
    Status append(Hour hour, const CameraId& camera, Bytes block);

    /// Removes hours that ended before `keep_from`, then the oldest while there are more bytes than
    /// `keep_bytes` (0: no limit); the newest hour always stays. Returns how many went.
    std::size_t retire(WallTime keep_from, std::int64_t keep_bytes);

    std::int64_t bytes() const;

private:
    explicit HourFiles(std::filesystem::path root) : root_(std::move(root)) {}

    bool remove_oldest();

    std::filesystem::path root_;
    std::map<Hour, std::int64_t> hours_;  ///< bytes
};

}  // namespace bongsu::scenelog
