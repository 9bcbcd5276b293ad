#pragma once

#include "store/incident_statistics.hpp"
#include "store/sql/database.hpp"

namespace bongsu::store {

/// IncidentStatistics in SQL. `database` must outlive it.
class SqlIncidentStatistics final : public IncidentStatistics {
public:
    explicit SqlIncidentStatistics(Database& database) : database_(database) {}

    Result<std::vector<VerdictCount>> verdicts(const StatisticsSpan& span) override;
    Result<OpenedFigures> opened(const StatisticsSpan& span) override;
    Result<HandlingFigures> handling(const StatisticsSpan& span) override;
    Result<OpenFigures> open_now(const std::optional<IncidentScope>& scope) override;
    Result<std::vector<JudgedIncident>> judged(
        const CameraId& camera, WallTime from, WallTime to, int limit
    ) override;

private:
    Database& database_;
};

}  // namespace bongsu::store
