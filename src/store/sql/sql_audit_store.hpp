#pragma once

#include "store/audit_store.hpp"
#include "store/sql/database.hpp"

namespace bongsu::store {

/// AuditStore in SQL. `database` must outlive it.
class SqlAuditStore final : public AuditStore {
public:
    explicit SqlAuditStore(Database& database) : database_(database) {}

    Status append(const std::vector<AuditRow>& rows) override;
    Result<std::optional<AuditRow>> newest() override;
    Result<std::vector<AuditRow>> after(std::int64_t after, int limit) override;
    Result<AuditPage> list(const AuditQuery& query) override;
    Status add_anchor(const AuditAnchor& anchor) override;
    Result<std::optional<AuditAnchor>> newest_anchor() override;
    Result<std::vector<AuditAnchor>> anchors() override;

private:
    Database& database_;
};

}  // namespace bongsu::store
