#include "store/store.hpp"

#include "store/sql/database.hpp"
#include "store/sql/sql_audit_store.hpp"
#include "store/sql/sql_camera_store.hpp"
#include "store/sql/sql_coverage_store.hpp"
#include "store/sql/sql_identity_store.hpp"
#include "store/sql/sql_incident_statistics.hpp"
#include "store/sql/sql_incident_store.hpp"
#include "store/sql/sql_segment_index.hpp"

namespace bongsu::store {
namespace {

class SqlStore final : public Store {
public:
    explicit SqlStore(std::unique_ptr<Database> database)
        : database_(std::move(database)),
          segments_(*database_),
          incidents_(*database_),
          incident_statistics_(*database_),
          coverage_(*database_),
          cameras_(*database_),
          identity_(*database_),
          audit_(*database_) {}

    SegmentIndex& segments() override { return segments_; }

    IncidentStore& incidents() override { return incidents_; }

    IncidentStatistics& incident_statistics() override { return incident_statistics_; }

    CoverageStore& coverage() override { return coverage_; }

    CameraStore& cameras() override { return cameras_; }

    IdentityStore& identity() override { return identity_; }

    AuditStore& audit() override { return audit_; }

private:
    std::unique_ptr<Database> database_;
    SqlSegmentIndex segments_;
    SqlIncidentStore incidents_;
    SqlIncidentStatistics incident_statistics_;
    SqlCoverageStore coverage_;
    SqlCameraStore cameras_;
    SqlIdentityStore identity_;
    SqlAuditStore audit_;
};

}  // namespace

Result<std::unique_ptr<Store>> Store::open(
    const StoreConfig& config, const Clock& clock, Metrics& metrics
) {
    BONGSU_ASSIGN(auto database, Database::open(config, clock, metrics));
    return std::make_unique<SqlStore>(std::move(database));
}

}  // namespace bongsu::store
