#pragma once

#include "eval/mot/sequence.hpp"

namespace bongsu::eval {

/// HOTA and its two halves (Luiten et al. 2020), each the mean over the 19 overlaps 0.05 ... 0.95.
struct HotaScore {
    double hota = 0;  ///< geometric mean of detection and association, 0..1
    double deta = 0;  ///< detection accuracy
    double assa = 0;  ///< association accuracy
};

/// As TrackEval computes it: one pairing per frame for all overlaps, which prefers pairs that go
/// together over the whole sequence.
HotaScore hota(const MotFrames& truth, const MotFrames& tracks);

}  // namespace bongsu::eval
