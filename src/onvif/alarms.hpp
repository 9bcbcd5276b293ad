#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/behaviour_event.hpp"
#include "onvif/event.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace bongsu::onvif {

/// Turns one camera's notifications into begins and ends of our own events. An alarm that is on is
/// told once, however often the camera repeats it; one without a state begins and ends at once. Not
/// thread-safe.
class CameraAlarms {
public:
    /// `clock` must outlive it.
    CameraAlarms(CameraId camera, const Clock& clock);

    /// Kinds that concern nobody give nothing. `clock_offset`: the camera's clock minus ours.
    std::vector<BehaviourEvent> take(const OnvifEvent& event, Duration clock_offset);

    /// Ends of everything that is on: the camera is no longer heard.
    std::vector<BehaviourEvent> end_all();

    std::size_t open_count() const { return open_.size(); }

private:
    BehaviourEvent begin(const OnvifEvent& event, const EventMeaning& meaning, Duration offset);
    static BehaviourEvent ended(BehaviourEvent event, WallTime at);
    WallTime time_of(const OnvifEvent& event, Duration offset) const;

    const CameraId camera_;
    const Clock& clock_;
    std::map<std::string, BehaviourEvent> open_;  // by topic and source; at most kMostOpen
    std::uint64_t number_ = 0;
};

/// How grave an alarm of the camera itself is taken, 1 to 5: a camera's own motion alarm says
/// little.
int gravity_of(std::string_view kind);

}  // namespace bongsu::onvif
