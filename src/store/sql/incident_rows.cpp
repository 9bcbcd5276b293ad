#include "store/sql/incident_rows.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/statement.hpp"

#include <array>
#include <charconv>
#include <string_view>

namespace bongsu::store {
namespace {

std::string join(const std::vector<TrackId>& tracks) {
    std::string text;
    for (const TrackId& track : tracks) {
        text += (text.empty() ? "" : ",") + std::to_string(track.value());
    }
    return text;
}

std::vector<TrackId> split(std::string_view text) {
    std::vector<TrackId> tracks;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        std::uint64_t number = 0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error != std::errc{}) {
            break;
        }
        tracks.emplace_back(number);
        at = next + 1;
    }
    return tracks;
}

EventPhase to_phase(std::string_view column) {
    using enum EventPhase;
    for (const EventPhase phase : {Begin, Update, End}) {
        if (column == to_string(phase)) {
            return phase;
        }
    }
    return Begin;
}

std::optional<std::int64_t> to_column(const std::optional<WallTime>& time) {
    return time ? std::optional(store::to_column(*time)) : std::nullopt;
}

void upsert_event(
    soci::session& session, const IncidentId& id, const BehaviourEvent& event, std::int64_t number
) {
    Statement statement(
        session,
        "INSERT INTO incident_events (incident, id, number, phase, kind, camera, rule, zone, "
        "gravity, started_us, "
        "time_us, uncertainty_us, confidence, tracks, box_x, box_y, box_w, box_h, picture_width, "
        "picture_height, "
        "detail) VALUES (:incident, :id, :number, :phase, :kind, :camera, :rule, :zone, :gravity, "
        ":started_us, "
        ":time_us, :uncertainty_us, :confidence, :tracks, :box_x, :box_y, :box_w, :box_h, "
        ":picture_width, "
        ":picture_height, :detail) ON CONFLICT (incident, id) DO UPDATE SET phase = "
        "excluded.phase, "
        "kind = excluded.kind, camera = excluded.camera, rule = excluded.rule, zone = "
        "excluded.zone, "
        "gravity = excluded.gravity, started_us = excluded.started_us, time_us = excluded.time_us, "
        "uncertainty_us = excluded.uncertainty_us, confidence = excluded.confidence, tracks = "
        "excluded.tracks, "
        "box_x = excluded.box_x, box_y = excluded.box_y, box_w = excluded.box_w, box_h = "
        "excluded.box_h, "
        "picture_width = excluded.picture_width, picture_height = excluded.picture_height, detail "
        "= excluded.detail"
    );
    statement.bind("incident", id.value())
        .bind("id", event.id.value())
        .bind("number", number)
        .bind("phase", std::string(to_string(event.phase)))
        .bind("kind", event.kind)
        .bind("camera", event.camera.value())
        .bind("rule", event.rule.value())
        .bind("zone", event.zone.value())
        .bind("gravity", std::int64_t{event.gravity})
        .bind("started_us", store::to_column(event.started))
        .bind("time_us", store::to_column(event.time))
        .bind("uncertainty_us", std::int64_t{event.time_uncertainty.count()})
        .bind("confidence", double{event.confidence})
        .bind("tracks", join(event.tracks))
        .bind("box_x", double{event.box.x})
        .bind("box_y", double{event.box.y})
        .bind("box_w", double{event.box.w})
        .bind("box_h", double{event.box.h})
        .bind("picture_width", std::int64_t{event.picture_width})
        .bind("picture_height", std::int64_t{event.picture_height})
        .bind("detail", event.detail)
        .run();
}

BehaviourEvent read_event(const Statement& row) {
    const auto real = [&](std::size_t column) { return static_cast<float>(row.number_at(column)); };
    const auto whole = [&](std::size_t column) { return static_cast<int>(row.integer_at(column)); };
    return {
        .id = EventId(row.text_at(0)),
        .phase = to_phase(row.text_at(1)),
        .kind = row.text_at(2),
        .camera = CameraId(row.text_at(3)),
        .rule = RuleId(row.text_at(4)),
        .zone = ZoneId(row.text_at(5)),
        .gravity = whole(6),
        .started = to_wall(row.integer_at(7)),
        .time = to_wall(row.integer_at(8)),
        .time_uncertainty = Duration{row.integer_at(9)},
        .confidence = real(10),
        .tracks = split(row.text_at(11)),
        .box = {real(12), real(13), real(14), real(15)},
        .picture_width = whole(16),
        .picture_height = whole(17),
        .detail = row.text_at(18),
    };
}

std::optional<Incident> load_own_row(soci::session& session, const IncidentId& id) {
    Statement query(
        session,
        "SELECT state, kind, gravity, camera, started_us, ended_us, opened_us, confidence, "
        "snapshot, "
        "clip_from_us, clip_to_us FROM incidents WHERE id = :id"
    );
    query.bind("id", id.value());
    query.text()
        .text()
        .integer()
        .text()
        .integer()
        .integer()
        .integer()
        .number()
        .text()
        .integer()
        .integer();
    if (!query.run()) {
        return std::nullopt;
    }
    Incident incident;
    incident.id = id;
    incident.state = parse_incident_state(query.text_at(0)).value_or(IncidentState::New);
    incident.kind = query.text_at(1);
    incident.gravity = static_cast<int>(query.integer_at(2));
    incident.camera = CameraId(query.text_at(3));
    incident.started = to_wall(query.integer_at(4));
    if (!query.is_null(5)) {
        incident.ended = to_wall(query.integer_at(5));
    }
    incident.opened = to_wall(query.integer_at(6));
    incident.confidence = static_cast<float>(query.number_at(7));
    incident.snapshot = query.text_at(8);
    incident.clip_from = to_wall(query.integer_at(9));
    incident.clip_to = to_wall(query.integer_at(10));
    return incident;
}

void load_zones(soci::session& session, Incident& incident) {
    Statement query(
        session, "SELECT zone FROM incident_zones WHERE incident = :id ORDER BY number"
    );
    query.bind("id", incident.id.value());
    query.text();
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        incident.zones.emplace_back(query.text_at(0));
    }
}

void load_steps(soci::session& session, Incident& incident) {
    Statement query(
        session,
        "SELECT time_us, who, action, why FROM incident_steps WHERE incident = :id ORDER BY number"
    );
    query.bind("id", incident.id.value());
    query.integer().text().text().text();
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        incident.steps.push_back(
            {to_wall(query.integer_at(0)), query.text_at(1), query.text_at(2), query.text_at(3)}
        );
    }
}

void load_events(soci::session& session, Incident& incident) {
    Statement query(
        session,
        "SELECT id, phase, kind, camera, rule, zone, gravity, started_us, time_us, uncertainty_us, "
        "confidence, "
        "tracks, box_x, box_y, box_w, box_h, picture_width, picture_height, detail FROM "
        "incident_events "
        "WHERE incident = :id ORDER BY number, id"
    );
    query.bind("id", incident.id.value());
    query.text().text().text().text().text().text();
    query.integer().integer().integer().integer().number().text();
    query.number().number().number().number().integer().integer().text();
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        incident.events.push_back(read_event(query));
    }
}

}  // namespace

void upsert_incident(soci::session& session, const Incident& incident) {
    Statement statement(
        session,
        "INSERT INTO incidents (id, state, kind, gravity, camera, started_us, ended_us, opened_us, "
        "confidence, "
        "snapshot, clip_from_us, clip_to_us) VALUES (:id, :state, :kind, :gravity, :camera, "
        ":started_us, "
        ":ended_us, :opened_us, :confidence, :snapshot, :clip_from_us, :clip_to_us) "
        "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, gravity = excluded.gravity, "
        "camera = excluded.camera, started_us = excluded.started_us, ended_us = excluded.ended_us, "
        "opened_us = excluded.opened_us, confidence = excluded.confidence, snapshot = "
        "excluded.snapshot, "
        "clip_from_us = excluded.clip_from_us, clip_to_us = excluded.clip_to_us"
    );
    statement.bind("id", incident.id.value())
        .bind("state", std::string(to_string(incident.state)))
        .bind("kind", incident.kind)
        .bind("gravity", std::int64_t{incident.gravity})
        .bind("camera", incident.camera.value())
        .bind("started_us", store::to_column(incident.started))
        .bind("ended_us", to_column(incident.ended))
        .bind("opened_us", store::to_column(incident.opened))
        .bind("confidence", double{incident.confidence})
        .bind("snapshot", incident.snapshot)
        .bind("clip_from_us", store::to_column(incident.clip_from))
        .bind("clip_to_us", store::to_column(incident.clip_to))
        .run();
}

void replace_zones(soci::session& session, const Incident& incident) {
    Statement(session, "DELETE FROM incident_zones WHERE incident = :id")
        .bind("id", incident.id.value())
        .run();
    std::int64_t number = 0;
    for (const ZoneId& zone : incident.zones) {
        Statement(
            session,
            "INSERT INTO incident_zones (incident, number, zone) VALUES (:id, :number, :zone)"
        )
            .bind("id", incident.id.value())
            .bind("number", number++)
            .bind("zone", zone.value())
            .run();
    }
}

void upsert_events(soci::session& session, const Incident& incident) {
    std::int64_t number = 0;
    for (const BehaviourEvent& event : incident.events) {
        upsert_event(session, incident.id, event, number++);
    }
}

void add_step_once(soci::session& session, const IncidentId& id, const IncidentStep& step) {
    // The casts tell PostgreSQL the types of parameters that stand in a SELECT list.
    Statement statement(
        session,
        "INSERT INTO incident_steps (incident, number, time_us, who, action, why) "
        "SELECT CAST(:id AS TEXT), (SELECT COUNT(*) FROM incident_steps WHERE incident = :id), "
        "CAST(:time_us AS BIGINT), CAST(:who AS TEXT), CAST(:action AS TEXT), CAST(:why AS TEXT) "
        "WHERE NOT EXISTS (SELECT 1 FROM incident_steps WHERE incident = :id AND time_us = "
        ":time_us "
        "AND who = :who AND action = :action)"
    );
    statement.bind("id", id.value())
        .bind("time_us", store::to_column(step.time))
        .bind("who", step.who)
        .bind("action", step.action)
        .bind("why", step.why)
        .run();
}

bool move_state(
    soci::session& session, const IncidentId& id, IncidentState from, IncidentState to
) {
    Statement statement(
        session, "UPDATE incidents SET state = :to_state WHERE id = :id AND state = :from_state"
    );
    statement.bind("to_state", std::string(to_string(to)))
        .bind("id", id.value())
        .bind("from_state", std::string(to_string(from)))
        .run();
    return statement.affected() == 1;
}

std::optional<Incident> load_incident(soci::session& session, const IncidentId& id) {
    auto incident = load_own_row(session, id);
    if (incident) {
        load_zones(session, *incident);
        load_steps(session, *incident);
        load_events(session, *incident);
    }
    return incident;
}

}  // namespace bongsu::store
