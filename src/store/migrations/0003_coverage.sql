-- The coverage ledger: how well each camera was watched, hour by hour.
CREATE TABLE coverage (
    camera            TEXT NOT NULL,
    hour_us           BIGINT NOT NULL,
    longest_us        BIGINT NOT NULL,
    looks             BIGINT NOT NULL,
    PRIMARY KEY (camera, hour_us)
);

CREATE INDEX coverage_by_hour ON coverage (hour_us, camera);
