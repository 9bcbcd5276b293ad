#pragma once

#include "behaviours/behaviour.hpp"
#include "behaviours/inquiry.hpp"
#include "behaviours/smoke/veil.hpp"
#include "core/clock.hpp"

#include <cstddef>
#include <deque>

namespace bongsu::behaviours::smoke {

/// Something that may be smoke: a veil over one place of the picture, how it has grown there and
/// what the second look said. Times are those of scenes.
class Plume : public Suspicion {
public:
    Plume(const Patch& patch, WallTime now);

    /// Whether the patch is this one: smoke spreads and drifts but keeps coming from one place.
    bool is(const Patch& patch) const;

    /// Patches of one picture that are all this one belong together.
    void see(const Patch& patch, WallTime now);
    /// A picture in which it was not to be seen.
    void miss(WallTime now);

    /// Worth pictures and second looks: seen in several pictures.
    bool is_suspicious() const { return sights_ >= kSightsToSuspect; }

    bool is_due(WallTime now) const;

    /// Whether it has not been seen for so long that it is no matter any more.
    bool is_forgotten(WallTime now) const;

    /// Has lasted for `after`, was seen in half of the pictures of that time up to now, grew, is
    /// still there, and four of the latest ten answers are yes.
    bool is_confirmed(Duration after, WallTime now) const;

    /// Mean of the surest of the latest answers, as many as must be yes; 0..1.
    float confidence() const;

    /// The tiles that the second look is asked about: where it comes from and what is above, no
    /// larger than `side` tiles.
    Box heart(float side) const;

    const Patch& patch() const { return patch_; }

    WallTime first() const { return first_; }

    WallTime seen() const { return seen_; }

    bool is_proposed = false;  ///< for the behaviour's own use

private:
    struct Sighting {
        WallTime time;
        std::size_t tiles = 0;  ///< 0: not seen
    };

    static constexpr int kSightsToSuspect = 3;

    void add(const Patch& patch);
    void note(std::size_t tiles, WallTime now);
    bool was_mostly_seen(WallTime since) const;
    bool has_grown() const;

    Box source_;  ///< tiles; where it was first seen
    Patch patch_;
    WallTime first_;
    WallTime seen_;
    std::deque<Sighting> sightings_;  ///< oldest first
    std::size_t first_tiles_ = 0;
    int sights_ = 0;
};

}  // namespace bongsu::behaviours::smoke
