#pragma once

#include "vision/verifiers/fight/strip.hpp"

#include <array>
#include <cstddef>

namespace bongsu::verifiers::fight {

/// How everything around somebody moves, in the order in which tools/train/recipes/fight.py gives
/// it to the head; x stands for log(1 + 3x). Speeds are in body heights a second, relative to the
/// median of the part, so that a camera that shakes adds nothing.
struct Motion {
    static constexpr std::size_t kNumbers = 8;

    float change = 0;        ///< of the velocity from picture to picture, mean over the part
    float high_change = 0;   ///< its 90th percentile
    float restlessness = 0;  ///< mean change by mean speed
    float steadiness = 0;    ///< |mean velocity| by mean speed, in place: 1 passes by, 0 sways
    float quick = 0;         ///< share of the part that is quicker than two body heights a second
    float unevenness = 0;    ///< spread of how often a place changes more than the mean
    float swirl = 0;         ///< rotation by mean speed
    float disorder = 0;      ///< entropy of directions in the most disordered picture, 0..1

    std::array<float, kNumbers> numbers() const;
};

/// Dense optical flow (Farneback 2003) between the pictures of a strip of at least three.
/// Unevenness follows the violent flows of Hassner, Itcher and Kliper-Gross 2012. Some 20 ms.
Motion measure(const Strip& strip);

}  // namespace bongsu::verifiers::fight
