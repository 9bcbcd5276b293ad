#include "console/incident_replay.hpp"

#include "console/request_body.hpp"
#include "domain/track_state.hpp"
#include "fleet/fleet.hpp"
#include "pipeline/rule_replay.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/scene_reader.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using pipeline::ReplayStep;

constexpr Duration kLongest = std::chrono::minutes{10};
/// Rules have seen this much before the clip: most remember no longer.
constexpr Duration kWarmUp = std::chrono::minutes{10};

/// Short in JSON; boxes to a tenth of a pixel, shares to a thousandth.
double rounded(float value, double parts) {
    return std::round(static_cast<double>(value) * parts) / parts;
}

json::array box_json(const Box& box) {
    constexpr double kTenths = 10;
    return {
        rounded(box.x, kTenths),
        rounded(box.y, kTenths),
        rounded(box.w, kTenths),
        rounded(box.h, kTenths)
    };
}

json::object track_json(const Track& track, WallTime now) {
    constexpr double kThousandths = 1000;
    return {
        {"id", track.id.value()},
        {"class", json::string(to_string(track.cls))},
        {"state", json::string(to_string(track.state))},
        {"box", box_json(track.box)},
        {"score", rounded(track.score, kThousandths)},
        {"is_stationary", track.is_stationary},
        {"age", to_seconds(now - track.first_seen)}
    };
}

json::value quality_json(const std::optional<ViewQuality>& quality) {
    constexpr double kThousandths = 1000;
    if (!quality) {
        return nullptr;
    }
    return json::object{
        {"mean_luma", rounded(quality->mean_luma, kThousandths)},
        {"contrast", rounded(quality->contrast, kThousandths)},
        {"sharpness", rounded(quality->sharpness, kThousandths)},
        {"background_similarity", rounded(quality->background_similarity, kThousandths)},
        {"change", rounded(quality->change, kThousandths)}
    };
}

json::object said_json(const BehaviourEvent& event) {
    constexpr double kThousandths = 1000;
    json::array tracks;
    for (const TrackId& track : event.tracks) {
        tracks.emplace_back(track.value());
    }
    return {
        {"id", event.id.value()},
        {"phase", json::string(to_string(event.phase))},
        {"kind", event.kind},
        {"rule", event.rule.value()},
        {"zone", event.zone.value()},
        {"gravity", event.gravity},
        {"started", to_iso8601(event.started)},
        {"confidence", rounded(event.confidence, kThousandths)},
        {"detail", event.detail},
        {"tracks", std::move(tracks)},
        {"box", box_json(event.box)}
    };
}

json::object step_json(const ReplayStep& step) {
    const Scene& scene = step.scene;
    json::array tracks;
    for (const Track& track : scene.tracks) {
        tracks.push_back(track_json(track, scene.time));
    }
    json::array proposals;
    for (const auto& [behaviour, count] : step.proposals) {
        proposals.push_back(json::object{{"kind", behaviour}, {"count", count}});
    }
    json::array said;
    for (const BehaviourEvent& event : step.events) {
        said.push_back(said_json(event));
    }
    return {
        {"time", to_iso8601(scene.time)},
        {"level", json::string(to_string(scene.level))},
        {"has_signal", scene.signal == SignalState::Up},
        {"has_detections", scene.has_detections},
        {"quality", quality_json(scene.quality)},
        {"tracks", std::move(tracks)},
        {"proposals", std::move(proposals)},
        {"said", std::move(said)}
    };
}

json::array rules_json(const CameraConfig& camera) {
    json::array rules;
    for (const RuleConfig& rule : camera.rules) {
        json::array zones;
        for (const ZoneId& zone : rule.zones) {
            zones.emplace_back(zone.value());
        }
        rules.push_back(json::object{
            {"id", rule.id.value()},
            {"behaviour", rule.behaviour},
            {"gravity", rule.gravity},
            {"zones", std::move(zones)}
        });
    }
    return rules;
}

json::array zones_json(const CameraConfig& camera) {
    json::array zones;
    for (const Zone& zone : camera.zones) {
        json::array points;
        for (const Point& corner : zone.corners) {
            points.push_back(json::array{corner.x, corner.y});
        }
        zones.push_back(json::object{
            {"id", zone.id.value()}, {"name", zone.name}, {"points", std::move(points)}
        });
    }
    return zones;
}

/// Collects the steps of the span. What was open when it began stands beside them.
class Story {
public:
    explicit Story(WallTime from) : from_(from) {}

    /// Boxes are in pixels of one size: a camera that changes it ends the story.
    bool take(const ReplayStep& step) {
        if (step.scene.time < from_) {
            remember(step);
            return true;
        }
        if (width_ == 0) {
            width_ = step.scene.width;
            height_ = step.scene.height;
        }
        if (step.scene.width != width_ || step.scene.height != height_) {
            return false;
        }
        steps_.push_back(step_json(step));
        return true;
    }

    json::object finish(const CameraConfig& camera) && {
        json::array open;
        for (const auto& [id, event] : open_) {
            open.push_back(said_json(event));
        }
        return {
            {"camera", camera.id.value()},
            {"width", width_},
            {"height", height_},
            {"rules", rules_json(camera)},
            {"zones", zones_json(camera)},
            {"open", std::move(open)},
            {"steps", std::move(steps_)}
        };
    }

private:
    void remember(const ReplayStep& step) {
        for (const BehaviourEvent& event : step.events) {
            if (event.phase == EventPhase::End) {
                open_.erase(event.id);
            } else {
                open_[event.id] = event;
            }
        }
    }

    WallTime from_;
    int width_ = 0;
    int height_ = 0;
    std::map<EventId, BehaviourEvent> open_;
    json::array steps_;
};

}  // namespace

Result<net::HttpAnswer> incident_replay(const ConsoleParts& parts, const Call& call) {
    if (parts.scenes == nullptr) {
        return fail(
            ErrorKind::Unavailable, "not_on_this_node"_code, "no scenes are kept on this node"
        );
    }
    const Incident& incident = *call.incident;
    const WallTime to = std::min(incident.clip_to, incident.clip_from + kLongest);
    if (to <= incident.clip_from) {
        return fail(ErrorKind::NotFound, "not_recorded"_code, "the incident has no clip");
    }
    if (!call.camera) {
        return fail(
            ErrorKind::NotFound, "unknown_camera"_code, "the camera of the incident is gone"
        );
    }
    if (parts.scene_log != nullptr) {
        std::ignore = parts.scene_log->flush(incident.camera);  // else the newest are missing
    }
    BONGSU_ASSIGN(const auto zone, behaviours::TimeZone::parse(parts.time_zone));
    const CameraConfig& camera = call.camera->config;
    Story story(incident.clip_from);
    BONGSU_TRY(pipeline::step_rules(
        *parts.scenes,
        parts.behaviours,
        {.camera = camera, .span = {incident.clip_from, to}, .warm_up = kWarmUp, .time_zone = zone},
        [&](const ReplayStep& step) { return story.take(step); }
    ));
    return json_answer(std::move(story).finish(camera));
}

}  // namespace bongsu::console
