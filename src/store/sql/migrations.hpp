#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <string>
#include <vector>

namespace soci {
class session;  // NOLINT(readability-identifier-naming): SOCI's name
}

namespace bongsu::store {

/// One numbered change of the schema: statements that end in ";" at the end of a line.
struct Migration {
    std::string name;  ///< "0001_recordings"
    std::string text;
};

/// Those built into the program, oldest first.
std::vector<Migration> all_migrations();

/// Brings the schema up to the last of `migrations`, each in a transaction of its own. A database
/// whose schema is newer than that is refused with FailedPrecondition; `name` tells it in messages.
Status migrate(
    soci::session& session,
    const std::vector<Migration>& migrations,
    const std::string& name,
    WallTime now
);

}  // namespace bongsu::store
