#pragma once

#include "app/station.hpp"
#include "core/clock.hpp"
#include "core/guarded.hpp"
#include "core/result.hpp"
#include "overload/town.hpp"
#include "pipeline/camera_stats.hpp"

#include <array>
#include <map>
#include <set>
#include <vector>

namespace bongsu::bench {

/// When incidents were stored, by camera. Thread-safe.
class IncidentTimes {
public:
    void note(const incidents::IncidentUpdate& update, MonoTime now);

    /// Of all incidents of a camera, ascending.
    std::vector<MonoTime> of(const CameraId& camera) const;

private:
    struct Pages {
        std::set<IncidentId> known;
        std::map<CameraId, std::vector<MonoTime>> times;
    };

    Guarded<Pages> pages_;
};

/// What one gravity's busy cameras got in the window.
struct GravityFigures {
    std::vector<double> looks_per_s;  ///< by camera
    double share = 1;                 ///< mean over the window, by the node's own count
};

struct OverloadFigures {
    double demand = 0;  ///< wanted by allowed CPU time, mean over the window
    std::array<GravityFigures, kGravities> gravities;
    double longest_unwatched_s = 0;
    double analysis_drops = 0;
    std::size_t walks = 0;
    std::vector<double> delays_s;  ///< of the walks that opened an incident
    bool was_said = false;         ///< on the metrics page and in the state of the system
};

/// Watches a running station for a while.
Result<OverloadFigures> watch_overload(app::Station& station, const Town& town, Duration window);

/// Which of the walks that began within the window opened an incident while the people were there.
void judge_walks(
    const Town& town,
    const IncidentTimes& incidents,
    MonoTime from,
    MonoTime until,
    OverloadFigures& figures
);

}  // namespace bongsu::bench
