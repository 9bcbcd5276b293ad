#pragma once

#include "audit/audit_log.hpp"
#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "identity/identity.hpp"
#include "store/store.hpp"

#include <filesystem>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

namespace bongsu::app {

/// Where the commands that manage accounts and the audit log find an installation.
struct OfficeOptions {
    std::filesystem::path data = "bongsu-data";
    std::string database;  ///< empty: SQLite in the data folder

    void add_to(CLI::App& command);
};

/// Key of the second factors' secrets, key of the audit log's signatures, and its signed anchors,
/// below the data folder.
std::filesystem::path identity_key_file(const std::filesystem::path& data);
std::filesystem::path audit_key_file(const std::filesystem::path& data);
std::filesystem::path audit_anchor_file(const std::filesystem::path& data);

/// Database, accounts and audit log of an installation, opened by a command while the server may be
/// running.
class Office {
public:
    /// NotFound when there is no database.
    static Result<std::unique_ptr<Office>> open(const OfficeOptions& options);

    store::Store& store() { return *store_; }

    identity::Identity& identity() { return *identity_; }

    /// Writes an act of this command down, as "command" with the name of the system's user. Acts
    /// that cannot be written down must not happen.
    Status audit(const std::string& action, const std::string& object);

private:
    Office() = default;

    SystemClock clock_;
    Metrics metrics_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<identity::Identity> identity_;
    std::unique_ptr<audit::AuditLog> audit_;
};

/// Only the database, for commands that change nothing.
Result<std::unique_ptr<store::Store>> open_office_store(
    const OfficeOptions& options, const Clock& clock, Metrics& metrics
);

}  // namespace bongsu::app
