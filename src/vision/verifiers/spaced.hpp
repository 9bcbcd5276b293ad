#pragma once

#include "core/clock.hpp"
#include "domain/frame.hpp"

#include <span>
#include <vector>

namespace bongsu::verifiers {

/// The last of the pictures and earlier ones at least `apart` from each other, back to `window`
/// before it or to where the size was another; oldest first. `recent`: oldest first, never empty;
/// the pictures stay theirs.
std::vector<const Frame*> spaced(std::span<const Frame> recent, Duration window, Duration apart);

}  // namespace bongsu::verifiers
