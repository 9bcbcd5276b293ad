#include "audit/testing/memory_audit_store.hpp"

#include <algorithm>
#include <iterator>

namespace bongsu::audit::testing {

Status MemoryAuditStore::append(const std::vector<store::AuditRow>& added) {
    if (before_append) {
        BONGSU_TRY(before_append());
    }
    const std::scoped_lock lock(mutex_);
    const std::int64_t last = rows.empty() ? 0 : rows.back().number;
    if (added.front().number != last + 1) {
        return fail(ErrorKind::AlreadyExists, "the number is taken");
    }
    rows.insert(rows.end(), added.begin(), added.end());
    ++appends;
    return {};
}

Result<std::optional<store::AuditRow>> MemoryAuditStore::newest() {
    const std::scoped_lock lock(mutex_);
    return rows.empty() ? std::nullopt : std::optional(rows.back());
}

Result<std::vector<store::AuditRow>> MemoryAuditStore::after(std::int64_t after, int limit) {
    const std::scoped_lock lock(mutex_);
    std::vector<store::AuditRow> found;
    std::ranges::copy_if(rows, std::back_inserter(found), [&](const store::AuditRow& row) {
        return row.number > after;
    });
    std::ranges::sort(found, {}, &store::AuditRow::number);
    found.resize(std::min(found.size(), static_cast<std::size_t>(limit)));
    return found;
}

Result<store::AuditPage> MemoryAuditStore::list(const store::AuditQuery&) {
    const std::scoped_lock lock(mutex_);
    store::AuditPage page{.rows = rows, .next = {}};
    std::ranges::reverse(page.rows);
    return page;
}

Status MemoryAuditStore::add_anchor(const store::AuditAnchor& anchor) {
    const std::scoped_lock lock(mutex_);
    kept_anchors.push_back(anchor);
    return {};
}

Result<std::optional<store::AuditAnchor>> MemoryAuditStore::newest_anchor() {
    const std::scoped_lock lock(mutex_);
    return kept_anchors.empty() ? std::nullopt : std::optional(kept_anchors.back());
}

Result<std::vector<store::AuditAnchor>> MemoryAuditStore::anchors() {
    const std::scoped_lock lock(mutex_);
    return kept_anchors;
}

}  // namespace bongsu::audit::testing
