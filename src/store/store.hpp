#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "store/audit_store.hpp"
#include "store/camera_store.hpp"
#include "store/config.hpp"
#include "store/coverage_store.hpp"
#include "store/identity_store.hpp"
#include "store/incident_statistics.hpp"
#include "store/incident_store.hpp"
#include "store/segment_index.hpp"

#include <memory>

namespace bongsu::store {

/// The database of one installation with all its repositories. Thread-safe.
class Store {
public:
    /// Connects to SQLite or PostgreSQL as the URL says and brings the schema up to date. `clock`
    /// is used only here; `metrics` must outlive the store.
    static Result<std::unique_ptr<Store>> open(
        const StoreConfig& config, const Clock& clock, Metrics& metrics
    );

    /// Finishes the writes that were accepted.
    virtual ~Store() = default;

    virtual SegmentIndex& segments() = 0;
    virtual IncidentStore& incidents() = 0;
    virtual IncidentStatistics& incident_statistics() = 0;
    virtual CoverageStore& coverage() = 0;
    virtual CameraStore& cameras() = 0;
    virtual IdentityStore& identity() = 0;
    virtual AuditStore& audit() = 0;
};

}  // namespace bongsu::store
