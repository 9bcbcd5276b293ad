#include "store/sql/migrations.hpp"

#include "core/log.hpp"
#include "store/sql/statement.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include <soci/soci.h>

namespace bongsu::store {
namespace {

/// The number in front of the name.
std::int64_t version_of(const Migration& migration) {
    std::int64_t version = 0;
    std::from_chars(migration.name.data(), migration.name.data() + migration.name.size(), version);
    return version;
}

/// The statements of a script for `backend` ("sqlite3", "postgresql"), each without its final ";".
/// A line that starts with "--" is a comment; "-- only sqlite3" and "-- only postgresql" leave the
/// next statement out elsewhere.
std::vector<std::string> split_statements(const std::string& script, const std::string& backend) {
    constexpr std::string_view kOnly = "-- only ";
    std::vector<std::string> statements;
    std::string current;
    bool is_for_other = false;
    for (std::size_t at = 0; at < script.size();) {
        const std::size_t end = std::min(script.find('\n', at), script.size());
        const std::string line = script.substr(at, end - at);
        at = end + 1;
        if (line.starts_with(kOnly)) {
            is_for_other = line.substr(kOnly.size()) != backend;
        }
        if (line.starts_with("--") || line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        current += line + '\n';
        if (line.ends_with(';')) {
            current.erase(current.rfind(';'));
            std::string statement = std::exchange(current, {});
            if (!std::exchange(is_for_other, false)) {
                statements.push_back(std::move(statement));
            }
        }
    }
    return statements;
}

/// Versions that were applied, ascending.
std::vector<std::int64_t> stored_versions(soci::session& session) {
    session << "CREATE TABLE IF NOT EXISTS schema_version ("
               "version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_us BIGINT NOT NULL)";
    Statement query(session, "SELECT version FROM schema_version ORDER BY version");
    query.integer();
    std::vector<std::int64_t> versions;
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        versions.push_back(query.integer_at(0));
    }
    return versions;
}

void apply(soci::session& session, const Migration& migration, std::int64_t version, WallTime now) {
    soci::transaction transaction(session);
    for (const std::string& statement :
         split_statements(migration.text, session.get_backend_name())) {
        session << statement;
    }
    Statement(
        session,
        "INSERT INTO schema_version (version, name, applied_us) VALUES (:version, :name, :now)"
    )
        .bind("version", version)
        .bind("name", migration.name)
        .bind("now", static_cast<std::int64_t>(now.time_since_epoch().count()))
        .run();
    transaction.commit();
}

}  // namespace

Status migrate(
    soci::session& session,
    const std::vector<Migration>& migrations,
    const std::string& name,
    WallTime now
) {
    const std::vector<std::int64_t> stored = stored_versions(session);
    const std::int64_t known = migrations.empty() ? 0 : version_of(migrations.back());
    if (!stored.empty() && stored.back() > known) {
        return fail(
            ErrorKind::FailedPrecondition,
            "database " + name + " has schema version " + std::to_string(stored.back()) +
                ", but this program knows only versions up to " + std::to_string(known) +
                ": start the newer program, or restore the backup made before the update"
        );
    }
    for (const Migration& migration : migrations) {
        const std::int64_t version = version_of(migration);
        if (std::ranges::binary_search(stored, version)) {
            continue;
        }
        try {
            apply(session, migration, version, now);
        } catch (const soci::soci_error& error) {
            return fail(
                ErrorKind::Internal,
                "migration " + migration.name + " of database " + name +
                    " failed and was taken back: " + error.what()
            );
        }
        log::info("store.migrated", {{"database", name}, {"migration", migration.name}});
    }
    return {};
}

}  // namespace bongsu::store
