#pragma once

#include "wall/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace bongsu::wall {

/// One tile's place between two ticks. Cameras are numbers of the snapshot.
struct Place {
    std::optional<std::size_t> camera;
    WallTime since;
    Reason reason;
    bool is_pinned = false;
    bool is_focused = false;
    bool is_undecided = false;  ///< shows an incident that nobody has taken a decision on
    bool is_extra = false;      ///< shown here because of an escalation, beside its first place

    bool is_empty() const { return !camera; }

    /// Whether it may not change whatever comes.
    bool is_held() const { return camera && (is_pinned || is_focused || is_undecided); }
};

/// What is on one operator's screen. Owned by WallPlanner.
struct Screen {
    std::vector<Place> main;
    std::vector<Place> carousel;

    /// The tiles of a wall: the carousel is a share of them, at least one.
    void resize(std::size_t slots, double carousel_share);

    template <class F>
    void each(F&& visit) {
        for (Place& place : main) {
            visit(place, false);
        }
        for (Place& place : carousel) {
            visit(place, true);
        }
    }

    Place* find(std::size_t camera);
    std::size_t incidents() const;
};

/// How much a place's present picture is worth keeping: the weight of its reason.
int weight_of(const Place& place);
int weight_of(ReasonCode code);

/// Which places may be taken.
struct PlaceWish {
    WallTime now;
    Duration dwell{};
    int weight = 0;             ///< only places of less weight
    bool may_be_fresh = false;  ///< also before the dwell is over
};

/// The place that is missed least: an empty one, else the lightest, of these the oldest; null when
/// none may be taken.
Place* lightest(std::vector<Place>& places, const PlaceWish& wish);

}  // namespace bongsu::wall
