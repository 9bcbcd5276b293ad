#include "store/sql/migrations.hpp"

#include "core/log.hpp"
#include "store/sql/statement.hpp"

#include <soci/soci.h>

namespace bongsu::store {
namespace {

/// The statements of a script, each without its final ";". A line that starts with "--" is a
/// comment.
std::vector<std::string> split_statements(const std::string& script) {
    std::vector<std::string> statements;
    std::string current;
    for (std::size_t at = 0; at < script.size();) {
        const std::size_t end = std::min(script.find('\n', at), script.size());
        const std::string line = script.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("--") || line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        current += line + '\n';
        if (line.ends_with(';')) {
            current.erase(current.rfind(';'));
            statements.push_back(std::exchange(current, {}));
        }
    }
    return statements;
}

std::int64_t stored_version(soci::session& session) {
    session << "CREATE TABLE IF NOT EXISTS schema_version ("
               "version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_us BIGINT NOT NULL)";
    Statement query(session, "SELECT MAX(version) FROM schema_version");
    query.integer();
    return query.run() ? query.integer_at(0) : 0;
}

void apply(soci::session& session, const Migration& migration, std::int64_t version, WallTime now) {
    soci::transaction transaction(session);
    for (const std::string& statement : split_statements(migration.text)) {
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
    const std::int64_t stored = stored_version(session);
    const auto known = static_cast<std::int64_t>(migrations.size());
    if (stored > known) {
        return fail(
            ErrorKind::FailedPrecondition,
            "database " + name + " has schema version " + std::to_string(stored) +
                ", but this program knows only versions up to " + std::to_string(known) +
                ": start the newer program, or restore the backup made before the update"
        );
    }
    for (std::int64_t version = stored + 1; version <= known; ++version) {
        const Migration& migration = migrations[static_cast<std::size_t>(version - 1)];
        try {
            apply(session, migration, version, now);
        } catch (const soci::soci_error& error) {
            return fail(
                ErrorKind::Internal,
                "migration " + migration.name + " of database " + name +
                    " failed, the schema stays at version " + std::to_string(version - 1) + ": " +
                    error.what()
            );
        }
        log::info("store.migrated", {{"database", name}, {"migration", migration.name}});
    }
    return {};
}

}  // namespace bongsu::store
