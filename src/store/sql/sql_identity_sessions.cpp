#include "store/sql/columns.hpp"
#include "store/sql/sql_identity_store.hpp"
#include "store/sql/statement.hpp"
#include "store/sql/word_list.hpp"

namespace bongsu::store {
namespace {

constexpr const char* kSessionColumns =
    "SELECT id_hash, handle, user_id, address, agent, created_us, last_seen_us, expires_us "
    "FROM sessions";
constexpr const char* kTokenColumns =
    "SELECT id, user_id, name, secret_hash, rights, created_us, expires_us, last_used_us "
    "FROM api_tokens";

void declare_session(Statement& statement) {
    statement.text().text().text().text().text().integer().integer().integer();
}

SessionRow read_session(const Statement& row) {
    return {
        .id_hash = row.text_at(0),
        .handle = row.text_at(1),
        .user = row.text_at(2),
        .address = row.text_at(3),
        .agent = row.text_at(4),
        .created = to_wall(row.integer_at(5)),
        .last_seen = to_wall(row.integer_at(6)),
        .expires = to_wall(row.integer_at(7)),
    };
}

void declare_token(Statement& statement) {
    statement.text().text().text().text().text().integer().integer().integer();
}

TokenRow read_token(const Statement& row) {
    TokenRow token{
        .id = row.text_at(0),
        .user = row.text_at(1),
        .name = row.text_at(2),
        .secret_hash = row.text_at(3),
        .rights = split_words(row.text_at(4)),
        .created = to_wall(row.integer_at(5)),
        .expires = to_wall(row.integer_at(6)),
    };
    if (!row.is_null(7)) {
        token.last_used = to_wall(row.integer_at(7));
    }
    return token;
}

std::optional<LockoutRow> load_lockout(soci::session& session, const std::string& key) {
    Statement query(
        session, "SELECT failures, since_us, locked_until_us, locks FROM lockouts WHERE key = :key"
    );
    query.bind("key", key).integer().integer().integer().integer();
    if (!query.run()) {
        return std::nullopt;
    }
    return LockoutRow{
        .key = key,
        .failures = query.integer_at(0),
        .since = to_wall(query.integer_at(1)),
        .locked_until = to_wall(query.integer_at(2)),
        .locks = query.integer_at(3),
    };
}

void store_lockout(soci::session& session, const LockoutRow& row) {
    Statement(
        session,
        "INSERT INTO lockouts (key, failures, since_us, locked_until_us, locks) "
        "VALUES (:key, :failures, :since_us, :until_us, :locks) ON CONFLICT (key) DO UPDATE SET "
        "failures = excluded.failures, since_us = excluded.since_us, "
        "locked_until_us = excluded.locked_until_us, locks = excluded.locks"
    )
        .bind("key", row.key)
        .bind("failures", row.failures)
        .bind("since_us", to_column(row.since))
        .bind("until_us", to_column(row.locked_until))
        .bind("locks", row.locks)
        .run();
}

}  // namespace

Status SqlIdentityStore::add_session(const SessionRow& row) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(
            session,
            "INSERT INTO sessions (id_hash, handle, user_id, address, agent, created_us, "
            "last_seen_us, expires_us) VALUES (:id_hash, :handle, :user_id, :address, :agent, "
            ":created_us, :last_seen_us, :expires_us)"
        )
            .bind("id_hash", row.id_hash)
            .bind("handle", row.handle)
            .bind("user_id", row.user)
            .bind("address", row.address)
            .bind("agent", row.agent)
            .bind("created_us", to_column(row.created))
            .bind("last_seen_us", to_column(row.last_seen))
            .bind("expires_us", to_column(row.expires))
            .run();
        return {};
    });
}

Result<std::optional<SessionRow>> SqlIdentityStore::session(const std::string& id_hash) {
    return database_.read([&](soci::session& session) -> Result<std::optional<SessionRow>> {
        Statement query(session, std::string(kSessionColumns) + " WHERE id_hash = :id_hash");
        query.bind("id_hash", id_hash);
        declare_session(query);
        return query.run() ? std::optional(read_session(query)) : std::nullopt;
    });
}

Result<std::vector<SessionRow>> SqlIdentityStore::sessions(const std::optional<std::string>& user) {
    return database_.read([&](soci::session& session) -> Result<std::vector<SessionRow>> {
        Statement query(
            session,
            std::string(kSessionColumns) + (user ? " WHERE user_id = :user_id" : "") +
                " ORDER BY created_us DESC, handle"
        );
        if (user) {
            query.bind("user_id", *user);
        }
        declare_session(query);
        std::vector<SessionRow> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back(read_session(query));
        }
        return rows;
    });
}

Status SqlIdentityStore::touch_sessions(const std::vector<std::pair<std::string, WallTime>>& seen) {
    return database_.write([&](soci::session& session) -> Status {
        for (const auto& [id_hash, when] : seen) {
            Statement(session, "UPDATE sessions SET last_seen_us = :now WHERE id_hash = :id_hash")
                .bind("now", to_column(when))
                .bind("id_hash", id_hash)
                .run();
        }
        return {};
    });
}

Status SqlIdentityStore::remove_session(const std::string& id_hash) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(session, "DELETE FROM sessions WHERE id_hash = :id_hash")
            .bind("id_hash", id_hash)
            .run();
        return {};
    });
}

Status SqlIdentityStore::remove_sessions_of(
    const std::string& user, const std::string& except_hash
) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(
            session, "DELETE FROM sessions WHERE user_id = :user_id AND id_hash <> :except_hash"
        )
            .bind("user_id", user)
            .bind("except_hash", except_hash)
            .run();
        return {};
    });
}

Status SqlIdentityStore::remove_sessions_expired(WallTime before) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(session, "DELETE FROM sessions WHERE expires_us < :before_us")
            .bind("before_us", to_column(before))
            .run();
        return {};
    });
}

Status SqlIdentityStore::add_token(const TokenRow& token) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(
            session,
            "INSERT INTO api_tokens (id, user_id, name, secret_hash, rights, created_us, "
            "expires_us) VALUES (:id, :user_id, :name, :secret_hash, :rights, :created_us, "
            ":expires_us)"
        )
            .bind("id", token.id)
            .bind("user_id", token.user)
            .bind("name", token.name)
            .bind("secret_hash", token.secret_hash)
            .bind("rights", join_words(token.rights))
            .bind("created_us", to_column(token.created))
            .bind("expires_us", to_column(token.expires))
            .run();
        return {};
    });
}

Result<std::optional<TokenRow>> SqlIdentityStore::token(const std::string& id) {
    return database_.read([&](soci::session& session) -> Result<std::optional<TokenRow>> {
        Statement query(session, std::string(kTokenColumns) + " WHERE id = :id");
        query.bind("id", id);
        declare_token(query);
        return query.run() ? std::optional(read_token(query)) : std::nullopt;
    });
}

Result<std::vector<TokenRow>> SqlIdentityStore::tokens(const std::string& user) {
    return database_.read([&](soci::session& session) -> Result<std::vector<TokenRow>> {
        Statement query(
            session,
            std::string(kTokenColumns) + " WHERE user_id = :user_id ORDER BY created_us DESC, id"
        );
        query.bind("user_id", user);
        declare_token(query);
        std::vector<TokenRow> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back(read_token(query));
        }
        return rows;
    });
}

Status SqlIdentityStore::touch_token(const std::string& id, WallTime used) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(session, "UPDATE api_tokens SET last_used_us = :now WHERE id = :id")
            .bind("now", to_column(used))
            .bind("id", id)
            .run();
        return {};
    });
}

Status SqlIdentityStore::remove_token(const std::string& id) {
    return database_.write([&](soci::session& session) -> Status {
        Statement remove(session, "DELETE FROM api_tokens WHERE id = :id");
        remove.bind("id", id).run();
        if (remove.affected() == 0) {
            return fail(ErrorKind::NotFound, "there is no token '" + id + "'");
        }
        return {};
    });
}

Status SqlIdentityStore::remove_tokens_of(const std::string& user) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(session, "DELETE FROM api_tokens WHERE user_id = :user_id")
            .bind("user_id", user)
            .run();
        return {};
    });
}

Result<std::optional<LockoutRow>> SqlIdentityStore::lockout(const std::string& key) {
    return database_.read([&](soci::session& session) -> Result<std::optional<LockoutRow>> {
        return load_lockout(session, key);
    });
}

Result<LockoutRow> SqlIdentityStore::change_lockout(
    const std::string& key, const std::function<void(LockoutRow&)>& change
) {
    return database_.write([&](soci::session& session) -> Result<LockoutRow> {
        LockoutRow row = load_lockout(session, key).value_or(LockoutRow{.key = key});
        change(row);
        store_lockout(session, row);
        return row;
    });
}

Status SqlIdentityStore::clear_lockout(const std::string& key) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(session, "DELETE FROM lockouts WHERE key = :key").bind("key", key).run();
        return {};
    });
}

Status SqlIdentityStore::prune_lockouts(WallTime idle_since) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(
            session,
            "DELETE FROM lockouts WHERE since_us < :idle_us AND locked_until_us < :idle2_us"
        )
            .bind("idle_us", to_column(idle_since))
            .bind("idle2_us", to_column(idle_since))
            .run();
        return {};
    });
}

}  // namespace bongsu::store
