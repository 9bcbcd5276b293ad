-- Recorded files and the chains of hashes over them. Times are microseconds since 1970 (UTC), hashes are hex.
CREATE TABLE segments (
    path              TEXT PRIMARY KEY,
    camera            TEXT NOT NULL,
    organisation      TEXT NOT NULL,
    role              TEXT NOT NULL,
    state             TEXT NOT NULL,
    start_us          BIGINT NOT NULL,
    end_us            BIGINT NOT NULL,
    wall_estimated    INTEGER NOT NULL,
    media_start       BIGINT NOT NULL,
    media_duration    BIGINT NOT NULL,
    codec             TEXT NOT NULL,
    width             INTEGER NOT NULL,
    height            INTEGER NOT NULL,
    bytes             BIGINT NOT NULL,
    fragments         BIGINT NOT NULL,
    chain_before      TEXT NOT NULL,
    chain_after       TEXT NOT NULL
);

CREATE INDEX segments_by_stream ON segments (camera, role, start_us);

CREATE INDEX segments_by_start ON segments (start_us, path);

CREATE INDEX segments_by_state ON segments (state);

CREATE TABLE chain_days (
    camera            TEXT NOT NULL,
    role              TEXT NOT NULL,
    day               TEXT NOT NULL,
    root              TEXT NOT NULL,
    root_time_us      BIGINT NOT NULL,
    retired           BIGINT NOT NULL,
    retired_through   TEXT NOT NULL,
    retired_time_us   BIGINT NOT NULL,
    PRIMARY KEY (camera, role, day)
);
