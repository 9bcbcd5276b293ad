-- Cameras as stored configuration. Versions are only ever added; times are microseconds since 1970 (UTC).
CREATE TABLE camera_versions (
    camera            TEXT NOT NULL,
    number            BIGINT NOT NULL,
    action            TEXT NOT NULL,
    time_us           BIGINT NOT NULL,
    who               TEXT NOT NULL,
    why               TEXT NOT NULL,
    config            TEXT NOT NULL,
    PRIMARY KEY (camera, number)
);

-- The latest version of each camera, and its entry of the configuration file as last taken in.
CREATE TABLE cameras (
    id                TEXT PRIMARY KEY,
    version           BIGINT NOT NULL,
    file_entry        TEXT NOT NULL
);

CREATE TABLE camera_groups (
    id                TEXT PRIMARY KEY,
    name              TEXT NOT NULL,
    organisation      TEXT NOT NULL,
    note              TEXT NOT NULL,
    version           BIGINT NOT NULL
);
