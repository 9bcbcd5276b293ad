#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::store {

/// One record of the audit log as stored. Hashes are 64 lower-case hexadecimal digits.
struct AuditRow {
    std::int64_t number = 0;  ///< from 1, without gaps
    WallTime time;
    std::string who;
    std::string organisation;
    std::string action;
    std::string object;
    std::string purpose;
    std::string incident;
    std::string outcome;  ///< "allowed", "denied", "failed"
    std::string address;
    std::string detail;
    std::string hash;

    bool operator==(const AuditRow&) const = default;
};

/// A signature over the hash of one record: evidence that the log was once at least so long.
struct AuditAnchor {
    std::int64_t number = 0;
    WallTime time;
    std::string hash;
    std::string key;        ///< public Ed25519 key, hex
    std::string signature;  ///< hex

    bool operator==(const AuditAnchor&) const = default;
};

/// Newest first. Every set condition must hold.
struct AuditQuery {
    std::optional<WallTime> from;  ///< inclusive
    std::optional<WallTime> to;    ///< exclusive
    std::optional<std::string> who;
    std::optional<std::string> organisation;
    std::optional<std::string> action;  ///< exact; one that ends with '.' is a beginning
    std::optional<std::string> object;
    std::optional<std::string> incident;
    std::optional<std::string> outcome;
    std::string cursor;  ///< AuditPage::next of the page before; empty for the first
    int limit = 50;      ///< 1-500
};

struct AuditPage {
    std::vector<AuditRow> rows;
    std::string next;  ///< cursor of the following page; empty when this is the last
};

/// The audit log. There is no way to change or remove a record, here or in SQL: the database
/// refuses UPDATE and DELETE. Thread-safe; an append is on disk when the call returns.
class AuditStore {
public:
    virtual ~AuditStore() = default;

    /// Adds the records in one transaction, all or none. AlreadyExists when a number is taken,
    /// because another process appended meanwhile.
    virtual Status append(const std::vector<AuditRow>& rows) = 0;

    virtual Result<std::optional<AuditRow>> newest() = 0;

    /// Records with numbers above `after`, ascending, at most `limit`.
    virtual Result<std::vector<AuditRow>> after(std::int64_t after, int limit) = 0;

    virtual Result<AuditPage> list(const AuditQuery& query) = 0;

    virtual Status add_anchor(const AuditAnchor& anchor) = 0;

    /// The one with the highest number.
    virtual Result<std::optional<AuditAnchor>> newest_anchor() = 0;

    /// All anchors by number.
    virtual Result<std::vector<AuditAnchor>> anchors() = 0;
};

}  // namespace bongsu::store
