#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <optional>

namespace bongsu::verifiers::fire {

/// A square around the largest connected patch of the colour of flames in a part of a picture, half
/// as wide again as it, inside the part; nothing when there is none, or too small a one to look at.
/// The frame has planes; pixels of the picture. As tools/train/bongsu_train/proposals.py cuts
/// pictures for training.
std::optional<Box> flame_part(const Frame& frame, const Box& where);

}  // namespace bongsu::verifiers::fire
