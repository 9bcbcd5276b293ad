#pragma once

#include "core/clock.hpp"
#include "domain/access_unit.hpp"
#include "incidents/incident_update.hpp"

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace bongsu::app {

/// What the demo counts while it runs. Thread-safe.
class DemoObserver {
public:
    explicit DemoObserver(const Clock& clock) : clock_(clock), started_(clock.mono()) {}

    void on_incident(const incidents::IncidentUpdate& update);
    void on_recorded(const AccessUnit& unit);

    struct Figures {
        std::map<std::string, int> incidents_by_kind;
        std::set<std::string> kinds;  ///< of all events, those that joined an incident too
        std::vector<double> delays;   ///< seconds from the picture that made it certain to stored
        std::vector<double>
            delays_from_start;  ///< the same from when it truly began, intrusion and line crossing
        std::map<CameraId, double>
            recording_after;  ///< seconds from start to the first recorded picture
        std::uint64_t recorded_bytes = 0;
    };

    Figures figures() const;

private:
    const Clock& clock_;
    const MonoTime started_;
    mutable std::mutex mutex_;
    Figures figures_;
};

}  // namespace bongsu::app
