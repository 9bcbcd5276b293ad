#include "behaviours/fight/company.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>

namespace bongsu::behaviours::fight {
namespace {

/// What the verifier `fight` looks at, in body heights; movement there makes restless.
constexpr float kSurroundings = 2.2F;

/// People in a clinch are often missed; they are where they were for so long.
constexpr Duration kRemembered = std::chrono::seconds{2};

/// A box wider than this share of its height holds more than one upright person.
constexpr float kClump = 0.8F;

/// Heights of two people at the same place differ by no more than a child's from an adult's, or a
/// bent person's from an upright one's.
constexpr float kHeights = 2.5F;

/// Steps between feet count half: depth is foreshortened, people fall and bend.
constexpr float kDepth = 0.5F;

/// Restless is a company when so much of its surroundings moves, or a box moves and changes by so
/// many body heights a second: walking gives up to one, standing with trembling boxes a quarter.
constexpr float kMovingShare = 0.05F;
constexpr float kQuick = 0.5F;

/// Movement of boxes is taken over so long.
constexpr Duration kStretch = std::chrono::milliseconds{1000};

std::vector<const Track*> people_in(const Scene& scene, const CompanyRules& rules) {
    std::vector<const Track*> people;
    for (const Track& track : scene.tracks) {
        if (track.cls == ObjectClass::Person && track.score >= rules.min_score &&
            track.box.h >= rules.min_height && scene.time - track.last_seen <= kRemembered) {
            people.push_back(&track);
        }
    }
    return people;
}

float gap(const Box& a, const Box& b) {
    const float across = std::max({0.0F, a.x - b.right(), b.x - a.right()});
    return (across + kDepth * std::abs(a.bottom() - b.bottom())) / std::max(a.h, b.h);
}

bool are_near(const Box& a, const Box& b, float near) {
    return std::max(a.h, b.h) <= kHeights * std::min(a.h, b.h) && gap(a, b) <= near;
}

/// How quickly a box has moved and changed its shape, body heights a second.
float quickness_of(const Track& track, WallTime now) {
    const TrackPoint* before = nullptr;
    const TrackPoint* latest = nullptr;
    float way = 0;
    for (const TrackPoint& point : track.history) {
        if (!point.is_observed || now - point.time > kStretch) {
            continue;
        }
        if (latest != nullptr) {
            way += std::hypot(
                       point.box.centre().x - latest->box.centre().x,
                       point.box.centre().y - latest->box.centre().y
                   ) +
                   std::abs(point.box.w - latest->box.w) + std::abs(point.box.h - latest->box.h);
        } else {
            before = &point;
        }
        latest = &point;
    }
    if (before == latest) {
        return 0;
    }
    const auto lasted = static_cast<float>(to_seconds(latest->time - before->time));
    return lasted > 0 ? way / track.box.h / lasted : 0;
}

float moving_share(const Box& part, const Scene& scene) {
    float moving = 0;
    for (const Box& box : scene.moving) {
        moving += intersection(box, part).area();
    }
    return std::min(1.0F, moving / std::max(1.0F, part.area()));
}

/// One body height wide around the middle of `box`, moved into the picture: what sticks out of it
/// would be cut off, and the size is what the verifier measures with.
Box body_square(const Box& box, const Scene& scene) {
    const float side = std::max(box.w, box.h);
    const float right = std::max(0.0F, static_cast<float>(scene.width) - side);
    const float lowest = std::max(0.0F, static_cast<float>(scene.height) - side);
    return {
        std::clamp(box.centre().x - side / 2, 0.0F, right),
        std::clamp(box.centre().y - side / 2, 0.0F, lowest),
        side,
        side
    };
}

bool is_clump(const Box& box) {
    return box.w > kClump * box.h;
}

Company company_of(
    const Scene& scene, const Track& one, std::span<const Track* const> people, float near
) {
    const Box body = body_square(one.box, scene);
    Company company{body, one.box, {one.id}, 0};
    float quickness = quickness_of(one, scene.time);
    for (const Track* other : people) {
        if (other != &one && are_near(one.box, other->box, near)) {
            company.box = enclosing(company.box, other->box);
            company.people.push_back(other->id);
            quickness = std::max(quickness, quickness_of(*other, scene.time));
        }
    }
    const Box surroundings = padded(body, body.w * (kSurroundings - 1) / 2);
    company.stir = std::max(moving_share(surroundings, scene) / kMovingShare, quickness / kQuick);
    return company;
}

/// Whoever stands in the middle of another's picture is in it.
bool are_one(const Company& a, const Company& b) {
    const Point from = a.body.centre();
    const Point to = b.body.centre();
    return std::hypot(from.x - to.x, from.y - to.y) < std::max(a.body.w, b.body.w) / 2;
}

}  // namespace

std::vector<Company> restless_companies(const Scene& scene, const CompanyRules& rules) {
    const std::vector<const Track*> people = people_in(scene, rules);
    std::vector<Company> found;
    for (const Track* one : people) {
        Company company = company_of(scene, *one, people, rules.near);
        if (company.stir >= 1 && (company.people.size() > 1 || is_clump(one->box))) {
            found.push_back(std::move(company));
        }
    }
    std::ranges::stable_sort(found, std::greater{}, &Company::stir);
    std::vector<Company> apart;
    for (Company& company : found) {
        const bool is_known = std::ranges::any_of(apart, [&](const Company& better) {
            return are_one(better, company);
        });
        if (!is_known) {
            apart.push_back(std::move(company));
        }
    }
    return apart;
}

}  // namespace bongsu::behaviours::fight
