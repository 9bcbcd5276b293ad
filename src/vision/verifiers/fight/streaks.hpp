#pragma once

#include "vision/verifiers/fight/strip.hpp"

namespace bongsu::verifiers::fight {

/// Takes streaks of rain out of a strip of at least five pictures: what is there for one picture
/// only, brighter than before and after, and thin across. The first and the last picture, which
/// have nothing to be compared with, are dropped then. Where hardly anything of that kind is seen,
/// or not nearly everywhere, or as much dark as bright (noise), the strip stays as it is: a thin
/// arm that strikes is no rain.
Strip without_streaks(Strip strip);

}  // namespace bongsu::verifiers::fight
