#include "scenelog/stored_scene.hpp"

namespace bongsu::scenelog {
namespace {

StoredTrack to_stored(const Track& track) {
    const bool is_observed = track.history.empty() ? track.state == TrackState::Confirmed
                                                   : track.history.back().is_observed;
    return {
        .id = track.id,
        .cls = track.cls,
        .state = track.state,
        .score = track.score,
        .box = track.box,
        .first_seen = track.first_seen,
        .last_seen = track.last_seen,
        .is_observed = is_observed,
        .is_stationary = track.is_stationary,
        .history_length = static_cast<std::uint32_t>(track.history.size()),
    };
}

}  // namespace

StoredScene to_stored(const Scene& scene) {
    StoredScene stored{
        .time = scene.time,
        .time_uncertainty = scene.time_uncertainty,
        .width = scene.width,
        .height = scene.height,
        .signal = scene.signal,
        .level = scene.level,
        .has_detections = scene.has_detections,
        .quality = scene.quality,
        .tracks = {},
    };
    stored.tracks.reserve(scene.tracks.size());
    for (const Track& track : scene.tracks) {
        stored.tracks.push_back(to_stored(track));
    }
    return stored;
}

}  // namespace bongsu::scenelog
