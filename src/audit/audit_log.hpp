#pragma once

#include "audit/audit_record.hpp"
#include "audit/verification.hpp"
#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "store/audit_store.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace bongsu::audit {

struct AuditOptions {
    std::filesystem::path key;      ///< Ed25519 key of the installation; made when it is not there
    std::filesystem::path anchors;  ///< text file that repeats the signed anchors
    std::size_t queue_records = 4'096;  ///< that may wait; beyond it acts are refused
    std::size_t batch_records = 512;    ///< that share one transaction
    Duration anchor_every = std::chrono::minutes{5};
    std::int64_t anchor_records = 1'000;  ///< an anchor also after so many records
};

/// The append-only log of every view, search, export, change and denial. Records are numbered from
/// 1 and hash-chained (chain.hpp); many waiting callers share one transaction. Thread-safe.
///
/// Fail closed: an act may only happen when append() said yes.
class AuditLog {
public:
    /// Starts the writer behind the newest stored record. `store`, `clock` and `metrics` must
    /// outlive it. Errors: Unavailable (database), PermissionDenied or Corrupt (key file).
    static Result<std::unique_ptr<AuditLog>> open(
        store::AuditStore& store, AuditOptions options, const Clock& clock, Metrics& metrics
    );

    /// Writes what was accepted and signs a last anchor.
    virtual ~AuditLog() = default;

    /// Stores the record and returns its number once it is on disk. ResourceExhausted when too many
    /// wait, otherwise the database's error: the caller must then refuse the act.
    virtual Result<std::int64_t> append(AuditRecord record) = 0;

    /// Newest first.
    virtual Result<store::AuditPage> list(const store::AuditQuery& query) = 0;

    /// Walks the chain from its beginning; see verification.hpp.
    virtual Result<Verification> verify() = 0;

    /// Signs the newest hash now, unless that was done already. Done by itself after every
    /// `anchor_records` and by the destructor; anchor_if_due, to be called about once a minute,
    /// does it after `anchor_every`.
    virtual Status anchor() = 0;
    virtual Status anchor_if_due() = 0;
};

}  // namespace bongsu::audit
