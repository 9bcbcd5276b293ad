#pragma once

#include "eval/mot/sequence.hpp"

namespace bongsu::eval {

/// SORT as its paper describes it (Bewley et al. 2016): constant speed, optimal assignment on IoU
/// of at least 0.3, a track ends with the second frame without a detection, shown after three in a
/// row. The baseline that the tracker is measured against; written from the paper, nothing else
/// uses it.
MotFrames plain_sort(const MotFrames& detections);

}  // namespace bongsu::eval
