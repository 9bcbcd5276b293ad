#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <optional>
#include <span>

namespace bongsu::verifiers::fight {

/// The one of `bodies` (squares of one body height, pixels) around whom most changes from picture
/// to picture; nothing when there are none. `frames`: of one size, at least two.
std::optional<Box> most_restless(std::span<const Frame* const> frames, std::span<const Box> bodies);

}  // namespace bongsu::verifiers::fight
