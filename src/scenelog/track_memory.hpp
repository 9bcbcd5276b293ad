#pragma once

#include "domain/track.hpp"
#include "scenelog/stored_scene.hpp"

#include <span>
#include <vector>

namespace bongsu::scenelog {

/// Gives stored scenes back as the behaviours saw them: tracks with the history that the tracker
/// had. A track that was there before the first scene has the history since then. Velocity is that
/// of the last two points of the history (the tracker's own is filtered); appearance is not kept.
class TrackMemory {
public:
    /// Valid until the next call.
    std::span<const Track> follow(const StoredScene& scene);

private:
    std::vector<Track> tracks_;
    std::vector<Track> before_;
};

}  // namespace bongsu::scenelog
