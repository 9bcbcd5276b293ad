#pragma once

#include "eval/mot/sequence.hpp"

namespace bongsu::eval {

/// The identity measures (Ristani et al. 2016): each true trajectory is given at most one track
/// over the whole sequence, such that wrongly named boxes are fewest.
struct IdentityScore {
    int true_positives = 0;
    int false_positives = 0;
    int misses = 0;

    double idf1() const;
    double precision() const;  ///< IDP
    double recall() const;     ///< IDR
};

IdentityScore identity_score(const MotFrames& truth, const MotFrames& tracks, double min_iou = 0.5);

}  // namespace bongsu::eval
