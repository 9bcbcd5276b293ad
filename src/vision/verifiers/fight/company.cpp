#include "vision/verifiers/fight/company.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::verifiers::fight {
namespace {

constexpr float kReach = 0.8F;

/// Depth is foreshortened, and people fall and bend.
constexpr float kDepth = 0.5F;

/// Heights of two people at the same place differ by no more than a child's from an adult's, or a
/// bent person's from an upright one's.
constexpr float kHeights = 2.5F;

/// A box wider than this share of its height holds more than one upright person.
constexpr float kClump = 0.8F;

}  // namespace

bool are_within_reach(const Box& a, const Box& b) {
    const float height = std::max(a.h, b.h);
    const float across = std::max({0.0F, a.x - b.right(), b.x - a.right()});
    const float gap = across + kDepth * std::abs(a.bottom() - b.bottom());
    return height <= kHeights * std::min(a.h, b.h) && gap <= kReach * height;
}

std::vector<Box> in_company(std::span<const Detection> people) {
    std::vector<Box> bodies;
    for (const Detection& one : people) {
        const bool has_company = std::ranges::any_of(people, [&](const Detection& other) {
            return &other != &one && are_within_reach(one.box, other.box);
        });
        if (has_company || one.box.w > kClump * one.box.h) {
            const float side = std::max(one.box.w, one.box.h);
            const Point middle = one.box.centre();
            bodies.push_back({middle.x - side / 2, middle.y - side / 2, side, side});
        }
    }
    return bodies;
}

}  // namespace bongsu::verifiers::fight
