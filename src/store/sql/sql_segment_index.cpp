#include "store/sql/sql_segment_index.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/statement.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace bongsu::store {
namespace {

constexpr std::array<std::string_view, 3> kStates{"open", "closed", "retiring"};

std::string to_column(SegmentState state) {
    return std::string(kStates.at(static_cast<std::size_t>(state)));
}

SegmentState to_state(const std::string& column) {
    const auto* found = std::ranges::find(kStates, column);
    return found == kStates.end() ? SegmentState::Open
                                  : static_cast<SegmentState>(found - kStates.begin());
}

StreamRole to_role(const std::string& column) {
    return column == to_string(StreamRole::Sub) ? StreamRole::Sub : StreamRole::Main;
}

Codec to_codec(const std::string& column) {
    return column == to_string(Codec::H265) ? Codec::H265 : Codec::H264;
}

const std::string kSelect =
    "SELECT path, camera, organisation, role, state, start_us, end_us, wall_estimated, "
    "media_start, "
    "media_duration, codec, width, height, bytes, fragments, chain_before, chain_after FROM "
    "segments";

Segment read_row(const Statement& row) {
    return {
        .path = row.text_at(0),
        .camera = CameraId(row.text_at(1)),
        .organisation = OrganisationId(row.text_at(2)),
        .role = to_role(row.text_at(3)),
        .state = to_state(row.text_at(4)),
        .start = to_wall(row.integer_at(5)),
        .end = to_wall(row.integer_at(6)),
        .is_wall_estimated = row.integer_at(7) != 0,
        .media_start = row.integer_at(8),
        .media_duration = row.integer_at(9),
        .codec = to_codec(row.text_at(10)),
        .width = static_cast<std::uint32_t>(row.integer_at(11)),
        .height = static_cast<std::uint32_t>(row.integer_at(12)),
        .bytes = row.integer_at(13),
        .fragments = row.integer_at(14),
        .chain_before = row.text_at(15),
        .chain_after = row.text_at(16),
    };
}

std::vector<Segment> fetch(Statement& query) {
    query.text().text().text().text().text();
    query.integer().integer().integer().integer().integer();
    query.text().integer().integer().integer().integer().text().text();
    std::vector<Segment> rows;
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        rows.push_back(read_row(query));
    }
    return rows;
}

std::optional<Segment> fetch_one(Statement& query) {
    auto rows = fetch(query);
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

void upsert(soci::session& session, const Segment& segment) {
    Statement statement(
        session,
        "INSERT INTO segments (path, camera, organisation, role, state, start_us, end_us, "
        "wall_estimated, "
        "media_start, media_duration, codec, width, height, bytes, fragments, chain_before, "
        "chain_after) "
        "VALUES (:path, :camera, :organisation, :role, :state, :start_us, :end_us, "
        ":wall_estimated, "
        ":media_start, :media_duration, :codec, :width, :height, :bytes, :fragments, "
        ":chain_before, :chain_after) "
        "ON CONFLICT (path) DO UPDATE SET camera = excluded.camera, organisation = "
        "excluded.organisation, "
        "role = excluded.role, state = excluded.state, start_us = excluded.start_us, end_us = "
        "excluded.end_us, "
        "wall_estimated = excluded.wall_estimated, media_start = excluded.media_start, "
        "media_duration = excluded.media_duration, codec = excluded.codec, width = excluded.width, "
        "height = excluded.height, bytes = excluded.bytes, fragments = excluded.fragments, "
        "chain_before = excluded.chain_before, chain_after = excluded.chain_after"
    );
    statement.bind("path", segment.path)
        .bind("camera", segment.camera.value())
        .bind("organisation", segment.organisation.value())
        .bind("role", std::string(to_string(segment.role)))
        .bind("state", to_column(segment.state))
        .bind("start_us", store::to_column(segment.start))
        .bind("end_us", store::to_column(segment.end))
        .bind("wall_estimated", std::int64_t{segment.is_wall_estimated})
        .bind("media_start", segment.media_start)
        .bind("media_duration", segment.media_duration)
        .bind("codec", std::string(to_string(segment.codec)))
        .bind("width", std::int64_t{segment.width})
        .bind("height", std::int64_t{segment.height})
        .bind("bytes", segment.bytes)
        .bind("fragments", segment.fragments)
        .bind("chain_before", segment.chain_before)
        .bind("chain_after", segment.chain_after)
        .run();
}

// The root belongs to the end of the day's chain: the segment that builds on the present root, also
// when the wall clock was set back, or else the latest one. Recovery may store earlier ones
// afterwards.
void advance_root(soci::session& session, const Segment& segment) {
    Statement statement(
        session,
        "INSERT INTO chain_days (camera, role, day, root, root_time_us, retired, retired_through, "
        "retired_time_us) "
        "VALUES (:camera, :role, :day, :root, :root_time_us, 0, '', 0) "
        "ON CONFLICT (camera, role, day) DO UPDATE SET root = excluded.root, root_time_us = "
        "excluded.root_time_us "
        "WHERE excluded.root_time_us >= chain_days.root_time_us OR chain_days.root = :before"
    );
    statement.bind("camera", segment.camera.value())
        .bind("role", std::string(to_string(segment.role)))
        .bind("day", day_of(segment.start))
        .bind("root", segment.chain_after)
        .bind("root_time_us", store::to_column(segment.start))
        .bind("before", segment.chain_before)
        .run();
}

void remember_retired(soci::session& session, const Segment& segment) {
    Statement statement(
        session,
        "UPDATE chain_days SET "
        "retired_through = CASE WHEN :start_us >= retired_time_us THEN :chain ELSE retired_through "
        "END, "
        "retired_time_us = CASE WHEN :start_us >= retired_time_us THEN :start_us ELSE "
        "retired_time_us END, "
        "retired = retired + 1 WHERE camera = :camera AND role = :role AND day = :day"
    );
    statement.bind("start_us", store::to_column(segment.start))
        .bind("chain", segment.chain_after)
        .bind("camera", segment.camera.value())
        .bind("role", std::string(to_string(segment.role)))
        .bind("day", day_of(segment.start))
        .run();
}

std::string conditions(const SegmentQuery& query) {
    std::string text = " WHERE 1 = 1";
    text += query.camera ? " AND camera = :camera" : "";
    text += query.organisation ? " AND organisation = :organisation" : "";
    text += query.role ? " AND role = :role" : "";
    text += query.from ? " AND end_us > :from_us" : "";
    text += query.to ? " AND start_us < :to_us" : "";
    text += query.state ? " AND state = :state" : "";
    text += query.after_start ? " AND (start_us, path) > (:after_us, :after_path)" : "";
    return text;
}

void bind(Statement& statement, const SegmentQuery& query) {
    if (query.camera) {
        statement.bind("camera", query.camera->value());
    }
    if (query.organisation) {
        statement.bind("organisation", query.organisation->value());
    }
    if (query.role) {
        statement.bind("role", std::string(to_string(*query.role)));
    }
    if (query.from) {
        statement.bind("from_us", store::to_column(*query.from));
    }
    if (query.to) {
        statement.bind("to_us", store::to_column(*query.to));
    }
    if (query.state) {
        statement.bind("state", to_column(*query.state));
    }
    if (query.after_start) {
        statement.bind("after_us", store::to_column(*query.after_start))
            .bind("after_path", query.after_path);
    }
}

}  // namespace

Status SqlSegmentIndex::put(const Segment& segment) {
    return database_.write([&](soci::session& session) -> Status {
        upsert(session, segment);
        if (segment.state == SegmentState::Closed) {
            advance_root(session, segment);
        }
        return {};
    });
}

Result<std::vector<Segment>> SqlSegmentIndex::find(const SegmentQuery& query) {
    return database_.read([&](soci::session& session) -> Result<std::vector<Segment>> {
        Statement statement(
            session, kSelect + conditions(query) + " ORDER BY start_us, path LIMIT :row_limit"
        );
        bind(statement, query);
        statement.bind("row_limit", std::int64_t{std::max(query.limit, 1)});
        return fetch(statement);
    });
}

Result<std::optional<Segment>> SqlSegmentIndex::get(const std::string& path) {
    return database_.read([&](soci::session& session) -> Result<std::optional<Segment>> {
        Statement statement(session, kSelect + " WHERE path = :path");
        statement.bind("path", path);
        return fetch_one(statement);
    });
}

Result<std::optional<Segment>> SqlSegmentIndex::newest(const CameraId& camera, StreamRole role) {
    return database_.read([&](soci::session& session) -> Result<std::optional<Segment>> {
        Statement statement(
            session,
            kSelect +
                " WHERE camera = :camera AND role = :role ORDER BY start_us DESC, path DESC LIMIT 1"
        );
        statement.bind("camera", camera.value()).bind("role", std::string(to_string(role)));
        return fetch_one(statement);
    });
}

Result<std::vector<StoredStream>> SqlSegmentIndex::streams() {
    return database_.read([&](soci::session& session) -> Result<std::vector<StoredStream>> {
        Statement query(
            session,
            "SELECT camera, organisation, role, COUNT(*), SUM(bytes), MIN(start_us), MAX(start_us) "
            "FROM segments GROUP BY camera, organisation, role ORDER BY camera, role, organisation"
        );
        query.text().text().text().integer().integer().integer().integer();
        std::vector<StoredStream> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back({
                .camera = CameraId(query.text_at(0)),
                .organisation = OrganisationId(query.text_at(1)),
                .role = to_role(query.text_at(2)),
                .segments = query.integer_at(3),
                .bytes = query.integer_at(4),
                .oldest = to_wall(query.integer_at(5)),
                .newest = to_wall(query.integer_at(6)),
            });
        }
        return rows;
    });
}

Status SqlSegmentIndex::mark_retiring(const std::vector<std::string>& paths) {
    return database_.write([&](soci::session& session) -> Status {
        for (const std::string& path : paths) {
            Statement(session, "UPDATE segments SET state = 'retiring' WHERE path = :path")
                .bind("path", path)
                .run();
        }
        return {};
    });
}

Status SqlSegmentIndex::retire(const std::vector<std::string>& paths) {
    return database_.write([&](soci::session& session) -> Status {
        for (const std::string& path : paths) {
            Statement query(session, kSelect + " WHERE path = :path");
            query.bind("path", path);
            if (const auto segment = fetch_one(query)) {
                remember_retired(session, *segment);
            }
            Statement(session, "DELETE FROM segments WHERE path = :path").bind("path", path).run();
        }
        return {};
    });
}

Result<std::vector<ChainDay>> SqlSegmentIndex::chain_days(const std::optional<CameraId>& camera) {
    return database_.read([&](soci::session& session) -> Result<std::vector<ChainDay>> {
        Statement query(
            session,
            std::string("SELECT camera, role, day, root, root_time_us, retired, retired_through "
                        "FROM chain_days ") +
                (camera ? "WHERE camera = :camera " : "") + "ORDER BY camera, role, day"
        );
        if (camera) {
            query.bind("camera", camera->value());
        }
        query.text().text().text().text().integer().integer().text();
        std::vector<ChainDay> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back({
                .camera = CameraId(query.text_at(0)),
                .role = to_role(query.text_at(1)),
                .day = query.text_at(2),
                .root = query.text_at(3),
                .root_time = to_wall(query.integer_at(4)),
                .retired = query.integer_at(5),
                .retired_through = query.text_at(6),
            });
        }
        return rows;
    });
}

}  // namespace bongsu::store
