#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bongsu::store {

struct OrganisationRow {
    OrganisationId id;
    std::string name_ko;
    std::string name_en;

    bool operator==(const OrganisationRow&) const = default;
};

struct GrantRow {
    std::string role;
    std::string scope;
    std::vector<std::string> purposes;  ///< empty: any

    bool operator==(const GrantRow&) const = default;
};

/// One account with everything that belongs to it. Secrets are stored hashed or encrypted only.
struct UserRow {
    std::string id;  ///< login name
    std::string display_name;
    OrganisationId organisation;
    bool is_active = true;
    bool must_change_password = false;
    std::string password_hash;
    WallTime password_changed;
    std::string totp_secret;  ///< encrypted; empty: no second factor
    bool is_totp_confirmed = false;
    std::vector<std::string> recovery_hashes;  ///< of the recovery codes that are left
    WallTime created;
    std::optional<WallTime> last_login;
    std::vector<GrantRow> grants;
    std::int64_t revision = 1;  ///< grows by one with every update()

    bool operator==(const UserRow&) const = default;
};

struct UserQuery {
    std::optional<OrganisationId> organisation;
    std::string text;   ///< occurs in the id or the display name, whatever the case
    std::string after;  ///< ids above this one, ascending
    int limit = 100;    ///< 1-500
};

struct SessionRow {
    std::string id_hash;  ///< SHA-256 of the cookie, hex
    std::string handle;   ///< names the session in lists; no secret
    std::string user;
    std::string address;
    std::string agent;
    WallTime created;
    WallTime last_seen;
    WallTime expires;  ///< whatever happens

    bool operator==(const SessionRow&) const = default;
};

struct TokenRow {
    std::string id;
    std::string user;
    std::string name;  ///< for people
    std::string secret_hash;
    std::vector<std::string> rights;
    WallTime created;
    WallTime expires;
    std::optional<WallTime> last_used;

    bool operator==(const TokenRow&) const = default;
};

/// Wrong passwords of one user name or one address.
struct LockoutRow {
    std::string key;            ///< "user:<name>" or "address:<ip>"
    std::int64_t failures = 0;  ///< since `since`
    WallTime since;
    WallTime locked_until;
    std::int64_t locks = 0;  ///< how often in a row it was locked

    bool operator==(const LockoutRow&) const = default;
};

/// Accounts, sessions, tokens and lock-outs. Thread-safe; a write is on disk when it returns.
/// Errors: NotFound, AlreadyExists, FailedPrecondition, InvalidArgument, and those of the database.
class IdentityStore {
public:
    virtual ~IdentityStore() = default;

    /// Adds the organisation or replaces its names.
    virtual Status put_organisation(const OrganisationRow& organisation) = 0;
    virtual Result<std::vector<OrganisationRow>> organisations() = 0;
    /// FailedPrecondition while it has users.
    virtual Status remove_organisation(const OrganisationId& id) = 0;

    /// NotFound when the organisation is not there, AlreadyExists when the id was ever used.
    virtual Status add_user(const UserRow& user) = 0;
    /// Replaces everything but id, creation and last login when `user.revision` is the stored one,
    /// else FailedPrecondition; the stored revision grows by one.
    virtual Status update_user(const UserRow& user) = 0;
    virtual Result<std::optional<UserRow>> user(const std::string& id) = 0;
    virtual Result<std::vector<UserRow>> users(const UserQuery& query) = 0;
    virtual Result<std::int64_t> count_users() = 0;
    /// Remembers the time step of a used one-time code. False when this or a later one was used.
    virtual Result<bool> use_totp_step(const std::string& user, std::int64_t step) = 0;

    virtual Status touch_login(const std::string& user, WallTime when) = 0;

    /// What the page keeps for the user; empty when nothing was put.
    virtual Result<std::string> preferences(const std::string& user) = 0;
    virtual Status put_preferences(const std::string& user, const std::string& text) = 0;

    virtual Status add_session(const SessionRow& session) = 0;
    virtual Result<std::optional<SessionRow>> session(const std::string& id_hash) = 0;
    /// Of one user, or of all; newest first.
    virtual Result<std::vector<SessionRow>> sessions(const std::optional<std::string>& user) = 0;
    /// Moves `last_seen` on, by id_hash.
    virtual Status touch_sessions(const std::vector<std::pair<std::string, WallTime>>& seen) = 0;
    virtual Status remove_session(const std::string& id_hash) = 0;
    /// All of the user but the one with `except_hash` (empty: none).
    virtual Status remove_sessions_of(const std::string& user, const std::string& except_hash) = 0;
    virtual Status remove_sessions_expired(WallTime before) = 0;

    virtual Status add_token(const TokenRow& token) = 0;
    virtual Result<std::optional<TokenRow>> token(const std::string& id) = 0;
    virtual Result<std::vector<TokenRow>> tokens(const std::string& user) = 0;
    virtual Status touch_token(const std::string& id, WallTime used) = 0;
    /// NotFound when it is not there.
    virtual Status remove_token(const std::string& id) = 0;
    virtual Status remove_tokens_of(const std::string& user) = 0;

    virtual Result<std::optional<LockoutRow>> lockout(const std::string& key) = 0;
    /// Replaces the row by what `change` makes of it (a row of zeros when there is none), in one
    /// transaction, and returns it.
    virtual Result<LockoutRow> change_lockout(
        const std::string& key, const std::function<void(LockoutRow&)>& change
    ) = 0;
    virtual Status clear_lockout(const std::string& key) = 0;
    virtual Status prune_lockouts(WallTime idle_since) = 0;
};

}  // namespace bongsu::store
