#pragma once

#include "store/incident_store.hpp"
#include "store/sql/database.hpp"

namespace bongsu::store {

/// IncidentStore in SQL. `database` must outlive it.
class SqlIncidentStore final : public IncidentStore {
public:
    explicit SqlIncidentStore(Database& database) : database_(database) {}

    Status save(const Incident& incident) override;
    Result<Incident> change_state(const IncidentId& id, const StateChange& change) override;
    Status add_step(const IncidentId& id, const IncidentStep& step) override;
    Result<Incident> get(const IncidentId& id) override;
    Result<IncidentPage> list(const IncidentQuery& query) override;

private:
    Database& database_;
};

}  // namespace bongsu::store
