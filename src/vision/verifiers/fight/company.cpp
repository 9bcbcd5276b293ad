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

/// A box wider than this share of its height may hold more than one upright person; or one who
/// falls, so somebody else must be near.
constexpr float kClump = 0.8F;
/// Two boxes that share more of the smaller one are of one person.
constexpr float kPartOfOne = 0.6F;

/// Height by width from which on somebody is up.
constexpr float kUpright = 1.3F;

constexpr float kNear = 2.5F;  ///< body heights from middle to middle

/// Somebody who lies is often found twice, as a whole and in parts.
bool are_parts_of_one(const Box& a, const Box& b) {
    const float smaller = std::min(a.area(), b.area());
    return smaller > 0 && intersection(a, b).area() > kPartOfOne * smaller;
}

/// Of people who fight one is up, at least bent; somebody alone who falls is not, and is often
/// found as two: what is light of him and what is dark.
bool is_upright(const Detection& one) {
    return one.box.h >= kUpright * one.box.w;
}

/// Two people in a clinch are often found as one; who is alone in the picture is alone.
bool may_be_clump(const Detection& one, std::span<const Detection> people) {
    if (one.box.w <= kClump * one.box.h) {
        return false;
    }
    return std::ranges::any_of(people, [&](const Detection& other) {
        const Point a = one.box.centre();
        const Point b = other.box.centre();
        const float height = std::max({one.box.h, one.box.w, other.box.h});
        return &other != &one && is_upright(other) && !are_parts_of_one(one.box, other.box) &&
               std::hypot(a.x - b.x, a.y - b.y) <= kNear * height;
    });
}

}  // namespace

bool are_within_reach(const Box& a, const Box& b) {
    if (are_parts_of_one(a, b)) {
        return false;
    }
    const float height = std::max(a.h, b.h);
    const float across = std::max({0.0F, a.x - b.right(), b.x - a.right()});
    const float gap = across + kDepth * std::abs(a.bottom() - b.bottom());
    return height <= kHeights * std::min(a.h, b.h) && gap <= kReach * height;
}

std::vector<Box> in_company(std::span<const Detection> people) {
    std::vector<Box> bodies;
    for (const Detection& one : people) {
        const bool has_company = std::ranges::any_of(people, [&](const Detection& other) {
            return &other != &one && (is_upright(one) || is_upright(other)) &&
                   are_within_reach(one.box, other.box);
        });
        if (has_company || may_be_clump(one, people)) {
            const float side = std::max(one.box.w, one.box.h);
            const Point middle = one.box.centre();
            bodies.push_back({middle.x - side / 2, middle.y - side / 2, side, side});
        }
    }
    return bodies;
}

}  // namespace bongsu::verifiers::fight
