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
    });
}

}  // namespace bongsu::store
