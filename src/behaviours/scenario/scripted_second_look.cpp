#include "behaviours/scenario/scripted_second_look.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string>
#include <utility>

namespace bongsu::behaviours {
namespace {

using Limb = Point BodyPlan::*;

/// In the order of Joint.
constexpr std::array<Limb, kJoints> kLimbs{
    &BodyPlan::head,
    &BodyPlan::head,
    &BodyPlan::head,
    &BodyPlan::head,
    &BodyPlan::head,
    &BodyPlan::shoulders,
    &BodyPlan::shoulders,
    &BodyPlan::hips,
    &BodyPlan::hips,
    &BodyPlan::hips,
    &BodyPlan::hips,
    &BodyPlan::hips,
    &BodyPlan::hips,
    &BodyPlan::knees,
    &BodyPlan::knees,
    &BodyPlan::ankles,
    &BodyPlan::ankles,
};

float between(float a, float b, float share) {
    return a + share * (b - a);
}

BodyPlan mixed(const BodyPlan& a, const BodyPlan& b, float share) {
    BodyPlan out;
    for (const Limb limb :
         {&BodyPlan::head,
          &BodyPlan::shoulders,
          &BodyPlan::hips,
          &BodyPlan::knees,
          &BodyPlan::ankles}) {
        out.*limb = {
            between((a.*limb).x, (b.*limb).x, share), between((a.*limb).y, (b.*limb).y, share)
        };
    }
    out.score = between(a.score, b.score, share);
    return out;
}

/// How he holds himself; nothing when the story says nothing about it.
std::optional<BodyPlan> plan_at(const Actor& actor, double t) {
    const auto next =
        std::ranges::find_if(actor.postures, [t](const Actor::PosturePoint& p) { return p.t > t; });
    if (next == actor.postures.begin()) {
        return std::nullopt;
    }
    const Actor::PosturePoint& before = *std::prev(next);
    const auto from = body_plan(before.posture);
    const auto to = next != actor.postures.end() ? body_plan(next->posture) : from;
    if (!from || !to) {
        return std::nullopt;
    }
    const double span = next != actor.postures.end() ? next->t - before.t : 1;
    return mixed(*from, *to, static_cast<float>((t - before.t) / span));
}

Point foot_at(const Actor& actor, double t) {
    const auto next =
        std::ranges::find_if(actor.way, [t](const Actor::Waypoint& w) { return w.t >= t; });
    const auto before = next == actor.way.begin() ? next : std::prev(next);
    const double span = next->t - before->t;
    const auto share = static_cast<float>(span > 0 ? (t - before->t) / span : 0);
    return {
        between(before->foot.x, next->foot.x, share), between(before->foot.y, next->foot.y, share)
    };
}

Pose drawn(const BodyPlan& plan, Point foot, float height) {
    Pose pose;
    for (std::size_t i = 0; i < kJoints; ++i) {
        const Point at = plan.*(kLimbs.at(i));
        pose.joints.at(i
        ) = {.at = {foot.x + at.x * height, foot.y - at.y * height}, .score = plan.score};
    }
    pose.score = plan.score;
    return pose;
}

}  // namespace

std::optional<BodyPlan> body_plan(std::string_view posture) {
    static const std::map<std::string, BodyPlan, std::less<>> plans{
        {"upright", {{0, 0.92F}, {0, 0.82F}, {0, 0.48F}, {0, 0.28F}, {0, 0.04F}}},
        {"bent", {{0.40F, 0.42F}, {0.30F, 0.50F}, {-0.05F, 0.47F}, {0, 0.26F}, {0, 0.04F}}},
        {"squatting", {{0.05F, 0.60F}, {0.03F, 0.50F}, {0, 0.18F}, {0.15F, 0.28F}, {0, 0.04F}}},
        {"sitting", {{0, 0.71F}, {0, 0.61F}, {0, 0.27F}, {0.22F, 0.27F}, {0.22F, 0.04F}}},
        {"on_floor", {{0, 0.50F}, {0, 0.40F}, {0, 0.06F}, {0.2F, 0.2F}, {0.4F, 0.04F}}},
        {"lying", {{0.45F, 0.08F}, {0.34F, 0.1F}, {0, 0.08F}, {-0.25F, 0.08F}, {-0.48F, 0.05F}}},
        {"unclear", {{0, 0.5F}, {0, 0.5F}, {0, 0.5F}, {0, 0.5F}, {0, 0.5F}, 0.1F}},
    };
    const auto plan = plans.find(posture);
    return plan != plans.end() ? std::optional(plan->second) : std::nullopt;
}

std::optional<Pose> ScriptedSecondLook::pose(const Box& person) {
    Pose nearest = drawn(*body_plan("unclear"), person.foot(), person.h);
    const Point middle = person.centre();
    float least = std::max(person.w, person.h) / 2;
    bool is_told = false;
    for (const Actor& actor : scenario_.actors) {
        const bool is_there = t_ >= actor.way.front().t && t_ <= actor.way.back().t;
        const auto plan = is_there ? plan_at(actor, t_) : std::nullopt;
        is_told = is_told || !actor.postures.empty();
        if (!plan) {
            continue;
        }
        const Pose pose = drawn(*plan, foot_at(actor, t_), actor.way.front().height);
        const Point hips = pose[Joint::LeftHip].at;
        const float apart = distance(hips, middle);
        if (apart < least) {
            least = apart;
            nearest = pose;
        }
    }
    return is_told ? std::optional(nearest) : std::nullopt;
}

std::optional<float> ScriptedSecondLook::verify(std::string_view verifier, const Box&) {
    std::optional<float> sure;
    for (const Verdict& verdict : scenario_.verdicts) {
        if (verdict.verifier == verifier && verdict.t <= t_) {
            sure = verdict.sure;
        }
    }
    return sure;
}

}  // namespace bongsu::behaviours
