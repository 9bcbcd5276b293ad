-- The audit log: numbered, hash-chained records and signed anchors. Both databases refuse to change or delete
-- them; who goes around that breaks the chain, which `bongsu audit verify` shows.
CREATE TABLE audit_records (
    number            BIGINT PRIMARY KEY,
    time_us           BIGINT NOT NULL,
    who               TEXT NOT NULL,
    organisation      TEXT NOT NULL,
    action            TEXT NOT NULL,
    object            TEXT NOT NULL,
    purpose           TEXT NOT NULL,
    incident          TEXT NOT NULL,
    outcome           TEXT NOT NULL,
    address           TEXT NOT NULL,
    detail            TEXT NOT NULL,
    hash              TEXT NOT NULL
);

CREATE INDEX audit_by_time ON audit_records (time_us, number);

CREATE INDEX audit_by_who ON audit_records (who, time_us, number);

CREATE INDEX audit_by_organisation ON audit_records (organisation, time_us, number);

CREATE INDEX audit_by_action ON audit_records (action, time_us, number);

CREATE INDEX audit_by_object ON audit_records (object, time_us, number);

CREATE INDEX audit_by_incident ON audit_records (incident, time_us, number);

CREATE INDEX audit_by_outcome ON audit_records (outcome, time_us, number);

CREATE TABLE audit_anchors (
    number            BIGINT NOT NULL,
    time_us           BIGINT NOT NULL,
    hash              TEXT NOT NULL,
    public_key        TEXT NOT NULL,
    signature         TEXT NOT NULL,
    PRIMARY KEY (number, public_key)
);

-- only sqlite3
CREATE TRIGGER audit_records_stay BEFORE UPDATE ON audit_records BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- only sqlite3
CREATE TRIGGER audit_records_keep BEFORE DELETE ON audit_records BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- only sqlite3
CREATE TRIGGER audit_anchors_stay BEFORE UPDATE ON audit_anchors BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- only sqlite3
CREATE TRIGGER audit_anchors_keep BEFORE DELETE ON audit_anchors BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- only postgresql
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the audit log is append-only''; END';
-- only postgresql
CREATE TRIGGER audit_records_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_records FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
-- only postgresql
CREATE TRIGGER audit_anchors_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchors FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
