#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <optional>
#include <span>
#include <vector>

#include <opencv2/core.hpp>

namespace bongsu::verifiers::fight {

/// The same part of the pictures of the last two seconds, grey and small.
struct Strip {
    std::vector<cv::Mat> grey;    ///< 8 bit, all of one size, the longer side kSide; oldest first
    std::vector<double> seconds;  ///< of each picture since the first one
    float bodies_per_pixel = 0;   ///< length of one pixel in body heights
};

/// Longer side of the strip's pictures.
inline constexpr int kSide = 112;

/// Cuts the surroundings of somebody out of the pictures: 2.2 body heights wide, less at the border
/// of a small picture. `body`: a square of one body height around the middle of the body, pixels.
/// Nothing when there is too little to judge by: less than 1.2 s, long gaps, too small a body.
std::optional<Strip> cut_strip(std::span<const Frame> recent, const Box& body);

}  // namespace bongsu::verifiers::fight
