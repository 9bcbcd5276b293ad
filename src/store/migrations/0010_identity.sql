-- Organisations, accounts, sessions, API tokens and lock-outs. Secrets are hashed or encrypted. Accounts are
-- never deleted, only made inactive: their names stay in the audit log and must not pass to somebody else.
CREATE TABLE organisations (
    id                TEXT PRIMARY KEY,
    name_ko           TEXT NOT NULL,
    name_en           TEXT NOT NULL
);

CREATE TABLE users (
    id                TEXT PRIMARY KEY,
    display_name      TEXT NOT NULL,
    organisation      TEXT NOT NULL REFERENCES organisations (id),
    is_active         INTEGER NOT NULL,
    must_change       INTEGER NOT NULL,
    password_hash     TEXT NOT NULL,
    password_us       BIGINT NOT NULL,
    totp_secret       TEXT NOT NULL,
    totp_confirmed    INTEGER NOT NULL,
    totp_step         BIGINT NOT NULL,
    recovery          TEXT NOT NULL,
    created_us        BIGINT NOT NULL,
    last_login_us     BIGINT,
    revision          BIGINT NOT NULL
);

CREATE INDEX users_by_organisation ON users (organisation, id);

CREATE TABLE grants (
    user_id           TEXT NOT NULL REFERENCES users (id),
    number            INTEGER NOT NULL,
    role              TEXT NOT NULL,
    scope             TEXT NOT NULL,
    purposes          TEXT NOT NULL,
    PRIMARY KEY (user_id, number)
);

CREATE TABLE preferences (
    user_id           TEXT PRIMARY KEY REFERENCES users (id),
    content           TEXT NOT NULL
);

CREATE TABLE sessions (
    id_hash           TEXT PRIMARY KEY,
    handle            TEXT NOT NULL,
    user_id           TEXT NOT NULL REFERENCES users (id),
    address           TEXT NOT NULL,
    agent             TEXT NOT NULL,
    created_us        BIGINT NOT NULL,
    last_seen_us      BIGINT NOT NULL,
    expires_us        BIGINT NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_id, created_us);

CREATE INDEX sessions_by_expiry ON sessions (expires_us);

CREATE TABLE api_tokens (
    id                TEXT PRIMARY KEY,
    user_id           TEXT NOT NULL REFERENCES users (id),
    name              TEXT NOT NULL,
    secret_hash       TEXT NOT NULL,
    rights            TEXT NOT NULL,
    created_us        BIGINT NOT NULL,
    expires_us        BIGINT NOT NULL,
    last_used_us      BIGINT
);

CREATE INDEX api_tokens_by_user ON api_tokens (user_id, created_us);

CREATE TABLE lockouts (
    key               TEXT PRIMARY KEY,
    failures          BIGINT NOT NULL,
    since_us          BIGINT NOT NULL,
    locked_until_us   BIGINT NOT NULL,
    locks             BIGINT NOT NULL
);
