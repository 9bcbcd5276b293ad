#pragma once

#include "domain/detection.hpp"

#include <vector>

namespace bongsu::vision {

/// Classes that a detector confuses with each other: of overlapping boxes of one group only the
/// best survives. A person on a motorcycle keeps both.
enum class ClassGroup { Person, Vehicle, TwoWheeler, Animal, Bag };

ClassGroup group_of(ObjectClass cls);

/// Keeps, per group, the highest score of boxes that overlap by more than `max_iou`. The result is
/// in descending order of score.
std::vector<Detection> suppress_overlaps(std::vector<Detection> detections, float max_iou);

}  // namespace bongsu::vision
