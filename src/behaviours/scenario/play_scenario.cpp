// Turns a scenario into scenes as a tracker would deliver them, and compares the events with what
// was told.
#include "behaviours/engine.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/scenario/scenario.hpp"
#include "behaviours/scenario/scripted_second_look.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

namespace bongsu::behaviours {
namespace {

/// Sightings after which a tracker believes in a new track.
constexpr int kConfirmAfter = 2;
/// How long a tracker keeps a track that it does not see.
constexpr double kKeepLost = 2;
constexpr double kHistory = 3;

/// -1..1, the same on every machine.
float wobble(std::mt19937& random) {
    return static_cast<float>(random()) / static_cast<float>(std::mt19937::max()) * 2 - 1;
}

float between(float a, float b, double share) {
    return a + static_cast<float>(share) * (b - a);
}

bool holds(const std::vector<Span>& spans, double t) {
    return std::ranges::any_of(spans, [t](const Span& span) { return span.holds(t); });
}

/// One actor as the tracker sees it.
class Walk {
public:
    Walk(const Actor& actor, const Scenario& scenario)
        : actor_(actor), scenario_(scenario), random_(actor.seed) {}

    /// Nothing when the tracker has no such track now.
    std::optional<Track> at(double t) {
        const WallTime time = scenario_.start + from_seconds(t);
        const bool is_there = t >= actor_.way.front().t && t <= actor_.way.back().t;
        if (is_there && !holds(actor_.gaps, t)) {
            return seen(t, time);
        }
        if (sightings_ < kConfirmAfter || t - last_seen_ > kKeepLost) {
            return std::nullopt;
        }
        track_.state = TrackState::Lost;
        const auto elapsed = static_cast<float>(t - last_seen_);
        Box box = last_box_;
        box.x += track_.velocity.x * elapsed;
        box.y += track_.velocity.y * elapsed;
        remember(time, box, false);
        return track_;
    }

private:
    Track seen(double t, WallTime time) {
        const Box box = box_at(t);
        if (sightings_ == 0) {
            track_.id = actor_.id;
            track_.cls = actor_.cls;
            track_.score = actor_.score;
            track_.first_seen = time;
        } else {
            const auto elapsed = static_cast<float>(t - last_seen_);
            const Point foot = box.foot();
            const Point before = last_box_.foot();
            track_.velocity = {(foot.x - before.x) / elapsed, (foot.y - before.y) / elapsed};
        }
        ++sightings_;
        track_.state = sightings_ >= kConfirmAfter ? TrackState::Confirmed : TrackState::Tentative;
        track_.last_seen = time;
        last_seen_ = t;
        last_box_ = box;
        remember(time, box, true);
        return track_;
    }

    Box box_at(double t) {
        auto next =
            std::ranges::find_if(actor_.way, [t](const Actor::Waypoint& w) { return w.t >= t; });
        const auto before = next == actor_.way.begin() ? next : std::prev(next);
        const double span = next->t - before->t;
        const double share = span > 0 ? (t - before->t) / span : 0;
        const float width = between(before->width, next->width, share);
        const float height = between(before->height, next->height, share);
        const float x =
            between(before->foot.x, next->foot.x, share) + actor_.jitter * wobble(random_);
        const float y =
            between(before->foot.y, next->foot.y, share) + actor_.jitter * wobble(random_);
        return {x - width / 2, y - height, width, height};
    }

    void remember(WallTime time, const Box& box, bool is_observed) {
        track_.box = box;
        track_.history.push_back({time, box, is_observed});
        std::erase_if(track_.history, [time](const TrackPoint& point) {
            return to_seconds(time - point.time) > kHistory;
        });
    }

    const Actor& actor_;
    const Scenario& scenario_;
    std::mt19937 random_;
    Track track_;
    Box last_box_;
    double last_seen_ = 0;
    int sightings_ = 0;
};

ViewQuality mixed(const ViewQuality& a, const ViewQuality& b, double share) {
    return {
        .mean_luma = between(a.mean_luma, b.mean_luma, share),
        .contrast = between(a.contrast, b.contrast, share),
        .sharpness = between(a.sharpness, b.sharpness, share),
        .background_similarity = between(a.background_similarity, b.background_similarity, share),
        .change = between(a.change, b.change, share),
    };
}

std::optional<ViewQuality> view_at(const Scenario& scenario, double t, std::mt19937& random) {
    const auto next =
        std::ranges::find_if(scenario.views, [t](const ViewPoint& point) { return point.t > t; });
    if (next == scenario.views.begin()) {
        return std::nullopt;
    }
    const ViewPoint& before = *std::prev(next);
    ViewQuality quality = before.quality;
    if (next != scenario.views.end() && next->is_ramp) {
        quality = mixed(before.quality, next->quality, (t - before.t) / (next->t - before.t));
    }
    for (float ViewQuality::* figure :
         {&ViewQuality::mean_luma,
          &ViewQuality::contrast,
          &ViewQuality::sharpness,
          &ViewQuality::background_similarity,
          &ViewQuality::change}) {
        quality.*figure *= 1 + scenario.view_noise * wobble(random);
    }
    quality.is_identical = holds(scenario.identical, t);
    if (quality.is_identical) {
        quality.change = 0;
    }
    return quality;
}

struct Happening {
    BehaviourEvent event;
    double raised = 0;
    bool is_explained = false;
};

std::vector<Happening> run(const Scenario& scenario, BehaviourEngine& engine) {
    std::vector<Happening> happenings;
    int frame = 0;
    for_each_scene(scenario, [&](const Scene& scene) {
        const double t = frame++ / scenario.fps;
        for (BehaviourEvent& event : engine.evaluate(scene)) {
            happenings.push_back({std::move(event), t});
        }
    });
    return happenings;
}

bool fits(const Expectation& expected, const Happening& happening, const Scenario& scenario) {
    const BehaviourEvent& event = happening.event;
    const auto seconds = [&](WallTime time) { return to_seconds(time - scenario.start); };
    const EventPhase phase = expected.is_end ? EventPhase::End : EventPhase::Begin;
    const bool has_track =
        !expected.track || std::ranges::find(event.tracks, *expected.track) != event.tracks.end();
    return event.phase == phase && event.kind == expected.kind && has_track &&
           expected.raised.holds(happening.raised) &&
           (!expected.started || expected.started->holds(seconds(event.started))) &&
           (!expected.due || expected.due->holds(seconds(event.time))) &&
           (!expected.rule || *expected.rule == event.rule) &&
           (!expected.zone || *expected.zone == event.zone) &&
           event.detail.find(expected.detail) != std::string::npos;
}

std::string describe(const Happening& happening, const Scenario& scenario) {
    const BehaviourEvent& event = happening.event;
    char times[96];
    std::snprintf(
        times,
        sizeof times,
        "%.2f s (started %.2f, time %.2f)",
        happening.raised,
        to_seconds(event.started - scenario.start),
        to_seconds(event.time - scenario.start)
    );
    std::string tracks;
    for (const TrackId& track : event.tracks) {
        tracks += " " + std::to_string(track.value());
    }
    return std::string(to_string(event.phase)) + " of " + event.kind + " at " + times + ", rule " +
           event.rule.value() + ", zone '" + event.zone.value() + "', tracks" + tracks +
           ", detail '" + event.detail + "'";
}

}  // namespace

void for_each_scene(const Scenario& scenario, const std::function<void(const Scene&)>& visit) {
    std::vector<Walk> walks;
    for (const Actor& actor : scenario.actors) {
        walks.emplace_back(actor, scenario);
    }
    std::mt19937 random(1);
    ScriptedSecondLook second_look(scenario);
    const int frames = static_cast<int>(std::floor(scenario.until * scenario.fps + 1e-6));
    for (int i = 0; i <= frames; ++i) {
        const double t = i / scenario.fps;
        Scene scene;
        scene.camera = scenario.camera.id;
        scene.time = scenario.start + from_seconds(t);
        const bool is_lost = holds(scenario.signal_lost, t);
        scene.signal = is_lost ? SignalState::Lost : SignalState::Up;
        scene.width = scenario.width;
        scene.height = scenario.height;
        scene.level = TriageLevel::T3;
        scene.has_detections = !is_lost;
        std::vector<Track> tracks;
        for (Walk& walk : walks) {
            if (auto track = is_lost ? std::nullopt : walk.at(t)) {
                tracks.push_back(*std::move(track));
            }
        }
        scene.tracks = tracks;
        if (!is_lost) {
            scene.quality = view_at(scenario, t, random);
            second_look.set_time(t);
            scene.second_look = &second_look;
        }
        visit(scene);
    }
}

Result<std::vector<std::string>> play(const Scenario& scenario) {
    Registry registry;
    register_all(registry);
    Metrics metrics;
    BONGSU_ASSIGN(
        BehaviourEngine engine,
        BehaviourEngine::create(scenario.camera, registry, metrics, scenario.time_zone)
    );
    std::vector<Happening> happenings = run(scenario, engine);
    std::vector<std::string> problems;
    for (const Expectation& expected : scenario.expected) {
        const auto met = std::ranges::find_if(happenings, [&](const Happening& happening) {
            return !happening.is_explained && fits(expected, happening, scenario);
        });
        if (met != happenings.end()) {
            met->is_explained = true;
        } else {
            problems.push_back(
                "line " + std::to_string(expected.line) + ": not met: " + expected.text
            );
        }
    }
    for (const Happening& happening : happenings) {
        if (happening.event.phase == EventPhase::Begin && !happening.is_explained) {
            problems.push_back("not expected: " + describe(happening, scenario));
        }
        for (const Expectation& forbidden : scenario.forbidden) {
            if (fits(forbidden, happening, scenario)) {
                problems.push_back(
                    "line " + std::to_string(forbidden.line) + ": forbidden, but " +
                    describe(happening, scenario)
                );
            }
        }
    }
    if (!problems.empty()) {
        for (const Happening& happening : happenings) {
            if (happening.event.phase != EventPhase::Update) {
                problems.push_back("  happened: " + describe(happening, scenario));
            }
        }
    }
    return problems;
}

}  // namespace bongsu::behaviours
