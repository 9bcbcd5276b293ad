#include "store/sql/incident_rows.hpp"

#include "domain/incident_summary.hpp"
#include "store/sql/columns.hpp"
#include "store/sql/statement.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bongsu::store {
namespace {

std::string join(const std::vector<TrackId>& tracks) {
    std::string text;
    for (const TrackId& track : tracks) {
        text += (text.empty() ? "" : ",") + std::to_string(track.value());
    }
    return text;
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

/// Binds the columns that insert and update share.
Statement& bind_figures(Statement& statement, const Incident& incident) {
    const IncidentSummary row = summary_of(incident);
    return statement.bind("id", incident.id.value())
        .bind("change", incident.change)
        .bind("kind", incident.kind)
        .bind("gravity", std::int64_t{incident.gravity})
        .bind("started_us", store::to_column(incident.started))
        .bind("ended_us", to_column(incident.ended))
        .bind("confidence", double{incident.confidence})
        .bind("clip_from_us", store::to_column(incident.clip_from))
        .bind("clip_to_us", store::to_column(incident.clip_to))
        .bind("rule", row.rule.value())
        .bind("detail", row.detail)
        .bind("people", std::int64_t{row.people});
}

/// Binds the columns that only people and timers move.
Statement& bind_handling(Statement& statement, const Incident& incident) {
    const std::string_view reason = incident.reason ? to_string(*incident.reason) : "";
    return statement.bind("decided", incident.decided)
        .bind("state", std::string(to_string(incident.state)))
        .bind("is_open", std::int64_t{is_open(incident.state) ? 1 : 0})
        .bind("assignee", incident.assignee)
        .bind("verdict", std::string(to_string(incident.verdict)))
        .bind("reason", std::string(reason))
        .bind("escalation", std::int64_t{incident.escalation})
        .bind("acknowledged_us", to_column(incident.acknowledged))
        .bind("acknowledged_by", incident.acknowledged_by)
        .bind("judged_us", to_column(incident.judged))
        .bind("judged_by", incident.judged_by)
        .bind("merged_into", incident.merged_into.value());
}

}  // namespace

std::int64_t next_change(soci::session& session) {
    Statement(session, "UPDATE incident_changes SET latest = latest + 1 WHERE id = 1").run();
    Statement query(session, "SELECT latest FROM incident_changes WHERE id = 1");
    query.integer();
    query.run();
    return query.integer_at(0);
}

void upsert_incident(soci::session& session, const Incident& incident) {
    Statement statement(
        session,
        "INSERT INTO incidents (id, change, kind, gravity, started_us, ended_us, confidence, "
        "clip_from_us, clip_to_us, rule, detail, people, decided, state, is_open, assignee, "
        "verdict, reason, escalation, acknowledged_us, acknowledged_by, judged_us, judged_by, "
        "merged_into, camera, organisation, opened_us, snapshot) VALUES (:id, :change, :kind, "
        ":gravity, :started_us, :ended_us, :confidence, :clip_from_us, :clip_to_us, :rule, "
        ":detail, :people, :decided, :state, :is_open, :assignee, :verdict, :reason, :escalation, "
        ":acknowledged_us, :acknowledged_by, :judged_us, :judged_by, :merged_into, :camera, "
        ":organisation, :opened_us, :snapshot) ON CONFLICT (id) DO UPDATE SET "
        "change = excluded.change, kind = excluded.kind, gravity = excluded.gravity, "
        "started_us = excluded.started_us, ended_us = excluded.ended_us, "
        "confidence = excluded.confidence, clip_from_us = excluded.clip_from_us, "
        "clip_to_us = excluded.clip_to_us, rule = excluded.rule, detail = excluded.detail, "
        "people = excluded.people, camera = excluded.camera, opened_us = excluded.opened_us, "
        "snapshot = excluded.snapshot"
    );
    bind_figures(statement, incident);
    bind_handling(statement, incident)
        .bind("camera", incident.camera.value())
        .bind("organisation", incident.organisation.value())
        .bind("opened_us", store::to_column(incident.opened))
        .bind("snapshot", incident.snapshot)
        .run();
}

void update_incident(soci::session& session, const Incident& incident) {
    Statement statement(
        session,
        "UPDATE incidents SET change = :change, kind = :kind, gravity = :gravity, "
        "started_us = :started_us, ended_us = :ended_us, confidence = :confidence, "
        "clip_from_us = :clip_from_us, clip_to_us = :clip_to_us, rule = :rule, detail = :detail, "
        "people = :people, decided = :decided, state = :state, is_open = :is_open, "
        "assignee = :assignee, verdict = :verdict, reason = :reason, escalation = :escalation, "
        "acknowledged_us = :acknowledged_us, acknowledged_by = :acknowledged_by, "
        "judged_us = :judged_us, judged_by = :judged_by, merged_into = :merged_into "
        "WHERE id = :id"
    );
    bind_figures(statement, incident);
    bind_handling(statement, incident).run();
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

void add_steps(soci::session& session, const Incident& incident, std::size_t stored) {
    for (std::size_t i = stored; i < incident.steps.size(); ++i) {
        const IncidentStep& step = incident.steps[i];
        Statement(
            session,
            "INSERT INTO incident_steps (incident, number, time_us, who, action, why) "
            "VALUES (:id, :number, :time_us, :who, :action, :why)"
        )
            .bind("id", incident.id.value())
            .bind("number", static_cast<std::int64_t>(i))
            .bind("time_us", store::to_column(step.time))
            .bind("who", step.who)
            .bind("action", step.action)
            .bind("why", step.why)
            .run();
    }
}

}  // namespace bongsu::store
