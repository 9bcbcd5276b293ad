#pragma once

#include "domain/geometry.hpp"
#include "domain/pose.hpp"
#include "vision/canvas.hpp"

#include <span>

namespace bongsu::vision {

/// The square of a picture that a pose network looks at, and where it lies on the network's input.
/// What of the square lies outside the picture stays empty.
struct PersonCrop {
    Box square;        ///< pixels of the picture; may reach over its edges
    PixelRect source;  ///< the part of it inside the picture
    PixelRect target;  ///< where that part is drawn on the input
};

/// A square around the middle of `person`, 1.25 times his longer side, on an input of `side` by
/// `side` pixels. `person` must overlap the picture.
PersonCrop crop_person(const Box& person, int width, int height, int side);

/// Reads 17 rows of y, x and score, y and x as shares of the square.
Pose read_joints(std::span<const float> keypoints, const Box& square);

}  // namespace bongsu::vision
