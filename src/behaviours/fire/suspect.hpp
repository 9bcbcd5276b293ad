#pragma once

#include "behaviours/behaviour.hpp"
#include "behaviours/fire/flame_map.hpp"
#include "behaviours/inquiry.hpp"
#include "core/clock.hpp"
#include "domain/geometry.hpp"

#include <deque>
#include <optional>

namespace bongsu::behaviours::fire {

/// Something that may burn: a flame-coloured region that stays where it is, what has been seen of
/// it and what the second look said. Times are those of scenes.
class Suspect : public Suspicion {
public:
    Suspect(const FlameRegion& region, WallTime now);

    /// Whether the region is this one: fire grows but does not walk away, so it must touch the
    /// place where it was first seen; once it burns for certain, what it has spread to is part of
    /// it.
    bool is(const FlameRegion& region) const;

    /// The region as it is now; `change` against the picture before, nothing when there is none.
    void see(const FlameRegion& region, std::optional<float> change, WallTime now);

    /// Whether to ask the second look now: in every scene until it is sure, once a second while it
    /// burns, rarely when it has been denied again and again.
    bool is_due(WallTime now) const;

    /// Whether to find out now who is in the picture: the second look is nearly sure, and nobody
    /// has looked for people lately.
    bool wants_people(WallTime now) const;
    /// Whether somebody's body covers it: then it is his skin or his clothes, and it rests.
    void hear_of_people(bool is_somebody, WallTime now);

    /// Whether more pictures of it are wanted: it does not rest and was there a moment ago.
    bool wants_pictures(WallTime now) const;

    /// Whether it has not been seen for so long that it is no matter any more. What was denied is
    /// remembered for minutes: else it would be asked about anew each time it comes back.
    bool is_forgotten(WallTime now) const;

    /// Three of the last four answers are yes, the region has changed as flames do, and nobody was
    /// found there lately.
    bool is_confirmed(WallTime now) const;
    float confidence() const;

    const Box& box() const { return box_; }

    WallTime first() const { return first_; }

    WallTime seen() const { return seen_; }

private:
    bool changes_like_flames() const;

    Box anchor_;
    Box box_;
    float size_ = 0;
    float largest_ = 0;  ///< up to its latest rest
    WallTime first_;
    WallTime seen_;
    WallTime nobody_{};  ///< when it was last found that no person is there
    std::deque<float> changes_;
};

}  // namespace bongsu::behaviours::fire
