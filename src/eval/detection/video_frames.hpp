#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"

#include <filesystem>
#include <map>
#include <set>

namespace bongsu::eval {

/// Decodes a video file of any kind that libav knows and returns the frames with the wanted
/// numbers, counted from 0 in decoding order. Numbers beyond the end are absent from the result.
Result<std::map<int, Frame>> read_video_frames(
    const std::filesystem::path& path, const std::set<int>& wanted
);

}  // namespace bongsu::eval
