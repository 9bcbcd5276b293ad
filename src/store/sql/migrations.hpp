#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <string>
#include <vector>

namespace soci {
class session;  // NOLINT(readability-identifier-naming): SOCI's name
}

namespace bongsu::store {

/// One numbered change of the schema: statements that end in ";" at the end of a line. The line
/// "-- only sqlite3" or "-- only postgresql" leaves the next statement out on the other database.
struct Migration {
    std::string name;  ///< "0001_recordings": the number is the version
    std::string text;
};

/// Those built into the program, by number.
std::vector<Migration> all_migrations();

/// Applies those of `migrations` that the database does not have yet, in their order, each in a
/// transaction of its own. A database whose schema is newer than all of them is refused with
/// FailedPrecondition; `name` tells it in messages.
Status migrate(
    soci::session& session,
    const std::vector<Migration>& migrations,
    const std::string& name,
    WallTime now
);

}  // namespace bongsu::store
