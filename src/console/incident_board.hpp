#pragma once

#include "core/result.hpp"
#include "domain/incident.hpp"
#include "domain/incident_summary.hpp"
#include "store/incident_store.hpp"
#include "wall/snapshot.hpp"

#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace bongsu::console {

/// What is open on each camera, as the store last said. Thread-safe.
class IncidentBoard {
public:
    /// Reads what is open from the store. What take() was told meanwhile stays. Errors: the
    /// store's.
    Status load(store::IncidentStore& store);

    /// Takes what was stored, in the order of changes.
    void take(const Incident& incident);

    std::vector<wall::OpenIncident> of(const CameraId& camera) const;

private:
    void put(const IncidentSummary& incident);

    mutable std::mutex mutex_;
    bool is_loaded_ = false;
    std::unordered_set<IncidentId> told_;  ///< by take() before all was loaded
    std::unordered_map<CameraId, std::vector<wall::OpenIncident>> cameras_;
};

}  // namespace bongsu::console
