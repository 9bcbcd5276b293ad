#pragma once

#include "behaviours/registry.hpp"
#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "exec/periodic_timers.hpp"
#include "fleet/fleet.hpp"
#include "incidents/learning.hpp"
#include "store/incident_statistics.hpp"

#include <optional>

namespace bongsu::app {

/// Lets thresholds follow the verdicts once an hour, within the bounds of `learning:`. Every change
/// is a version of the camera's configuration under the name "learning" with its reason, so that
/// history shows it and undo takes it back; what a person took back is left alone for a while.
class VerdictLearner {
public:
    /// What it works with; all outlive it.
    struct Parts {
        fleet::Fleet& fleet;
        store::IncidentStatistics& statistics;
        const behaviours::Registry& behaviours;
        const Clock& clock;
        Metrics& metrics;
    };

    /// Starts its timer when learning is on.
    VerdictLearner(const Parts& parts, const incidents::LearningSettings& settings);
    ~VerdictLearner();

    /// Looks at every camera that was judged in the last week. Returns how many thresholds changed.
    /// Runs on: the timer's thread, or a test's.
    int step();

    void stop();

private:
    int look_at(const CameraId& id);
    Result<int> learn_from(const fleet::FleetCamera& camera);
    Result<incidents::ThresholdHistory> history_of(
        const fleet::FleetCamera& camera, const RuleConfig& rule, const std::string& setting
    ) const;
    Status change(const fleet::FleetCamera& camera, const incidents::ThresholdChange& change);

    const Parts parts_;
    const incidents::LearningSettings settings_;
    std::optional<exec::TimerThread> timer_;
};

}  // namespace bongsu::app
