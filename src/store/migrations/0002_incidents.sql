-- Incidents with their zones, events and steps. Steps are only ever added.
CREATE TABLE incidents (
    id                TEXT PRIMARY KEY,
    state             TEXT NOT NULL,
    kind              TEXT NOT NULL,
    gravity           INTEGER NOT NULL,
    camera            TEXT NOT NULL,
    started_us        BIGINT NOT NULL,
    ended_us          BIGINT,
    opened_us         BIGINT NOT NULL,
    confidence        DOUBLE PRECISION NOT NULL,
    snapshot          TEXT NOT NULL,
    clip_from_us      BIGINT NOT NULL,
    clip_to_us        BIGINT NOT NULL
);

CREATE INDEX incidents_by_opened ON incidents (opened_us, id);

CREATE INDEX incidents_by_state ON incidents (state, opened_us, id);

CREATE INDEX incidents_by_camera ON incidents (camera, opened_us, id);

CREATE TABLE incident_zones (
    incident          TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    number            INTEGER NOT NULL,
    zone              TEXT NOT NULL,
    PRIMARY KEY (incident, number)
);

CREATE TABLE incident_steps (
    incident          TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    number            INTEGER NOT NULL,
    time_us           BIGINT NOT NULL,
    who               TEXT NOT NULL,
    action            TEXT NOT NULL,
    why               TEXT NOT NULL,
    PRIMARY KEY (incident, number)
);

CREATE TABLE incident_events (
    incident          TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    id                TEXT NOT NULL,
    number            INTEGER NOT NULL,
    phase             TEXT NOT NULL,
    kind              TEXT NOT NULL,
    camera            TEXT NOT NULL,
    rule              TEXT NOT NULL,
    zone              TEXT NOT NULL,
    gravity           INTEGER NOT NULL,
    started_us        BIGINT NOT NULL,
    time_us           BIGINT NOT NULL,
    uncertainty_us    BIGINT NOT NULL,
    confidence        DOUBLE PRECISION NOT NULL,
    tracks            TEXT NOT NULL,
    box_x             DOUBLE PRECISION NOT NULL,
    box_y             DOUBLE PRECISION NOT NULL,
    box_w             DOUBLE PRECISION NOT NULL,
    box_h             DOUBLE PRECISION NOT NULL,
    picture_width     INTEGER NOT NULL,
    picture_height    INTEGER NOT NULL,
    detail            TEXT NOT NULL,
    PRIMARY KEY (incident, id)
);
