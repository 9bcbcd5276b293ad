#pragma once

#include "store/incident_store.hpp"
#include "store/sql/database.hpp"

namespace bongsu::store {

/// IncidentStore in SQL. `database` must outlive it.
class SqlIncidentStore final : public IncidentStore {
public:
    explicit SqlIncidentStore(Database& database) : database_(database) {}

    Result<std::int64_t> save(const Incident& incident) override;
    Result<Incident> act(const IncidentId& id, const IncidentAction& action) override;
    Result<std::vector<Incident>> merge(const IncidentMerge& request) override;
    Result<Incident> get(const IncidentId& id) override;
    Result<IncidentPage> list(const IncidentQuery& query) override;
    Result<SummaryPage> summaries(const IncidentQuery& query) override;
    Result<std::vector<Incident>> changes_after(std::int64_t after, int limit) override;
    Result<std::int64_t> latest_change() override;
    Result<std::vector<Incident>> unended() override;
    Result<std::vector<IncidentSummary>> unanswered(WallTime from) override;
    Result<std::vector<OpenIncidents>> open_by_camera(const std::optional<IncidentScope>& scope
    ) override;
    Status mark_reviewed(const std::string& user, const std::vector<IncidentId>& ids, WallTime when)
        override;

private:
    Database& database_;
};

}  // namespace bongsu::store
