#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"

#include <filesystem>

namespace bongsu::eval {

/// Reads a JPEG or PNG as a frame. An odd last row or column is left out. Errors: NotFound,
/// Corrupt (not a picture, or larger than 8192 pixels on a side).
Result<Frame> load_picture(const std::filesystem::path& path);

}  // namespace bongsu::eval
