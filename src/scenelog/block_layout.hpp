#pragma once

#include "scenelog/stored_scene.hpp"

#include <array>
#include <cstdint>

/// Bits of the scenes in a block, shared by its writer and its reader.
///
/// Scene: time since the scene before (varint) | flags | [width, height] | [uncertainty] |
/// [quality] | number of tracks | tracks.
/// Track: id minus (id before it in this scene + 1), zigzag | flags | sizes of the four floats of
/// its box | [more] | [id known from the scene before? no: class, first_seen, history] | [class] |
/// [last_seen] | [history] | box | score. Times are given as (time of the scene - time), zigzag.
namespace bongsu::scenelog::layout {

// Flags of a scene; bits 0-1 are the triage level.
inline constexpr unsigned kSignalLost = 1U << 2U;
inline constexpr unsigned kHasDetections = 1U << 3U;
inline constexpr unsigned kHasQuality = 1U << 4U;
inline constexpr unsigned kIsIdentical = 1U << 5U;
inline constexpr unsigned kNewSize = 1U << 6U;
inline constexpr unsigned kNewUncertainty = 1U << 7U;

// Flags of a track; bits 0-1 are its state, bits 5-6 the size of the score's float.
inline constexpr unsigned kKnown = 1U << 2U;  ///< it was in the scene before
inline constexpr unsigned kObserved = 1U << 3U;
inline constexpr unsigned kStationary = 1U << 4U;
inline constexpr unsigned kScoreShift = 5;
inline constexpr unsigned kMore = 1U << 7U;  ///< a byte of further flags follows

// Further flags.
inline constexpr unsigned kNewClass = 1U << 0U;
inline constexpr unsigned kOddLastSeen = 1U << 1U;  ///< neither this scene's time nor as before
inline constexpr unsigned kFullHistory = 1U << 2U;  ///< as long as before: the oldest point went
inline constexpr unsigned kOddHistory = 1U << 3U;   ///< its length follows

inline constexpr std::array kQualityFigures{
    &ViewQuality::mean_luma,
    &ViewQuality::contrast,
    &ViewQuality::sharpness,
    &ViewQuality::background_similarity,
    &ViewQuality::change
};

inline constexpr std::array kBoxFigures{&Box::x, &Box::y, &Box::w, &Box::h};

/// The track of that id in the scene before, or null. `hint` is where it is likely to be.
inline const StoredTrack* find_before(
    const std::vector<StoredTrack>& before, TrackId id, std::size_t hint
) {
    if (hint < before.size() && before[hint].id == id) {
        return &before[hint];
    }
    for (const StoredTrack& track : before) {
        if (track.id == id) {
            return &track;
        }
    }
    return nullptr;
}

}  // namespace bongsu::scenelog::layout
