#pragma once

#include "domain/detection.hpp"
#include "domain/geometry.hpp"

#include <span>
#include <vector>

namespace bongsu::verifiers::fight {

/// Whether two people could touch each other: the gap between them is at most 0.8 body heights,
/// steps between their feet counted half, and neither is far behind the other.
bool are_within_reach(const Box& a, const Box& b);

/// Of the people in one picture those who could touch somebody else, or whose box is too wide for
/// one person while somebody else is near: squares of one body height around the middle of each.
std::vector<Box> in_company(std::span<const Detection> people);

}  // namespace bongsu::verifiers::fight
