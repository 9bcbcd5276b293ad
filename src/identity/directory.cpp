#include "identity/directory.hpp"

#include "core/log.hpp"

#include <algorithm>

namespace bongsu::identity {
namespace {

/// How long a principal is used without looking whether another process changed it.
constexpr Duration kFresh = std::chrono::seconds{5};
constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestName = 120;
constexpr std::size_t kMostGrants = 200;

bool is_lower_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::optional<Purpose::Kind> parse_kind(const std::string& name) {
    for (int kind = 1; kind <= static_cast<int>(Purpose::Kind::Training); ++kind) {
        if (to_string(static_cast<Purpose::Kind>(kind)) == name) {
            return static_cast<Purpose::Kind>(kind);
        }
    }
    return std::nullopt;
}

/// Nothing when the row means something that this program does not know: that grants nothing.
std::optional<Grant> to_grant(const store::GrantRow& row) {
    const auto role = parse_role(row.role);
    auto scope = parse_scope(row.scope);
    if (!role || !scope) {
        return std::nullopt;
    }
    Grant grant{.role = *role, .scope = *std::move(scope), .purposes = {}};
    for (const std::string& name : row.purposes) {
        const auto kind = parse_kind(name);
        if (!kind) {
            return std::nullopt;
        }
        grant.purposes.push_back(*kind);
    }
    return grant;
}

std::vector<Grant> to_grants(const store::UserRow& row) {
    std::vector<Grant> grants;
    for (const store::GrantRow& stored : row.grants) {
        if (auto grant = to_grant(stored)) {
            grants.push_back(*std::move(grant));
        } else {
            log::warn("identity.unknown_grant", {{"user", row.id}, {"role", stored.role}});
        }
    }
    return grants;
}

std::shared_ptr<const Principal> to_principal(const store::UserRow& row) {
    return std::make_shared<const Principal>(Principal{
        .user = row.id,
        .display_name = row.display_name,
        .organisation = row.organisation,
        .grants = to_grants(row),
        .token_rights = std::nullopt,
        .session = {},
        .must_change_password = row.must_change_password,
    });
}

bool administers_everything(const store::UserRow& row) {
    return row.is_active && std::ranges::any_of(row.grants, [](const store::GrantRow& grant) {
               return grant.role == to_string(Role::Administrator) && grant.scope == "*";
           });
}

std::unexpected<Error> unknown(const std::string& user) {
    return fail(ErrorKind::NotFound, "unknown_user"_code, "there is no user '" + user + "'");
}

}  // namespace

Status check_user_id(const std::string& id) {
    const bool is_good = !id.empty() && id.size() <= kLongestId && is_lower_or_digit(id.front()) &&
                         std::ranges::all_of(id, [](char c) {
                             return is_lower_or_digit(c) || c == '.' || c == '_' || c == '-';
                         });
    return is_good ? Status{}
                   : Status{fail(
                         ErrorKind::InvalidArgument,
                         "bad_user_name"_code,
                         "a user name has 1 to 64 characters of a-z, 0-9, '.', '_' and '-', and "
                         "begins with a letter or digit"
                     )};
}

Status check_display_name(const std::string& name) {
    return !name.empty() && name.size() <= kLongestName
               ? Status{}
               : Status{
                     fail(ErrorKind::InvalidArgument, "bad_name"_code, "a name has 1 to 120 bytes")
                 };
}

Status check_grants(const std::vector<Grant>& grants) {
    return grants.size() <= kMostGrants ? Status{}
                                        : Status{fail(
                                              ErrorKind::InvalidArgument,
                                              "too_many_entries"_code,
                                              "a user has at most 200 grants"
                                          )};
}

Result<Grant> parse_grant(const store::GrantRow& row) {
    if (!parse_role(row.role)) {
        return fail(
            ErrorKind::InvalidArgument, "not_one_of"_code, "there is no role '" + row.role + "'"
        );
    }
    BONGSU_TRY(parse_scope(row.scope));
    auto grant = to_grant(row);
    if (!grant) {
        return fail(
            ErrorKind::InvalidArgument,
            "not_one_of"_code,
            "purposes of a grant are control, incident, request, maintenance and training"
        );
    }
    return *std::move(grant);
}

bool may_grant(const Principal& manager, const Grant& grant) {
    return std::ranges::any_of(manager.grants, [&](const Grant& own) {
        return rights_of(own.role).has(Right::ManageUsers) &&
               (own.scope.kind == Scope::Kind::Everything ||
                (own.scope.kind == Scope::Kind::Organisation && own.scope == grant.scope));
    });
}

bool may_manage(const Principal& manager, const UserInfo& user) {
    return sees(manager, Subject::of(user.organisation), Right::ManageUsers) &&
           std::ranges::all_of(user.grants, [&](const Grant& grant) {
               return may_grant(manager, grant);
           });
}

UserInfo to_info(const store::UserRow& row) {
    return {
        .id = row.id,
        .display_name = row.display_name,
        .organisation = row.organisation,
        .is_active = row.is_active,
        .must_change_password = row.must_change_password,
        .has_totp = row.is_totp_confirmed,
        .created = row.created,
        .password_changed = row.password_changed,
        .last_login = row.last_login,
        .grants = to_grants(row),
        .revision = row.revision,
    };
}

store::GrantRow to_row(const Grant& grant) {
    store::GrantRow row{
        .role = std::string(to_string(grant.role)), .scope = to_string(grant.scope), .purposes = {}
    };
    for (const Purpose::Kind kind : grant.purposes) {
        row.purposes.emplace_back(to_string(kind));
    }
    return row;
}

Status Directory::put_organisation(const store::OrganisationRow& organisation) {
    const std::string& id = organisation.id.value();
    const bool is_good =
        !id.empty() && id.size() <= kLongestId && std::ranges::all_of(id, [](char c) {
            return is_lower_or_digit(c) || c == '_' || c == '-';
        });
    if (!is_good) {
        return fail(
            ErrorKind::InvalidArgument,
            "bad_id"_code,
            "the id of an organisation has 1 to 64 characters of a-z, 0-9, '_' and '-'"
        );
    }
    BONGSU_TRY(check_display_name(organisation.name_ko));
    BONGSU_TRY(check_display_name(organisation.name_en));
    return store_.put_organisation(organisation);
}

Result<std::vector<store::OrganisationRow>> Directory::organisations() {
    return store_.organisations();
}

Status Directory::remove_organisation(const OrganisationId& id) {
    return store_.remove_organisation(id);
}

Result<UserInfo> Directory::user(const std::string& id) {
    BONGSU_ASSIGN(const auto row, store_.user(id));
    return row ? Result<UserInfo>(to_info(*row)) : unknown(id);
}

Result<UserPage> Directory::users(const store::UserQuery& query) {
    BONGSU_ASSIGN(const auto rows, store_.users(query));
    UserPage page;
    for (const store::UserRow& row : rows) {
        page.users.push_back(to_info(row));
    }
    if (rows.size() == static_cast<std::size_t>(query.limit)) {
        page.next = rows.back().id;
    }
    return page;
}

Result<UserInfo> Directory::change_user(const std::string& id, const UserChange& change) {
    BONGSU_ASSIGN(auto row, store_.user(id));
    if (!row) {
        return unknown(id);
    }
    if (change.revision && *change.revision != row->revision) {
        return fail(
            ErrorKind::FailedPrecondition,
            "changed_meanwhile"_code,
            "user '" + id + "' was changed meanwhile; read it again"
        );
    }
    const bool administered = administers_everything(*row);
    row->display_name = change.display_name.value_or(row->display_name);
    row->organisation = change.organisation.value_or(row->organisation);
    row->is_active = change.is_active.value_or(row->is_active);
    BONGSU_TRY(check_display_name(row->display_name));
    if (change.grants) {
        BONGSU_TRY(check_grants(*change.grants));
        row->grants.clear();
        std::ranges::transform(*change.grants, std::back_inserter(row->grants), to_row);
    }
    if (administered && !administers_everything(*row)) {
        BONGSU_TRY(keeps_an_administrator(*row));
    }
    BONGSU_TRY(store_.update_user(*row));
    forget(id);
    return user(id);
}

Status Directory::keeps_an_administrator(const store::UserRow& changed) {
    store::UserQuery query{.limit = 500};
    while (true) {
        BONGSU_ASSIGN(const auto rows, store_.users(query));
        for (const store::UserRow& row : rows) {
            if (row.id != changed.id && administers_everything(row)) {
                return {};
            }
        }
        if (rows.size() < static_cast<std::size_t>(query.limit)) {
            return fail(
                ErrorKind::FailedPrecondition,
                "last_administrator"_code,
                "'" + changed.id + "' is the last administrator of the installation"
            );
        }
        query.after = rows.back().id;
    }
}

Result<std::shared_ptr<const Principal>> Directory::principal(const std::string& user) {
    const MonoTime now = clock_.mono();
    std::uint64_t changes = 0;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = cache_.find(user);
        if (found != cache_.end() && now - found->second.read_at < kFresh) {
            return found->second.principal;
        }
        changes = changes_;
    }
    BONGSU_ASSIGN(const auto row, store_.user(user));
    std::shared_ptr<const Principal> principal;
    if (row && row->is_active) {
        principal = to_principal(*row);
    }
    const std::scoped_lock lock(mutex_);
    if (changes == changes_ && row) {
        cache_[user] = {principal, now};
    }
    return principal;
}

Result<std::shared_ptr<const Principal>> Directory::renewed(const Principal& principal) {
    BONGSU_ASSIGN(const auto now, this->principal(principal.user));
    if (!now) {
        return nullptr;
    }
    auto own = std::make_shared<Principal>(*now);
    own->session = principal.session;
    own->token_rights = principal.token_rights;
    return own;
}

void Directory::forget(const std::string& user) {
    const std::scoped_lock lock(mutex_);
    ++changes_;
    cache_.erase(user);
}

}  // namespace bongsu::identity
