#pragma once

#include "domain/detection.hpp"
#include "domain/geometry.hpp"

#include <span>
#include <vector>

namespace bongsu::verifiers::fight {

/// Whether somebody is surely enough a person to be believed without anybody beside him.
bool is_sure(const Detection& person);

/// Two people in one picture who could touch each other.
struct Company {
    Box one;
    Box other;
};

/// Whether two people could touch each other: the gap between them is at most 0.8 body heights of
/// the smaller one, steps between their feet counted half, and neither is far behind the other.
bool are_within_reach(const Box& a, const Box& b);

/// Everybody who could touch somebody else, for each of some pictures that were taken shortly after
/// each other. One of the two is sure and one is up; the other may be doubtful, for in a clinch one
/// person hides the other, but then both are up. Neither is a part of somebody larger: the detector
/// often finds feet, arms and shadows of who falls as people of their own.
std::vector<std::vector<Company>> companies_in(std::span<const std::vector<Detection>> pictures);

/// A square of one body height around the middle of somebody.
Box body_square(const Box& person);

}  // namespace bongsu::verifiers::fight
