#include "vision/verifiers/fight/company.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bongsu::verifiers::fight {
namespace {

constexpr float kReach = 0.8F;

/// Depth is foreshortened, and people fall and bend.
constexpr float kDepth = 0.5F;

/// Sizes of two people at the same place differ by no more than a child's from an adult's.
constexpr float kSizes = 2;

/// Two boxes that share more of the smaller one are of one person.
constexpr float kPartOfOne = 0.6F;
/// So is a box that is smaller than this share of another one and so near, in sizes of that.
constexpr float kFragment = 0.5F;
constexpr float kFragmentNear = 0.15F;

/// Height by width from which on somebody is up.
constexpr float kUpright = 1.3F;

/// Score from which on somebody is taken for a person on his own account.
constexpr float kSure = 0.25F;

float size_of(const Box& box) {
    return std::max(box.w, box.h);
}

float gap_across(const Box& a, const Box& b) {
    return std::max({0.0F, a.x - b.right(), b.x - a.right()});
}

float gap_down(const Box& a, const Box& b) {
    return std::max({0.0F, a.y - b.bottom(), b.y - a.bottom()});
}

/// Somebody who lies is often found twice, as a whole and in parts.
bool are_parts_of_one(const Box& a, const Box& b) {
    const float smaller = std::min(a.area(), b.area());
    return smaller > 0 && intersection(a, b).area() > kPartOfOne * smaller;
}

bool is_fragment_of(const Box& part, const Box& whole) {
    return size_of(part) < kFragment * size_of(whole) &&
           std::hypot(gap_across(part, whole), gap_down(part, whole)) <
               kFragmentNear * size_of(whole);
}

/// Of people who fight one is up, at least bent; somebody alone who falls is not, and is often
/// found as two: what is light of him and what is dark.
bool is_upright(const Box& box) {
    return box.h >= kUpright * box.w;
}

/// Of one picture, the people who are no fragments of somebody in any of them: who falls is found
/// whole in one picture and in pieces in the next.
std::vector<Detection> whole_people(
    std::span<const Detection> people, std::span<const std::vector<Detection>> pictures
) {
    std::vector<Detection> whole;
    for (const Detection& one : people) {
        const bool is_part = std::ranges::any_of(pictures, [&](const auto& others) {
            return std::ranges::any_of(others, [&](const Detection& other) {
                return is_fragment_of(one.box, other.box);
            });
        });
        if (!is_part) {
            whole.push_back(one);
        }
    }
    return whole;
}

/// Two who are sure, one of them up; or one who is sure and a doubtful one, both up: pieces of
/// somebody who lies are doubtful too.
bool may_fight(const Detection& one, const Detection& other) {
    const bool is_one_up = is_upright(one.box) || is_upright(other.box);
    const bool are_both_up = is_upright(one.box) && is_upright(other.box);
    return is_sure(one) && is_sure(other) ? is_one_up
                                          : are_both_up && (is_sure(one) || is_sure(other));
}

std::vector<Company> companies_of(const std::vector<Detection>& people) {
    std::vector<Company> found;
    for (std::size_t i = 0; i < people.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            const Detection& one = people[i];
            const Detection& other = people[k];
            if (may_fight(one, other) && are_within_reach(one.box, other.box)) {
                found.push_back({one.box, other.box});
            }
        }
    }
    return found;
}

}  // namespace

bool is_sure(const Detection& person) {
    return person.score >= kSure;
}

bool are_within_reach(const Box& a, const Box& b) {
    if (are_parts_of_one(a, b)) {
        return false;
    }
    const float smaller = std::min(size_of(a), size_of(b));
    const float gap = gap_across(a, b) + kDepth * std::abs(a.bottom() - b.bottom());
    return std::max(size_of(a), size_of(b)) <= kSizes * smaller && gap <= kReach * smaller;
}

std::vector<std::vector<Company>> companies_in(std::span<const std::vector<Detection>> pictures) {
    std::vector<std::vector<Company>> found;
    for (const std::vector<Detection>& picture : pictures) {
        found.push_back(companies_of(whole_people(picture, pictures)));
    }
    return found;
}

Box body_square(const Box& person) {
    const float side = size_of(person);
    const Point middle = person.centre();
    return {middle.x - side / 2, middle.y - side / 2, side, side};
}

}  // namespace bongsu::verifiers::fight
