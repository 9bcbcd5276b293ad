#pragma once

#include "store/audit_store.hpp"

#include <functional>
#include <mutex>
#include <vector>

namespace bongsu::audit::testing {

/// An audit store in memory that lets tests do what the databases refuse: change and remove
/// records. Thread-safe as far as the interface goes.
class MemoryAuditStore final : public store::AuditStore {
public:
    Status append(const std::vector<store::AuditRow>& rows) override;
    Result<std::optional<store::AuditRow>> newest() override;
    Result<std::vector<store::AuditRow>> after(std::int64_t after, int limit) override;
    Result<store::AuditPage> list(const store::AuditQuery& query) override;
    Status add_anchor(const store::AuditAnchor& anchor) override;
    Result<std::optional<store::AuditAnchor>> newest_anchor() override;
    Result<std::vector<store::AuditAnchor>> anchors() override;

    std::vector<store::AuditRow> rows;
    std::vector<store::AuditAnchor> kept_anchors;
    int appends = 0;                        ///< transactions
    std::function<Status()> before_append;  ///< may refuse, or append behind the caller's back

private:
    std::mutex mutex_;
};

}  // namespace bongsu::audit::testing
