#pragma once

#include "domain/scene.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bongsu::scenelog {

/// One track in one scene as it lies in the log: what behaviours read, without the history, which
/// is the sum of the scenes before (see TrackMemory).
struct StoredTrack {
    TrackId id;
    ObjectClass cls = ObjectClass::Person;
    TrackState state = TrackState::Tentative;
    float score = 0;
    Box box;
    WallTime first_seen;
    WallTime last_seen;
    bool is_observed = false;  ///< of the newest point of its history
    bool is_stationary = false;
    std::uint32_t history_length = 0;  ///< points, the one of this scene included

    bool operator==(const StoredTrack&) const = default;
};

struct StoredScene {
    WallTime time;
    Duration time_uncertainty{};
    int width = 0;
    int height = 0;
    SignalState signal = SignalState::Up;
    TriageLevel level = TriageLevel::T1;
    bool has_detections = false;
    std::optional<ViewQuality> quality;
    std::vector<StoredTrack> tracks;
};

StoredScene to_stored(const Scene& scene);

}  // namespace bongsu::scenelog
