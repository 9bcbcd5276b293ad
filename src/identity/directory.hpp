#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "identity/authorise.hpp"
#include "identity/principal.hpp"
#include "store/identity_store.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace bongsu::identity {

/// An account as shown to those who manage it: no secrets.
struct UserInfo {
    std::string id;
    std::string display_name;
    OrganisationId organisation;
    bool is_active = true;
    bool must_change_password = false;
    bool has_totp = false;
    WallTime created;
    WallTime password_changed;
    std::optional<WallTime> last_login;
    std::vector<Grant> grants;
    std::int64_t revision = 0;
};

/// What of an account may be changed by others. Unset: stays.
struct UserChange {
    std::optional<std::string> display_name;
    std::optional<OrganisationId> organisation;
    std::optional<bool> is_active;
    std::optional<std::vector<Grant>> grants;
    std::optional<std::int64_t> revision;  ///< FailedPrecondition unless it is the stored one
};

struct UserPage {
    std::vector<UserInfo> users;
    std::string next;  ///< UserQuery::after of the following page; empty when this is the last
};

/// Organisations, users and what they are granted. Principals are kept in memory, forgotten when
/// changed here and re-read after some seconds. Thread-safe.
class Directory {
public:
    Directory(store::IdentityStore& store, const Clock& clock) : store_(store), clock_(clock) {}

    /// [a-z0-9_-]{1,64} and two names. InvalidArgument otherwise.
    Status put_organisation(const store::OrganisationRow& organisation);
    Result<std::vector<store::OrganisationRow>> organisations();
    Status remove_organisation(const OrganisationId& id);

    Result<UserInfo> user(const std::string& id);
    Result<UserPage> users(const store::UserQuery& query);

    /// Who may give which grants is decided before: see may_grant(). FailedPrecondition when it
    /// would leave the installation without an active administrator of everything.
    Result<UserInfo> change_user(const std::string& id, const UserChange& change);

    /// The principal without session or token; nothing when unknown or inactive.
    Result<std::shared_ptr<const Principal>> principal(const std::string& user);

    /// The same principal as its user's account is now, with its session and token rights; nothing
    /// when the user is unknown or inactive.
    Result<std::shared_ptr<const Principal>> renewed(const Principal& principal);

    /// The account was changed elsewhere: forget what is in memory.
    void forget(const std::string& user);

private:
    struct Cached {
        std::shared_ptr<const Principal> principal;
        MonoTime read_at;
    };

    Status keeps_an_administrator(const store::UserRow& changed);

    store::IdentityStore& store_;
    const Clock& clock_;
    std::mutex mutex_;
    std::unordered_map<std::string, Cached> cache_;
    std::uint64_t changes_ = 0;  ///< guards against caching what was read before a change
};

/// [a-z0-9._-]{1,64}, beginning with a letter or digit.
Status check_user_id(const std::string& id);

/// 1 to 120 bytes, as a name for people.
Status check_display_name(const std::string& name);

/// At most 200.
Status check_grants(const std::vector<Grant>& grants);

/// InvalidArgument names what is unknown: role, scope or purpose.
Result<Grant> parse_grant(const store::GrantRow& row);

/// Whether a manager may give or take this grant: only within an own grant of ManageUsers, and a
/// scope never wider than that grant's.
bool may_grant(const Principal& manager, const Grant& grant);

/// Whether a manager may change, reset or unlock this account: its organisation is the manager's to
/// manage, and it is granted nothing that the manager could not grant. Without the second half an
/// administrator of one organisation could take over the account of the whole city's.
bool may_manage(const Principal& manager, const UserInfo& user);

UserInfo to_info(const store::UserRow& row);
store::GrantRow to_row(const Grant& grant);

}  // namespace bongsu::identity
