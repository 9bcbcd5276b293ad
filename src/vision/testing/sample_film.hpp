#pragma once

#include "domain/frame.hpp"

#include <optional>

namespace bongsu::vision {

/// People on a square, 768x576; of the package opencv-doc.
inline constexpr const char* kSampleFilm = "/usr/share/doc/opencv-doc/examples/data/vtest.avi";

/// A picture of it, decoded by the ffmpeg program. Nothing when one of the two is absent.
std::optional<Frame> sample_picture(int number);

}  // namespace bongsu::vision
