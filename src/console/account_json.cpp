#include "console/account_json.hpp"

#include "console/request_body.hpp"

#include <algorithm>

namespace bongsu::console {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostGrants = 200;
constexpr std::size_t kMostPurposes = 10;

json::value time_or_null(const std::optional<WallTime>& time) {
    return time ? json::value(to_iso8601(*time)) : json::value(nullptr);
}

Result<identity::Grant> grant_of(const json::value& value) {
    if (!value.is_object()) {
        return fail(ErrorKind::InvalidArgument, "wrong_kind"_code, "must be an object");
    }
    const json::object& object = value.get_object();
    BONGSU_TRY(only_members(object, {"role", "scope", "purposes"}));
    store::GrantRow row;
    BONGSU_ASSIGN(row.role, text_of(object, "role", 64));
    BONGSU_ASSIGN(row.scope, text_of(object, "scope", 100));
    if (object.contains("purposes")) {
        BONGSU_ASSIGN(row.purposes, texts_of(object, "purposes", kMostPurposes));
    }
    return identity::parse_grant(row);
}

}  // namespace

json::object organisation_json(const store::OrganisationRow& organisation) {
    return {
        {"id", organisation.id.value()},
        {"name_ko", organisation.name_ko},
        {"name_en", organisation.name_en},
    };
}

json::array names_json(const std::vector<std::string>& names) {
    json::array list;
    for (const std::string& name : names) {
        list.push_back(json::string(name));
    }
    return list;
}

json::array grants_json(const std::vector<identity::Grant>& grants) {
    json::array list;
    for (const identity::Grant& grant : grants) {
        const store::GrantRow row = identity::to_row(grant);
        list.push_back(json::object{
            {"role", row.role}, {"scope", row.scope}, {"purposes", names_json(row.purposes)}
        });
    }
    return list;
}

json::object session_json(const identity::SessionInfo& info, const std::string& current) {
    return {
        {"id", info.handle},
        {"is_current", info.handle == current},
        {"created", to_iso8601(info.created)},
        {"last_seen", to_iso8601(info.last_seen)},
        {"address", info.address},
        {"agent", info.agent},
    };
}

json::object sessions_json(
    const std::vector<identity::SessionInfo>& sessions, const std::string& current
) {
    json::array list;
    for (const identity::SessionInfo& info : sessions) {
        list.push_back(session_json(info, current));
    }
    return {{"sessions", std::move(list)}};
}

json::object token_json(const identity::TokenInfo& info) {
    return {
        {"id", info.id},
        {"name", info.name},
        {"rights", names_json(identity::names_of(info.rights))},
        {"created", to_iso8601(info.created)},
        {"expires", to_iso8601(info.expires)},
        {"last_used", time_or_null(info.last_used)},
    };
}

json::object user_json(
    const identity::UserInfo& user, const std::optional<WallTime>& locked_until
) {
    return {
        {"id", user.id},
        {"name", user.display_name},
        {"organisation", user.organisation.value()},
        {"is_active", user.is_active},
        {"grants", grants_json(user.grants)},
        {"has_totp", user.has_totp},
        {"must_change_password", user.must_change_password},
        {"password_changed", to_iso8601(user.password_changed)},
        {"last_login", time_or_null(user.last_login)},
        {"locked_until", time_or_null(locked_until)},
        {"created", to_iso8601(user.created)},
        {"revision", user.revision},
    };
}

Result<std::vector<identity::Grant>> grants_of(const json::object& body) {
    const json::value* value = body.if_contains("grants");
    if (value == nullptr || !value->is_array() || value->get_array().size() > kMostGrants) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            "grants must be a list of at most 200 grants"
        );
    }
    std::vector<identity::Grant> grants;
    for (const json::value& item : value->get_array()) {
        auto grant = grant_of(item);
        if (!grant) {
            return fail(grant.error().within("grants[" + std::to_string(grants.size()) + "]"));
        }
        grants.push_back(*std::move(grant));
    }
    return grants;
}

}  // namespace bongsu::console
