#pragma once

#include "store/identity_store.hpp"
#include "store/sql/database.hpp"

namespace bongsu::store {

/// IdentityStore in SQL. `database` must outlive it. Accounts are in sql_identity_store.cpp,
/// sessions and what else comes and goes in sql_identity_sessions.cpp.
class SqlIdentityStore final : public IdentityStore {
public:
    explicit SqlIdentityStore(Database& database) : database_(database) {}

    Status put_organisation(const OrganisationRow& organisation) override;
    Result<std::vector<OrganisationRow>> organisations() override;
    Status remove_organisation(const OrganisationId& id) override;

    Status add_user(const UserRow& user) override;
    Status update_user(const UserRow& user) override;
    Result<std::optional<UserRow>> user(const std::string& id) override;
    Result<std::vector<UserRow>> users(const UserQuery& query) override;
    Result<std::int64_t> count_users() override;
    Result<bool> use_totp_step(const std::string& user, std::int64_t step) override;
    Status touch_login(const std::string& user, WallTime when) override;
    Result<std::string> preferences(const std::string& user) override;
    Status put_preferences(const std::string& user, const std::string& text) override;

    Status add_session(const SessionRow& session) override;
    Result<std::optional<SessionRow>> session(const std::string& id_hash) override;
    Result<std::vector<SessionRow>> sessions(const std::optional<std::string>& user) override;
    Status touch_sessions(const std::vector<std::pair<std::string, WallTime>>& seen) override;
    Status remove_session(const std::string& id_hash) override;
    Status remove_sessions_of(const std::string& user, const std::string& except_hash) override;
    Status remove_sessions_expired(WallTime before) override;

    Status add_token(const TokenRow& token) override;
    Result<std::optional<TokenRow>> token(const std::string& id) override;
    Result<std::vector<TokenRow>> tokens(const std::string& user) override;
    Status touch_token(const std::string& id, WallTime used) override;
    Status remove_token(const std::string& id) override;
    Status remove_tokens_of(const std::string& user) override;

    Result<std::optional<LockoutRow>> lockout(const std::string& key) override;
    Result<LockoutRow> change_lockout(
        const std::string& key, const std::function<void(LockoutRow&)>& change
    ) override;
    Status clear_lockout(const std::string& key) override;
    Status prune_lockouts(WallTime idle_since) override;

private:
    Database& database_;
};

}  // namespace bongsu::store
