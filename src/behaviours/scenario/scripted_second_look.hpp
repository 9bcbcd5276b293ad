#pragma once

#include "behaviours/scenario/scenario.hpp"
#include "domain/second_look.hpp"

#include <optional>
#include <string_view>

namespace bongsu::behaviours {

/// Shares of a standing person's height from the feet: to the right and up.
struct BodyPlan {
    Point head;
    Point shoulders;
    Point hips;
    Point knees;
    Point ankles;
    float score = 0.8F;  ///< of all joints
};

/// upright, bent, squatting, sitting, on_floor, lying or unclear.
std::optional<BodyPlan> body_plan(std::string_view posture);

/// Answers behaviours as a scenario tells: poses of actors, and how sure verifiers are. Without a
/// picture, so any instant can be asked about.
class ScriptedSecondLook final : public SecondLook {
public:
    explicit ScriptedSecondLook(const Scenario& scenario) : scenario_(scenario) {}

    /// `t` in seconds from the start of the scenario.
    void set_time(double t) { t_ = t; }

    /// Of the actor whose body is nearest to the middle of `person`; an unclear one where nobody
    /// is, as networks answer.
    std::optional<Pose> pose(const Box& person) override;
    std::optional<float> verify(std::string_view verifier, const Box& where) override;

    void keep_looking(Duration) override {}

private:
    const Scenario& scenario_;
    double t_ = 0;
};

}  // namespace bongsu::behaviours
