// Routes tagged "users" in api/openapi.yaml. A manager of one organisation sees and changes only
// its accounts, and none that is granted more than the manager could grant.
#include "console/account_json.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "identity/identity.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;
using identity::Subject;

constexpr int kPage = 100;
constexpr int kMostPerPage = 500;

bool manages(const Call& call, const OrganisationId& organisation) {
    return identity::sees(*call.principal, Subject::of(organisation), Right::ManageUsers);
}

/// The account of the path. Out of scope it is not there; granted more than the caller may grant,
/// it may be looked at but not changed.
Result<identity::UserInfo> seen_user(const ConsoleParts& parts, const Call& call) {
    auto user = parts.identity.directory().user(call.at("user"));
    if (!user || !manages(call, user->organisation)) {
        return user || user.error().kind == ErrorKind::NotFound
                   ? fail(
                         ErrorKind::NotFound,
                         "unknown_user"_code,
                         "there is no user '" + call.at("user") + "'"
                     )
                   : fail(user.error());
    }
    return user;
}

Result<identity::UserInfo> managed_user(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(identity::UserInfo user, seen_user(parts, call));
    if (!identity::may_manage(*call.principal, user)) {
        return fail(
            ErrorKind::PermissionDenied,
            "beyond_your_grants"_code,
            "user '" + user.id +
                "' is granted more than you may grant; ask an administrator of "
                "the whole installation"
        );
    }
    return user;
}

Result<json::object> json_of_user(const ConsoleParts& parts, const identity::UserInfo& user) {
    BONGSU_ASSIGN(const auto locked, parts.identity.lockout().locked_until(user.id));
    return user_json(user, locked);
}

Result<net::HttpAnswer> list_users(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const auto limit, query_integer(call.request, "limit", 1, kMostPerPage));
    store::UserQuery query;
    query.limit = static_cast<int>(limit.value_or(kPage));
    const std::string* cursor = call.request.query_value("cursor");
    const std::string* text = call.request.query_value("q");
    query.after = cursor != nullptr ? *cursor : "";
    query.text = text != nullptr ? *text : "";
    json::array users;
    std::string next;
    do {
        BONGSU_ASSIGN(const identity::UserPage page, parts.identity.directory().users(query));
        for (const identity::UserInfo& user : page.users) {
            if (manages(call, user.organisation)) {
                BONGSU_ASSIGN(json::object object, json_of_user(parts, user));
                users.push_back(std::move(object));
            }
        }
        next = page.next;
        query.after = next;
    } while (users.empty() && !next.empty());
    return json_answer(json::object{{"users", std::move(users)}, {"next", next}});
}

Status check_new_grants(
    const Call& call,
    const std::vector<identity::Grant>& wanted,
    const std::vector<identity::Grant>& held
) {
    for (const identity::Grant& grant : wanted) {
        if (std::ranges::find(held, grant) == held.end() &&
            !identity::may_grant(*call.principal, grant)) {
            return fail(
                ErrorKind::PermissionDenied,
                "beyond_your_grants"_code,
                "you may not grant " + std::string(identity::to_string(grant.role)) + " on " +
                    identity::to_string(grant.scope)
            );
        }
    }
    return {};
}

struct UserForm {
    std::optional<std::string> id;
    std::string name;
    OrganisationId organisation;
    bool is_active = true;
    std::vector<identity::Grant> grants;
};

Result<UserForm> read_form(const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"id", "name", "organisation", "is_active", "grants"}));
    UserForm form;
    BONGSU_ASSIGN(form.id, optional_text(body, "id", 64));
    BONGSU_ASSIGN(form.name, text_of(body, "name", 120));
    BONGSU_ASSIGN(const std::string organisation, text_of(body, "organisation", 64));
    form.organisation = OrganisationId(organisation);
    BONGSU_ASSIGN(form.is_active, flag_or(body, "is_active", true));
    BONGSU_ASSIGN(form.grants, grants_of(body));
    if (!manages(call, form.organisation)) {
        return fail(
            ErrorKind::NotFound,
            "beyond_your_grants"_code,
            "there is no organisation '" + organisation + "' that you manage"
        );
    }
    return form;
}

std::string grants_text(const std::vector<identity::Grant>& grants) {
    return json::serialize(grants_json(grants));
}

Result<json::object> new_user_json(
    const ConsoleParts& parts, const std::string& id, const std::string& password
) {
    BONGSU_ASSIGN(const identity::UserInfo user, parts.identity.directory().user(id));
    BONGSU_ASSIGN(json::object object, json_of_user(parts, user));
    return json::object{{"user", std::move(object)}, {"one_time_password", password}};
}

Result<net::HttpAnswer> create_user(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const UserForm form, read_form(call));
    if (!form.id) {
        return fail(ErrorKind::InvalidArgument, "missing"_code, "id is missing");
    }
    BONGSU_TRY(check_new_grants(call, form.grants, {}));
    BONGSU_TRY(call.audit(
        call.route.operation,
        "user:" + *form.id,
        audit::Outcome::Allowed,
        "{\"grants\":" + grants_text(form.grants) + "}"
    ));
    BONGSU_ASSIGN(
        const std::string password,
        parts.identity.passwords().add_user(
            {*form.id, form.name, form.organisation, form.grants}, true
        )
    );
    BONGSU_ASSIGN(const json::object answer, new_user_json(parts, *form.id, password));
    return json_answer(answer, 201);
}

Result<net::HttpAnswer> get_user(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const identity::UserInfo user, seen_user(parts, call));
    BONGSU_ASSIGN(const json::object object, json_of_user(parts, user));
    net::HttpAnswer answer = json_answer(object);
    // For If-Match alone: a lock-out changes the answer and not the revision.
    std::get<net::HttpResponse>(answer).headers.emplace_back(
        "etag", '"' + std::to_string(user.revision) + '"'
    );
    return answer;
}

/// Whoever could raise the own grants would hold every right of the installation.
Status check_own_change(const Call& call, const identity::UserInfo& before, const UserForm& form) {
    if (before.id == call.principal->user && (form.grants != before.grants || !form.is_active ||
                                              form.organisation != before.organisation)) {
        return fail(
            ErrorKind::PermissionDenied,
            "own_grants"_code,
            "nobody changes the own grants, organisation or state; ask another administrator"
        );
    }
    return {};
}

Result<net::HttpAnswer> change_user(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const UserForm form, read_form(call));
    BONGSU_ASSIGN(const identity::UserInfo before, managed_user(parts, call));
    const bool is_stated = call.request.header("if-match") != nullptr;
    BONGSU_ASSIGN(
        const std::int64_t revision,
        is_stated ? if_match(call.request) : Result<std::int64_t>(before.revision)
    );
    BONGSU_TRY(check_own_change(call, before, form));
    BONGSU_TRY(check_new_grants(call, form.grants, before.grants));
    BONGSU_TRY(call.audit(
        call.route.operation,
        "user:" + before.id,
        audit::Outcome::Allowed,
        "{\"before\":" + grants_text(before.grants) + ",\"after\":" + grants_text(form.grants) + "}"
    ));
    identity::UserChange change{
        .display_name = form.name,
        .organisation = form.organisation,
        .is_active = form.is_active,
        .grants = form.grants,
        .revision = revision,
    };
    BONGSU_ASSIGN(
        const identity::UserInfo after, parts.identity.directory().change_user(before.id, change)
    );
    if (!form.is_active) {
        BONGSU_TRY(parts.identity.tokens().revoke_all(before.id));
        BONGSU_TRY(parts.identity.sessions().end_all(before.id, "", "disabled"));
    }
    BONGSU_ASSIGN(const json::object object, json_of_user(parts, after));
    return json_answer(object);
}

Result<net::HttpAnswer> reset_password(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const identity::UserInfo user, managed_user(parts, call));
    BONGSU_ASSIGN(const std::string password, parts.identity.passwords().reset(user.id));
    BONGSU_TRY(parts.identity.lockout().unlock(user.id));
    BONGSU_ASSIGN(const json::object answer, new_user_json(parts, user.id, password));
    return json_answer(answer);
}

Result<net::HttpAnswer> unlock_user(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const identity::UserInfo user, managed_user(parts, call));
    BONGSU_TRY(parts.identity.lockout().unlock(user.id));
    return no_content();
}

Result<net::HttpAnswer> list_user_sessions(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const identity::UserInfo user, seen_user(parts, call));
    BONGSU_ASSIGN(const auto sessions, parts.identity.sessions().list(user.id));
    return json_answer(sessions_json(sessions, call.principal->session));
}

Result<net::HttpAnswer> revoke_user_sessions(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const identity::UserInfo user, managed_user(parts, call));
    BONGSU_TRY(parts.identity.sessions().end_all(user.id, "", "revoked"));
    return no_content();
}

Result<net::HttpAnswer> list_roles(const ConsoleParts&, const Call&) {
    json::array roles;
    for (const identity::RoleInfo& info : identity::role_table()) {
        roles.push_back(json::object{
            {"id", json::string(info.name)}, {"rights", names_json(identity::names_of(info.rights))}
        });
    }
    return json_answer(json::object{{"roles", std::move(roles)}});
}

Result<net::HttpAnswer> list_organisations(const ConsoleParts& parts, const Call&) {
    BONGSU_ASSIGN(const auto all, parts.identity.directory().organisations());
    json::array list;
    for (const store::OrganisationRow& row : all) {
        list.push_back(organisation_json(row));
    }
    return json_answer(json::object{{"organisations", std::move(list)}});
}

Result<store::OrganisationRow> read_organisation(const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"id", "name_ko", "name_en"}));
    store::OrganisationRow row;
    BONGSU_ASSIGN(const std::string id, text_of(body, "id", 64));
    row.id = OrganisationId(id);
    BONGSU_ASSIGN(row.name_ko, text_of(body, "name_ko", 120));
    BONGSU_ASSIGN(row.name_en, text_of(body, "name_en", 120));
    return row;
}

Result<bool> is_known(const ConsoleParts& parts, const OrganisationId& id) {
    BONGSU_ASSIGN(const auto all, parts.identity.directory().organisations());
    return std::ranges::find(all, id, &store::OrganisationRow::id) != all.end();
}

Result<net::HttpAnswer> create_organisation(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const store::OrganisationRow row, read_organisation(call));
    BONGSU_ASSIGN(const bool is_there, is_known(parts, row.id));
    if (is_there) {
        return fail(
            ErrorKind::AlreadyExists,
            "id_taken"_code,
            "there is an organisation '" + row.id.value() + "' already"
        );
    }
    BONGSU_TRY(parts.identity.directory().put_organisation(row));
    return json_answer(organisation_json(row), 201);
}

Result<net::HttpAnswer> change_organisation(const ConsoleParts& parts, const Call& call) {
    const OrganisationId id(call.at("organisation"));
    BONGSU_ASSIGN(const bool is_there, is_known(parts, id));
    if (!is_there) {
        return fail(
            ErrorKind::NotFound,
            "unknown_organisation"_code,
            "there is no organisation '" + id.value() + "'"
        );
    }
    BONGSU_ASSIGN(const store::OrganisationRow row, read_organisation(call));
    if (row.id != id) {
        return fail(
            ErrorKind::InvalidArgument,
            "id_changed"_code,
            "the id of an organisation cannot be changed"
        );
    }
    BONGSU_TRY(parts.identity.directory().put_organisation(row));
    return json_answer(organisation_json(row));
}

}  // namespace

std::vector<Route> user_routes(const ConsoleParts& parts) {
    using enum Audited;
    const auto on = [&parts](PartsHandler handler) { return with_parts(parts, handler); };
    const auto users = [&on](
                           std::string_view method,
                           std::string_view path,
                           std::string_view operation,
                           Audited audited,
                           PartsHandler handler
                       ) {
        return Route{
            method, path, operation, Right::ManageUsers, About::Listing, audited, on(handler)
        };
    };
    const auto organisations = [&on](
                                   std::string_view method,
                                   std::string_view path,
                                   std::string_view operation,
                                   PartsHandler handler
                               ) {
        return Route{
            method,
            path,
            operation,
            Right::ManageOrganisations,
            About::Installation,
            Always,
            on(handler)
        };
    };
    constexpr std::string_view kUsers = "/api/v1/users";
    constexpr std::string_view kUser = "/api/v1/users/{user}";
    constexpr std::string_view kSessions = "/api/v1/users/{user}/sessions";
    constexpr std::string_view kOrganisations = "/api/v1/organisations";
    return {
        users("GET", kUsers, "listUsers", OnlyDenials, list_users),
        users("POST", kUsers, "createUser", ByHandler, create_user),
        users("GET", kUser, "getUser", OnlyDenials, get_user),
        users("PUT", kUser, "changeUser", ByHandler, change_user),
        users(
            "POST", "/api/v1/users/{user}/reset-password", "resetPassword", Always, reset_password
        ),
        users("POST", "/api/v1/users/{user}/unlock", "unlockUser", Always, unlock_user),
        users("GET", kSessions, "listUserSessions", OnlyDenials, list_user_sessions),
        users("DELETE", kSessions, "revokeUserSessions", Always, revoke_user_sessions),
        {"GET",
         "/api/v1/roles",
         "listRoles",
         Right::UseAccount,
         About::Nothing,
         OnlyDenials,
         on(list_roles)},
        {"GET",
         kOrganisations,
         "listOrganisations",
         Right::ViewUsers,
         About::Listing,
         OnlyDenials,
         on(list_organisations)},
        organisations("POST", kOrganisations, "createOrganisation", create_organisation),
        organisations(
            "PUT", "/api/v1/organisations/{organisation}", "changeOrganisation", change_organisation
        ),
    };
}

}  // namespace bongsu::console
