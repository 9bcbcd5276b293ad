-- What people do with incidents, numbered changes, and figures on the incident's own row, so that
-- lists and statistics need no other table.
ALTER TABLE incidents ADD COLUMN change BIGINT NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN decided BIGINT NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN is_open INTEGER NOT NULL DEFAULT 1;
ALTER TABLE incidents ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN verdict TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN escalation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN acknowledged_us BIGINT;
ALTER TABLE incidents ADD COLUMN acknowledged_by TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN judged_us BIGINT;
ALTER TABLE incidents ADD COLUMN judged_by TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN detail TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN people INTEGER NOT NULL DEFAULT 0;

UPDATE incidents SET change = numbered.n
FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY opened_us, id) AS n FROM incidents) AS numbered
WHERE numbered.id = incidents.id;

UPDATE incidents SET is_open = 0 WHERE state IN ('false_alarm', 'closed');

UPDATE incidents SET verdict = 'confirmed' WHERE state IN ('confirmed', 'dispatched');

UPDATE incidents SET verdict = 'false_alarm' WHERE state = 'false_alarm';

UPDATE incidents SET rule = COALESCE((SELECT e.rule FROM incident_events e
WHERE e.incident = incidents.id AND e.kind = incidents.kind ORDER BY e.number LIMIT 1), '');

UPDATE incidents SET acknowledged_us = (SELECT MIN(s.time_us) FROM incident_steps s
WHERE s.incident = incidents.id AND s.who <> 'system');

UPDATE incidents SET acknowledged_by = COALESCE((SELECT s.who FROM incident_steps s
WHERE s.incident = incidents.id AND s.who <> 'system' ORDER BY s.number LIMIT 1), '');

-- One row: the number of the latest change. Kept apart from the incidents so that numbers survive
-- their deletion.
CREATE TABLE incident_changes (
    id                INTEGER PRIMARY KEY,
    latest            BIGINT NOT NULL
);

INSERT INTO incident_changes (id, latest) SELECT 1, COUNT(*) FROM incidents;

CREATE UNIQUE INDEX incidents_by_change ON incidents (change);

-- Lists filter on the way along these indexes; the columns behind the order spare reading the rows.
DROP INDEX incidents_by_opened;

CREATE INDEX incidents_by_opened
ON incidents (opened_us, id, camera, organisation, state, gravity, kind, is_open);

CREATE INDEX incidents_open
ON incidents (is_open, opened_us, id, camera, organisation, state, gravity, kind);

CREATE INDEX incidents_in_queue ON incidents (is_open, gravity DESC, opened_us, id);

CREATE INDEX incidents_by_organisation ON incidents (organisation, opened_us, id);

CREATE INDEX incidents_by_kind ON incidents (kind, opened_us, id, gravity, camera, organisation);

CREATE INDEX incidents_by_assignee ON incidents (assignee, opened_us, id);

CREATE INDEX incidents_going_on ON incidents (opened_us) WHERE ended_us IS NULL;

CREATE INDEX incidents_merged ON incidents (merged_into) WHERE merged_into <> '';

CREATE INDEX incident_notes ON incident_steps (incident) WHERE action = 'note';

-- Who has looked at what.
CREATE TABLE incident_reviews (
    reviewer          TEXT NOT NULL,
    incident          TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    time_us           BIGINT NOT NULL,
    PRIMARY KEY (reviewer, incident)
);

CREATE INDEX incident_reviews_by_incident ON incident_reviews (incident);
