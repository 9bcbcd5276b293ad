#include "store/sql/sql_coverage_store.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/statement.hpp"

namespace bongsu::store {

Status SqlCoverageStore::merge(const std::vector<CoverageHour>& hours) {
    return database_.write([&](soci::session& session) -> Status {
        for (const CoverageHour& hour : hours) {
            Statement statement(
                session,
                "INSERT INTO coverage (camera, hour_us, longest_us, looks) "
                "VALUES (:camera, :hour_us, :longest_us, :looks) "
                "ON CONFLICT (camera, hour_us) DO UPDATE SET looks = coverage.looks + "
                "excluded.looks, "
                "longest_us = CASE WHEN excluded.longest_us > coverage.longest_us "
                "THEN excluded.longest_us ELSE coverage.longest_us END"
            );
            statement.bind("camera", hour.camera.value())
                .bind("hour_us", to_column(hour.hour))
                .bind("longest_us", std::int64_t{hour.longest_unwatched.count()})
                .bind("looks", hour.looks)
                .run();
        }
        return {};
    });
}

namespace {

constexpr Duration kShortSpan = std::chrono::days{2};

std::vector<CoverageHour> fetch_hours(Statement& query) {
    query.text().integer().integer().integer();
    std::vector<CoverageHour> rows;
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        rows.push_back({
            .camera = CameraId(query.text_at(0)),
            .hour = to_wall(query.integer_at(1)),
            .longest_unwatched = Duration{query.integer_at(2)},
            .looks = query.integer_at(3),
        });
    }
    return rows;
}

}  // namespace

Result<std::vector<CoverageHour>> SqlCoverageStore::find(
    const std::optional<CameraId>& camera, WallTime from, WallTime to
) {
    return database_.read([&](soci::session& session) -> Result<std::vector<CoverageHour>> {
        Statement query(
            session,
            std::string("SELECT camera, hour_us, longest_us, looks FROM coverage "
                        "WHERE hour_us >= :from_us AND hour_us < :to_us ") +
                (camera ? "AND camera = :camera " : "") + "ORDER BY hour_us, camera"
        );
        query.bind("from_us", to_column(from)).bind("to_us", to_column(to));
        if (camera) {
            query.bind("camera", camera->value());
        }
        return fetch_hours(query);
    });
}

Result<std::vector<CoverageHour>> SqlCoverageStore::worst(WallTime from, WallTime to, int limit) {
    return database_.read([&](soci::session& session) -> Result<std::vector<CoverageHour>> {
        // Of a long span the worst stand near the front of the index by length; of a short one it
        // is quicker to look at all its hours. The plus keeps SQLite from the index of hours.
        const std::string hour = to - from > kShortSpan ? "+hour_us" : "hour_us";
        Statement query(
            session,
            "SELECT camera, hour_us, longest_us, looks FROM coverage WHERE " + hour +
                " >= :from_us AND " + hour +
                " < :to_us ORDER BY longest_us DESC, hour_us, camera LIMIT :row_limit"
        );
        query.bind("from_us", to_column(from))
            .bind("to_us", to_column(to))
            .bind("row_limit", std::int64_t{limit});
        return fetch_hours(query);
    });
}

}  // namespace bongsu::store
