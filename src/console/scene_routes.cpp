// Stored tracks, for boxes over recorded pictures.
#include "console/playback_trail.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "fleet/fleet.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/scene_reader.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

constexpr Duration kLongest = std::chrono::minutes{30};
constexpr std::size_t kMostScenes = 20'000;

double tenths(float value) {
    constexpr double kTenths = 10;
    return std::round(static_cast<double>(value) * kTenths) / kTenths;
}

json::object track_object(const Track& track) {
    return {
        {"id", track.id.value()},
        {"class", json::string(to_string(track.cls))},
        {"state", track.state == TrackState::Lost ? "lost" : "confirmed"},
        {"box", {tenths(track.box.x), tenths(track.box.y), tenths(track.box.w), tenths(track.box.h)}
        }
    };
}

json::array tracks_of(const Scene& scene) {
    json::array tracks;
    for (const Track& track : scene.tracks) {
        if (track.state != TrackState::Tentative) {
            tracks.push_back(track_object(track));
        }
    }
    return tracks;
}

/// Boxes are in pixels of the first scene's size; a camera that changes it within the span ends the
/// answer there.
Result<net::HttpAnswer> scenes_of(
    const ConsoleParts& parts, const CameraId& camera, const TimeSpan& span
) {
    if (parts.scenes == nullptr) {
        return fail(ErrorKind::Unavailable, "not_on_this_node"_code, "this node keeps no scenes");
    }
    if (parts.scene_log != nullptr) {
        std::ignore = parts.scene_log->flush(camera);  // else the newest are missing
    }
    json::array scenes;
    int width = 0;
    int height = 0;
    const auto take = [&](const Scene& scene) {
        if (width == 0) {
            width = scene.width;
            height = scene.height;
        }
        if (scene.width != width || scene.height != height || scenes.size() >= kMostScenes) {
            return false;
        }
        scenes.push_back(
            json::object{{"time", to_iso8601(scene.time)}, {"tracks", tracks_of(scene)}}
        );
        return true;
    };
    BONGSU_TRY(parts.scenes->read(camera, {span.from, span.to}, take));
    return json_answer(json::object{
        {"camera", camera.value()},
        {"width", width},
        {"height", height},
        {"scenes", std::move(scenes)}
    });
}

Result<net::HttpAnswer> camera_scenes(
    const ConsoleParts& parts, PlaybackTrail& trail, const Call& call
) {
    BONGSU_ASSIGN(const TimeSpan span, query_span(call.request, kLongest));
    BONGSU_TRY(trail.look(call, span));
    return scenes_of(parts, call.camera->config.id, span);
}

Result<net::HttpAnswer> incident_scenes(const ConsoleParts& parts, const Call& call) {
    const Incident& incident = *call.incident;
    const WallTime to = std::min(incident.clip_to, incident.clip_from + kLongest);
    if (to <= incident.clip_from) {
        return fail(ErrorKind::NotFound, "not_recorded"_code, "the incident has no clip");
    }
    return scenes_of(parts, incident.camera, {incident.clip_from, to});
}

}  // namespace

std::vector<Route> scene_routes(const ConsoleParts& parts) {
    const auto trail = std::make_shared<PlaybackTrail>();
    return {
        // Audited by the trail.
        {"GET",
         "/api/v1/cameras/{camera}/scenes",
         "getScenes",
         Right::PlayBack,
         About::Camera,
         Audited::OnlyDenials,
         [&parts, trail](const Call& call) { return camera_scenes(parts, *trail, call); }},
        {"GET",
         "/api/v1/incidents/{incident}/scenes",
         "getIncidentScenes",
         Right::ViewIncidents,
         About::Incident,
         Audited::Always,
         [&parts](const Call& call) { return incident_scenes(parts, call); }},
    };
}

}  // namespace bongsu::console
