#pragma once

#include "behaviours/schedule.hpp"
#include "core/result.hpp"
#include "domain/camera.hpp"
#include "domain/detection.hpp"
#include "domain/scene.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::behaviours {

/// A stretch of time in seconds from the start of a scenario, both ends included.
struct Span {
    double from = 0;
    double to = 0;

    bool holds(double t) const { return t >= from && t <= to; }
};

/// Somebody who moves through a scenario in straight lines from waypoint to waypoint.
struct Actor {
    struct Waypoint {
        double t = 0;
        Point foot;  ///< pixels
        float width = 0;
        float height = 0;
    };

    /// How he holds himself from `t` on, changing evenly into what comes next.
    struct PosturePoint {
        double t = 0;
        std::string posture;  ///< one that body_plan() knows
    };

    TrackId id;
    ObjectClass cls = ObjectClass::Person;
    float score = 0.9F;
    float jitter = 0;  ///< positions are off by up to so many pixels
    unsigned seed = 1;
    std::vector<Waypoint> way;
    std::vector<Span> gaps;  ///< not detected
    std::vector<PosturePoint> postures;
};

/// How sure a verifier (vision/verifiers) is from `t` on, wherever it looks.
struct Verdict {
    std::string verifier;
    double t = 0;
    float sure = 0;
};

/// The state of the view from one moment on.
struct ViewPoint {
    double t = 0;
    ViewQuality quality;
    bool is_ramp = false;  ///< reached gradually from the point before
};

/// What must happen (or must not), from a line "expect ..." or "forbid ...".
struct Expectation {
    int line = 0;      ///< of the text
    std::string text;  ///< the line itself
    bool is_end = false;
    std::string kind;
    Span raised{0, 1e9};
    std::optional<Span> started;
    std::optional<Span> due;
    std::optional<RuleId> rule;
    std::optional<ZoneId> zone;
    std::optional<TrackId> track;
    std::string detail;  ///< part of the event's detail
};

/// A story told in text: a camera with zones and rules, what moves before it, what the rules must
/// say. The format is described in docs/guide/rules.md.
struct Scenario {
    CameraConfig camera;
    int width = 1280;
    int height = 720;
    double fps = 5;
    WallTime start{std::chrono::seconds{1'772'409'600}};  ///< Monday 2026-03-02 09:00 in Seoul
    TimeZone time_zone;
    double until = 0;  ///< seconds
    std::vector<Actor> actors;
    std::vector<Verdict> verdicts;  ///< ascending in time for each verifier
    std::vector<ViewPoint> views;
    float view_noise = 0;         ///< every figure is off by up to this share
    std::vector<Span> identical;  ///< the picture does not change at all
    std::vector<Span> signal_lost;
    std::vector<Expectation> expected;
    std::vector<Expectation> forbidden;
};

/// `origin` names the text in errors, which carry the line.
Result<Scenario> parse_scenario(std::string_view text, std::string_view origin);

/// Tells the scenario scene by scene, as a tracker would. A scene is valid during the call.
void for_each_scene(const Scenario& scenario, const std::function<void(const Scene&)>& visit);

/// Plays the scenario against the behaviours of this program. Returns what went otherwise than
/// told, one sentence each: expectations that were not met, and events that were not expected;
/// empty when all went as told.
Result<std::vector<std::string>> play(const Scenario& scenario);

}  // namespace bongsu::behaviours
