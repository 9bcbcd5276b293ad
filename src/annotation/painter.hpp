#pragma once

#include "annotation/overlay.hpp"
#include "domain/frame.hpp"

#include <opencv2/core/mat.hpp>

namespace bongsu::annotation {

/// A BGR copy of the frame. Private to this folder.
cv::Mat to_bgr(const Frame& frame);

/// Draws zones, then tracks with their recent path, then highlights, then the caption.
void paint(cv::Mat& bgr, const Overlay& overlay);

}  // namespace bongsu::annotation
