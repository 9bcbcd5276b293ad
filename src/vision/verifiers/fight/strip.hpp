#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <cstddef>
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

/// The pictures to judge by, oldest first: the last two seconds, some ten a second. Empty when
/// there is too little: less than 1.2 s, long gaps.
std::vector<const Frame*> choose(std::span<const Frame> recent);

/// Chosen pictures without the first `still` ones; as many of those stay as judging needs.
std::span<const Frame* const> since_moving(std::span<const Frame* const> frames, std::size_t still);

/// 2.2 body heights around `body`, a square of one body height around the middle of somebody;
/// moved into the picture and cut to it. Pixels.
cv::Rect surroundings_of(const Frame& frame, const Box& body);

/// The brightness of a picture, to be read only.
cv::Mat luma_of(const Frame& frame);

/// Cuts the surroundings of somebody out of chosen pictures. Nothing when he is too small.
std::optional<Strip> cut_strip(std::span<const Frame* const> frames, const Box& body);

}  // namespace bongsu::verifiers::fight
