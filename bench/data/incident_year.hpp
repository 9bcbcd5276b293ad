#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "store/incident_store.hpp"
#include "store/sql/database.hpp"
#include "store/sql/statement.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::bench {

inline constexpr int kCameras = 10'000;     ///< "c0" and so on
inline constexpr int kOrganisations = 117;  ///< "o0" and so on; camera n is of n % 117
inline constexpr int kOperators = 300;      ///< "u0" and so on
inline constexpr int kYearIncidents = 1'000'000;
/// The year of the incidents ends here.
inline const WallTime kYearEnd{std::chrono::seconds{1'790'000'000}};

/// Rows [from, to) of `count` over the year: the latest 2,000 and a few older ones are open.
inline Status add_incidents(store::Database& database, int from, int to, int count) {
    constexpr std::int64_t kYear = 365LL * 86'400 * 1'000'000;
    const std::string begin = std::to_string(kYearEnd.time_since_epoch().count() - kYear);
    const std::string camera = "(i * 7919 % " + std::to_string(kCameras) + ")";
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT " + std::to_string(from) +
        " UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(to - 1) +
        "), r AS (SELECT i, printf('%09d', i) AS id, 'c' || " + camera + " AS camera, 'o' || (" +
        camera + " % " + std::to_string(kOrganisations) + ") AS organisation, 'u' || (i % " +
        std::to_string(kOperators) +
        ") AS who, 'r' || (i % 3) AS rule, 'kind' || (i % 8) AS kind, " + begin + " + i * " +
        std::to_string(kYear / count) +
        " AS opened, CASE WHEN i >= " + std::to_string(count - 2000) +
        " OR i % 997 = 0 THEN 1 ELSE 0 END AS is_open, CASE WHEN i % 20 = 0 THEN 5 "
        "WHEN i % 20 < 4 THEN 3 ELSE 1 + i % 2 END AS gravity FROM n) ";
    const char* incidents =
        "INSERT INTO incidents (id, state, kind, gravity, camera, started_us, ended_us, opened_us, "
        "confidence, snapshot, clip_from_us, clip_to_us, change, decided, is_open, organisation, "
        "assignee, verdict, reason, acknowledged_us, acknowledged_by, judged_us, judged_by, rule, "
        "detail, people) SELECT id, CASE WHEN is_open = 1 THEN (CASE WHEN i % 2 = 0 THEN 'new' "
        "ELSE 'acknowledged' END) WHEN i % 3 = 0 THEN 'closed' ELSE 'false_alarm' END, kind, "
        "gravity, camera, opened, opened + 9000000, opened, 0.8, '2026/' || id || '.jpg', "
        "opened - 10000000, opened + 19000000, i + 1, i + 1, is_open, organisation, who, "
        "CASE WHEN is_open = 1 THEN '' WHEN i % 3 = 0 THEN 'confirmed' ELSE 'false_alarm' END, "
        "CASE WHEN is_open = 1 OR i % 3 = 0 THEN '' WHEN i % 5 = 0 THEN 'animal' ELSE "
        "'vegetation' END, opened + i * 37 % 120 * 1000000, who, opened + 60000000, who, rule, "
        "'', 1 FROM r";
    const char* notes =
        "INSERT INTO incident_steps SELECT id, 2, opened + 9, who, 'note', 'word' || i FROM r "
        "WHERE i % 10 = 0";
    const char* events =
        "INSERT INTO incident_events SELECT id, 'e', 0, 'end', kind, camera, rule, 'zone', "
        "gravity, opened, opened + 9000000, 0, 0.8, '1', 10, 20, 30, 40, 1280, 720, '' FROM r";
    const std::vector<std::string> inserts{
        incidents,
        "INSERT INTO incident_zones SELECT id, 0, 'zone' FROM r",
        "INSERT INTO incident_steps SELECT id, 0, opened, 'system', 'opened', '' FROM r",
        "INSERT INTO incident_steps SELECT id, 1, opened + 9, who, 'state', '' FROM r",
        notes,
        "INSERT INTO incident_reviews SELECT 'u7', id, opened FROM r WHERE i % 2 = 0",
        events,
    };
    return database.write([&](soci::session& session) -> Status {
        for (const std::string& insert : inserts) {
            store::Statement(session, numbers + insert).run();
        }
        store::Statement(session, "UPDATE incident_changes SET latest = " + std::to_string(to))
            .run();
        return {};
    });
}

/// Fills an SQLite database up to `count` incidents; one that has them already is left alone.
inline Status fill_year(store::Database& database, store::IncidentStore& incidents, int count) {
    constexpr int kBatch = 50'000;
    BONGSU_ASSIGN(const std::int64_t stored, incidents.latest_change());
    for (std::int64_t from = stored; from < count; from += kBatch) {
        const auto first = static_cast<int>(from);
        BONGSU_TRY(add_incidents(database, first, std::min(first + kBatch, count), count));
    }
    return {};
}

}  // namespace bongsu::bench
