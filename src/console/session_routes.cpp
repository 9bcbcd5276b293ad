// Routes tagged "session" in api/openapi.yaml: logging in and out, and the own account.
#include "console/account_json.hpp"
#include "console/problem.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "identity/identity.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <tuple>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

constexpr std::string_view kCookie = "bongsu_session";
constexpr std::size_t kLongestPassword = 1'000;
constexpr std::size_t kLongestPreferences = std::size_t{64} * 1024;
constexpr std::size_t kMostRights = 64;
constexpr Duration kTokenLife = std::chrono::hours{24 * 90};

std::string cookie_header(std::string_view value, bool is_secure, std::string_view more = "") {
    std::string header = std::string(kCookie) + "=" + std::string(value) + "; Path=/; HttpOnly; ";
    header += is_secure ? "Secure; " : "";
    return header + "SameSite=Strict" + std::string(more);
}

identity::Client client_of(const net::HttpRequest& request) {
    const std::string* agent = request.header("user-agent");
    return {request.peer, agent != nullptr ? *agent : ""};
}

/// Who logs in is only known by the answer; a name that no account has may be a password typed into
/// the wrong field, and is not written down.
Status audit_login(
    const ConsoleParts& parts,
    const net::HttpRequest& request,
    const std::string& user,
    audit::Outcome outcome
) {
    audit::AuditRecord record;
    record.action = "login";
    record.outcome = outcome;
    record.address = request.peer;
    if (const auto known = parts.identity.directory().user(user)) {
        record.who = known->id;
        record.organisation = known->organisation.value();
        record.object = "user:" + known->id;
    } else {
        record.object = "unknown user";
    }
    const auto number = parts.audit.append(std::move(record));
    return number ? Status{} : fail(number.error());
}

Result<store::OrganisationRow> organisation_of(
    const ConsoleParts& parts, const OrganisationId& id
) {
    BONGSU_ASSIGN(const auto all, parts.identity.directory().organisations());
    const auto found = std::ranges::find(all, id, &store::OrganisationRow::id);
    return found == all.end() ? store::OrganisationRow{id, id.value(), id.value()} : *found;
}

Result<json::object> session_of(const ConsoleParts& parts, const identity::Caller& caller) {
    const identity::Principal& principal = *caller.principal;
    BONGSU_ASSIGN(const auto organisation, organisation_of(parts, principal.organisation));
    BONGSU_ASSIGN(const identity::UserInfo user, parts.identity.directory().user(principal.user));
    return json::object{
        {"user", principal.user},
        {"name", principal.display_name},
        {"organisation", organisation_json(organisation)},
        {"grants", grants_json(principal.grants)},
        {"rights", names_json(identity::names_of(identity::rights_anywhere(principal)))},
        {"csrf", caller.csrf},
        {"must_change_password", principal.must_change_password},
        {"has_totp", user.has_totp},
        {"expires", to_iso8601(caller.expires)},
        {"idle_seconds", std::chrono::duration_cast<std::chrono::seconds>(caller.idle).count()},
        {"version", parts.version},
        {"time_zone", parts.time_zone},
    };
}

/// An API token has rights but no session.
Result<std::string> cookie_of(const Call& call) {
    const std::string* cookie = call.request.cookie(kCookie);
    if (cookie == nullptr || call.principal->token_rights) {
        return fail(
            ErrorKind::FailedPrecondition, "no_session"_code, "an API token has no session"
        );
    }
    return *cookie;
}

net::HttpResponse login_problem(const Error& error) {
    switch (error.kind) {
        case ErrorKind::PermissionDenied:
            return problem(401, "Not logged in", error.reason().code, error.describe());
        case ErrorKind::FailedPrecondition:
            return problem(
                401, "A code is needed", error.reason().code, error.describe(), {}, kCodeNeeded
            );
        case ErrorKind::ResourceExhausted: {
            net::HttpResponse response =
                problem(429, "Too many", error.reason().code, error.describe());
            response.headers.emplace_back("retry-after", "60");
            return response;
        }
        default:
            return problem(error);
    }
}

Result<net::HttpAnswer> log_in(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"user", "password", "totp"}));
    identity::Credentials credentials;
    BONGSU_ASSIGN(credentials.user, text_of(body, "user", 100));
    BONGSU_ASSIGN(credentials.password, text_of(body, "password", kLongestPassword));
    BONGSU_ASSIGN(const auto code, optional_text(body, "totp", 100));
    credentials.code = code.value_or("");
    const auto session = parts.identity.sign_in().log_in(credentials, client_of(call.request));
    const std::string user = session ? session->caller.principal->user : credentials.user;
    if (!session) {
        // What a lock turns away unseen is not written down: a flood must not fill the log. The
        // wrong passwords that led to the lock are in it.
        if (session.error().kind != ErrorKind::ResourceExhausted) {
            std::ignore = audit_login(parts, call.request, user, audit::Outcome::Denied);
        }
        return login_problem(session.error());
    }
    const Status written = audit_login(parts, call.request, user, audit::Outcome::Allowed);
    if (!written) {
        std::ignore = parts.identity.sessions().end(session->cookie);
        return fail(
            written.error().within("the audit log does not take the record", "audit_closed"_code)
        );
    }
    BONGSU_ASSIGN(const json::object answer, session_of(parts, session->caller));
    net::HttpAnswer out = json_answer(answer);
    std::get<net::HttpResponse>(out).headers.emplace_back(
        "set-cookie", cookie_header(session->cookie, call.request.is_secure)
    );
    return out;
}

Result<net::HttpAnswer> get_session(const ConsoleParts& parts, const Call& call) {
    identity::Caller caller{.principal = call.principal, .csrf = {}, .expires = {}};
    if (!call.principal->token_rights) {
        BONGSU_ASSIGN(const std::string cookie, cookie_of(call));
        BONGSU_ASSIGN(caller, parts.identity.by_cookie(cookie));
    }
    BONGSU_ASSIGN(const json::object answer, session_of(parts, caller));
    return json_answer(answer);
}

Result<net::HttpAnswer> log_out(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const std::string cookie, cookie_of(call));
    BONGSU_TRY(parts.identity.sessions().end(cookie));
    net::HttpAnswer out = no_content();
    std::get<net::HttpResponse>(out).headers.emplace_back(
        "set-cookie", cookie_header("", call.request.is_secure, "; Max-Age=0")
    );
    return out;
}

/// Whether it is the own password, with wrong ones counted: a stolen session must not be a way to
/// guess it. False stands for wrong.
Result<bool> is_own_password(
    const ConsoleParts& parts, const Call& call, const std::string& password
) {
    identity::Lockout& lockout = parts.identity.lockout();
    const std::string& user = call.principal->user;
    BONGSU_TRY(lockout.admit(user, call.request.peer));
    BONGSU_ASSIGN(const bool is_right, parts.identity.passwords().is_right(user, password));
    if (is_right) {
        BONGSU_TRY(lockout.succeeded(user, call.request.peer));
    }
    return is_right;
}

net::HttpResponse wrong_password(std::string_view field) {
    return problem(
        403,
        "Not allowed",
        "password_wrong"_code,
        "the password is wrong",
        {{std::string(field), "is wrong", "password_wrong"_code}}
    );
}

Result<net::HttpAnswer> change_password(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"current", "replacement"}));
    BONGSU_ASSIGN(const std::string current, text_of(body, "current", kLongestPassword));
    BONGSU_ASSIGN(const std::string next, text_of(body, "replacement", kLongestPassword));
    BONGSU_ASSIGN(const bool is_right, is_own_password(parts, call, current));
    if (!is_right) {
        return wrong_password("current");
    }
    const Status changed = parts.identity.passwords().change(
        call.principal->user, current, next, call.principal->session
    );
    if (!changed && changed.error().kind == ErrorKind::InvalidArgument) {
        return problem(
            changed.error(),
            {{"replacement", changed.error().message, changed.error().reason().code}}
        );
    }
    BONGSU_TRY(changed);
    return no_content();
}

Result<net::HttpAnswer> start_totp(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(
        const identity::Enrolment enrolment,
        parts.identity.second_factor().enrol(call.principal->user)
    );
    return json_answer(json::object{{"secret", enrolment.secret}, {"uri", enrolment.uri}});
}

Result<net::HttpAnswer> confirm_totp(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"code"}));
    BONGSU_ASSIGN(const std::string code, text_of(body, "code", 20));
    const auto codes = parts.identity.second_factor().confirm(call.principal->user, code);
    if (!codes && codes.error().kind == ErrorKind::PermissionDenied) {
        return problem(
            400,
            "Bad request",
            codes.error().reason().code,
            codes.error().message,
            {{"code", "is wrong", "factor_code_wrong"_code}}
        );
    }
    if (!codes) {
        return fail(codes.error());
    }
    return json_answer(json::object{{"recovery_codes", names_json(*codes)}});
}

Result<net::HttpAnswer> remove_totp(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"password"}));
    BONGSU_ASSIGN(const std::string password, text_of(body, "password", kLongestPassword));
    BONGSU_ASSIGN(const bool is_right, is_own_password(parts, call, password));
    if (!is_right) {
        return wrong_password("password");
    }
    BONGSU_TRY(parts.identity.second_factor().remove(call.principal->user));
    return no_content();
}

Result<net::HttpAnswer> list_sessions(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const auto sessions, parts.identity.sessions().list(call.principal->user));
    return json_answer(sessions_json(sessions, call.principal->session));
}

Result<net::HttpAnswer> revoke_session(const ConsoleParts& parts, const Call& call) {
    BONGSU_TRY(parts.identity.sessions().end_by_handle(call.principal->user, call.at("session")));
    return no_content();
}

Result<net::HttpAnswer> list_tokens(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const auto tokens, parts.identity.tokens().list(call.principal->user));
    json::array list;
    for (const identity::TokenInfo& token : tokens) {
        list.push_back(token_json(token));
    }
    return json_answer(json::object{{"tokens", std::move(list)}});
}

Result<identity::RightSet> rights_of_body(const json::object& body) {
    BONGSU_ASSIGN(const auto names, texts_of(body, "rights", kMostRights));
    identity::RightSet rights;
    for (const std::string& name : names) {
        const auto right = identity::parse_right(name);
        if (!right) {
            return fail(
                ErrorKind::InvalidArgument, "not_one_of"_code, "there is no right '" + name + "'"
            );
        }
        rights.add(*right);
    }
    return rights;
}

Result<net::HttpAnswer> create_token(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"name", "rights", "expires"}));
    BONGSU_ASSIGN(const std::string name, text_of(body, "name", 80));
    BONGSU_ASSIGN(const identity::RightSet rights, rights_of_body(body));
    Duration life = kTokenLife;
    if (body.contains("expires")) {
        BONGSU_ASSIGN(const WallTime expires, time_of(body, "expires"));
        life = expires - call.now();
    }
    BONGSU_ASSIGN(
        const identity::NewToken token,
        parts.identity.tokens().make(*call.principal, name, rights, life)
    );
    return json_answer(
        json::object{{"token", token_json(token.info)}, {"secret", token.secret}}, 201
    );
}

Result<net::HttpAnswer> revoke_token(const ConsoleParts& parts, const Call& call) {
    BONGSU_TRY(parts.identity.tokens().revoke(call.principal->user, call.at("token")));
    return no_content();
}

Result<net::HttpAnswer> get_preferences(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const std::string text, parts.store.identity().preferences(call.principal->user));
    boost::system::error_code error;
    json::value values = json::parse(text.empty() ? "{}" : text, error);
    return json_answer(
        json::object{{"values", error ? json::value(json::object()) : std::move(values)}}
    );
}

Result<net::HttpAnswer> put_preferences(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"values"}));
    const json::value* values = body.if_contains("values");
    if (values == nullptr || !values->is_object()) {
        return fail(ErrorKind::InvalidArgument, "wrong_kind"_code, "values must be an object");
    }
    const std::string text = json::serialize(*values);
    if (text.size() > kLongestPreferences) {
        return fail(ErrorKind::InvalidArgument, "preferences have at most 64 kB");
    }
    BONGSU_TRY(parts.store.identity().put_preferences(call.principal->user, text));
    return no_content();
}

}  // namespace

std::vector<Route> session_routes(const ConsoleParts& parts) {
    const auto on = [&parts](PartsHandler handler) { return with_parts(parts, handler); };
    const auto own = [&on](
                         std::string_view method,
                         std::string_view path,
                         std::string_view operation,
                         Audited audited,
                         PartsHandler handler
                     ) {
        return Route{
            method, path, operation, Right::UseAccount, About::Nothing, audited, on(handler)
        };
    };
    using enum Audited;
    constexpr std::string_view kTokens = "/api/v1/tokens";
    const auto token = [&on](
                           std::string_view method,
                           std::string_view path,
                           std::string_view operation,
                           Audited audited,
                           PartsHandler handler
                       ) {
        return Route{
            method, path, operation, Right::ManageTokens, About::Nothing, audited, on(handler)
        };
    };
    return {
        {"POST", "/api/v1/session", "login", std::nullopt, About::Nothing, OnlyDenials, on(log_in)},
        own("GET", "/api/v1/session", "getSession", OnlyDenials, get_session),
        own("DELETE", "/api/v1/session", "logout", Always, log_out),
        own("POST", "/api/v1/session/password", "changePassword", Always, change_password),
        own("POST", "/api/v1/session/totp", "startTotp", Always, start_totp),
        own("PUT", "/api/v1/session/totp", "confirmTotp", Always, confirm_totp),
        own("DELETE", "/api/v1/session/totp", "removeTotp", Always, remove_totp),
        own("GET", "/api/v1/sessions", "listSessions", OnlyDenials, list_sessions),
        own("DELETE", "/api/v1/sessions/{session}", "revokeSession", Always, revoke_session),
        token("GET", kTokens, "listTokens", OnlyDenials, list_tokens),
        token("POST", kTokens, "createToken", Always, create_token),
        token("DELETE", "/api/v1/tokens/{token}", "revokeToken", Always, revoke_token),
        own("GET", "/api/v1/preferences", "getPreferences", OnlyDenials, get_preferences),
        own("PUT", "/api/v1/preferences", "putPreferences", OnlyDenials, put_preferences),
    };
}

}  // namespace bongsu::console
