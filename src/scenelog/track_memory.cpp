#include "scenelog/track_memory.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::scenelog {
namespace {

Track* find(std::vector<Track>& tracks, const StoredTrack& stored, std::size_t hint) {
    const auto is_it = [&](const Track& track) {
        return track.id == stored.id && track.first_seen == stored.first_seen;
    };
    if (hint < tracks.size() && is_it(tracks[hint])) {
        return &tracks[hint];
    }
    const auto found = std::ranges::find_if(tracks, is_it);
    return found != tracks.end() ? &*found : nullptr;
}

Point velocity_of(const std::vector<TrackPoint>& history) {
    if (history.size() < 2) {
        return {};
    }
    const TrackPoint& from = history[history.size() - 2];
    const TrackPoint& to = history.back();
    const auto seconds = static_cast<float>(to_seconds(to.time - from.time));
    if (seconds <= 0) {
        return {};
    }
    const Point a = from.box.foot();
    const Point b = to.box.foot();
    return {(b.x - a.x) / seconds, (b.y - a.y) / seconds};
}

}  // namespace

std::span<const Track> TrackMemory::follow(const StoredScene& scene) {
    std::swap(before_, tracks_);
    tracks_.clear();
    for (std::size_t i = 0; i < scene.tracks.size(); ++i) {
        const StoredTrack& stored = scene.tracks[i];
        Track track;
        if (Track* before = find(before_, stored, i)) {
            track = std::move(*before);
            before->first_seen = WallTime::max();  // taken
        }
        track.id = stored.id;
        track.cls = stored.cls;
        track.state = stored.state;
        track.score = stored.score;
        track.box = stored.box;
        track.first_seen = stored.first_seen;
        track.last_seen = stored.last_seen;
        track.is_stationary = stored.is_stationary;
        track.history.push_back({scene.time, stored.box, stored.is_observed});
        if (track.history.size() > stored.history_length) {
            const auto surplus = track.history.size() - stored.history_length;
            track.history.erase(
                track.history.begin(), track.history.begin() + static_cast<std::ptrdiff_t>(surplus)
            );
        }
        track.velocity = velocity_of(track.history);
        tracks_.push_back(std::move(track));
    }
    return tracks_;
}

}  // namespace bongsu::scenelog
