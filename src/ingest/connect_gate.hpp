#pragma once

#include "core/clock.hpp"
#include "core/guarded.hpp"

#include <algorithm>

namespace bongsu::ingest {

/// Who asks for a place.
enum class Attempt {
    First,  ///< the first one, or the first after a stream that played
    Again,  ///< the one before failed
};

/// Spreads the connection attempts of all cameras of the process evenly in time. Half of the rate
/// is kept for first attempts: a thousand cameras that are away must not make the one wait that was
/// lost just now. Thread-safe.
class ConnectGate {
public:
    explicit ConnectGate(double per_second) : spacing_(from_seconds(2.0 / per_second)) {}

    /// When the caller may connect; never before `now`. The place is taken by asking, in the lane
    /// where it comes sooner.
    MonoTime reserve(MonoTime now, Attempt attempt) {
        return lanes_.with([&](Lanes& lanes) {
            const bool takes_first =
                attempt == Attempt::First && lanes.first <= std::max(lanes.any, now);
            MonoTime& lane = takes_first ? lanes.first : lanes.any;
            const MonoTime mine = std::max(lane, now);
            lane = mine + spacing_;
            return mine;
        });
    }

private:
    struct Lanes {
        MonoTime first;
        MonoTime any;
    };

    Duration spacing_;
    Guarded<Lanes> lanes_;
};

}  // namespace bongsu::ingest
