#include "console/router.hpp"

#include "console/problem.hpp"
#include "core/log.hpp"

#include <algorithm>
#include <charconv>
#include <exception>
#include <tuple>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

constexpr std::size_t kLongestKey = 200;

bool is_unsafe(const std::string& method) {
    return method != "GET" && method != "HEAD";
}

/// Comparison whose time does not tell how much was right.
bool is_equal_secret(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) {
        return false;
    }
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    }
    return difference == 0;
}

/// A page of another origin must not use the session: browsers say where a request comes from.
Status check_origin(const net::HttpRequest& request, bool is_required) {
    const std::string* origin = request.header("origin");
    if (origin == nullptr) {
        return is_required ? fail(
                                 ErrorKind::PermissionDenied,
                                 "other_origin"_code,
                                 "the header Origin is missing"
                             )
                           : Status{};
    }
    const std::string* host = request.header("host");
    const std::size_t scheme_end = origin->find("://");
    const bool is_own = host != nullptr && scheme_end != std::string::npos &&
                        std::string_view(*origin).substr(scheme_end + 3) == *host;
    return is_own ? Status{}
                  : fail(
                        ErrorKind::PermissionDenied,
                        "other_origin"_code,
                        "the request comes from another origin"
                    );
}

Status check_csrf(const net::HttpRequest& request, const Authenticated& who) {
    if (!who.is_cookie) {
        return {};
    }
    BONGSU_TRY(check_origin(request, net::wants_websocket(request)));
    if (!is_unsafe(request.method)) {
        return {};
    }
    const std::string* token = request.header("bongsu-csrf");
    if (token == nullptr || who.csrf.empty() || !is_equal_secret(*token, who.csrf)) {
        return fail(
            ErrorKind::PermissionDenied,
            "session_stale"_code,
            "the header Bongsu-CSRF is missing or not of this session"
        );
    }
    return {};
}

/// From the header, or from the query where a browser cannot set headers (WebSocket, img, video).
Result<identity::Purpose> purpose_of(const net::HttpRequest& request) {
    const std::string* text = request.header("bongsu-purpose");
    if (text == nullptr && !is_unsafe(request.method)) {
        text = request.query_value("purpose");
    }
    return identity::parse_purpose(text != nullptr ? *text : "");
}

std::string object_of(const Call& call) {
    if (call.incident) {
        return "incident:" + call.incident->id.value();
    }
    for (const auto& [name, value] : call.path) {
        return name + ":" + value;
    }
    return "";
}

std::string incident_of(const Call& call) {
    if (call.incident) {
        return call.incident->id.value();
    }
    return call.purpose.kind == identity::Purpose::Kind::Incident ? call.purpose.reference : "";
}

net::HttpAnswer unauthenticated(const Error& error) {
    if (error.kind != ErrorKind::PermissionDenied) {
        return problem(error);
    }
    net::HttpResponse response =
        problem(401, "Log in first", error.reason().code, error.describe());
    response.headers.emplace_back("www-authenticate", "Bearer");
    return response;
}

identity::Verdict judge_call(const Call& call) {
    using identity::Subject;
    Subject subject = Subject::listing();
    if (call.route.about == About::Installation) {
        subject = Subject::installation();
    } else if (call.camera || call.incident) {
        subject = subject_of(call.camera);
    }
    return identity::judge(*call.principal, *call.route.right, subject, call.purpose);
}

/// A refusal says what is missing, except where that would tell that something exists.
net::HttpResponse denial(const Call& call, identity::Verdict verdict) {
    const std::string right(identity::to_string(*call.route.right));
    switch (verdict) {
        case identity::Verdict::NotSeen:
            return problem(404, "Not found", {}, "there is nothing at " + call.request.path);
        case identity::Verdict::PurposeMissing:
            return problem(
                403,
                "A purpose is needed",
                "purpose_needed"_code,
                "say in Bongsu-Purpose what this is for: " + right + " asks for it",
                {},
                kPurposeNeeded
            );
        case identity::Verdict::PurposeNotGranted:
            return problem(
                403,
                "Not for this purpose",
                "purpose_needed"_code,
                "your grants hold " + right + " for other purposes",
                {},
                kPurposeNeeded
            );
        case identity::Verdict::PasswordChangeDue:
            return problem(
                403,
                "Change the password first",
                "password_change_due"_code,
                "the one-time password must be changed",
                {},
                kPasswordChangeDue
            );
        default:
            return problem(
                403, "Not allowed", "right_missing"_code, "none of your grants holds " + right
            );
    }
}

net::HttpAnswer deny(const Call& call, net::HttpResponse answer) {
    // What cannot be written down is still denied.
    std::ignore = call.audit(call.route.operation, object_of(call), audit::Outcome::Denied);
    return answer;
}

net::HttpAnswer method_not_allowed(const std::string& allowed) {
    net::HttpResponse response =
        problem(405, "Method not allowed", {}, "this path answers to " + allowed);
    response.headers.emplace_back("allow", allowed);
    return response;
}

}  // namespace

Router::Router(Gate gate, Authenticate authenticate, std::vector<Route> routes)
    : gate_(std::move(gate)), authenticate_(std::move(authenticate)), routes_(std::move(routes)) {
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        entries_.push_back({PathPattern(routes_[i].path), i});
    }
    std::ranges::sort(entries_, {}, [](const Entry& e) { return e.pattern.names(); });
}

Result<Router::Found> Router::find(const net::HttpRequest& request, std::string& allowed) const {
    const std::string_view method =
        request.method == "HEAD" ? "GET" : std::string_view(request.method);
    for (const Entry& entry : entries_) {
        auto values = entry.pattern.match(request.path);
        if (!values) {
            continue;
        }
        const Route& route = routes_[entry.route];
        if (route.method == method) {
            return Found{&route, *std::move(values)};
        }
        allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    return fail(ErrorKind::NotFound, "there is nothing at " + request.path);
}

net::HttpAnswer Router::answer(const net::HttpRequest& request) {
    std::string allowed;
    auto found = find(request, allowed);
    if (!found) {
        return allowed.empty() ? net::HttpAnswer{problem(found.error())}
                               : method_not_allowed(allowed);
    }
    return found->route->right ? checked_call(request, *std::move(found))
                               : open_call(request, *std::move(found));
}

net::HttpAnswer Router::open_call(const net::HttpRequest& request, Found found) {
    if (const Status origin = check_origin(request, false); !origin) {
        return problem(origin.error());
    }
    return run(
        Call{request, *found.route, gate_, std::move(found.path), nullptr, {}, nullptr, nullptr}
    );
}

net::HttpAnswer Router::checked_call(const net::HttpRequest& request, Found found) {
    const auto who = authenticate_(request);
    if (!who) {
        return unauthenticated(who.error());
    }
    if (const Status good = check_csrf(request, *who); !good) {
        return problem(good.error());
    }
    auto purpose = purpose_of(request);
    if (!purpose) {
        return problem(purpose.error());
    }
    Call call{
        request,
        *found.route,
        gate_,
        std::move(found.path),
        who->principal,
        *std::move(purpose),
        nullptr,
        nullptr
    };
    if (const Status resolved = resolve(call); !resolved) {
        // In the words for what the caller may not see: they must not tell one from the other.
        return deny(
            call,
            resolved.error().kind == ErrorKind::NotFound ? denial(call, identity::Verdict::NotSeen)
                                                         : problem(resolved.error())
        );
    }
    const identity::Verdict verdict = judge_call(call);
    if (verdict != identity::Verdict::Allowed) {
        return deny(call, denial(call, verdict));
    }
    return permitted_call(call);
}

net::HttpAnswer Router::permitted_call(const Call& call) {
    if (call.route.audited == Audited::Always && call.route.about != About::Body) {
        const Status written =
            call.audit(call.route.operation, object_of(call), audit::Outcome::Allowed);
        if (!written) {
            return problem(written.error().within(
                "the audit log does not take the record", "audit_closed"_code
            ));
        }
    }
    const std::string* key = call.request.header("idempotency-key");
    if (key == nullptr || !is_unsafe(call.request.method)) {
        return run(call);
    }
    const Idempotency::Key own{call.principal->user, key->substr(0, kLongestKey)};
    auto before = idempotency_.begin(own, call.request, gate_.clock->mono());
    if (!before) {
        return problem(before.error());
    }
    if (*before) {
        return **std::move(before);
    }
    net::HttpAnswer answer = run(call);
    const auto* response = std::get_if<net::HttpResponse>(&answer);
    if (response != nullptr && response->status < 500 && !response->file) {
        idempotency_.finish(own, *response);
    } else {
        idempotency_.abandon(own);
    }
    return answer;
}

Status Router::resolve(Call& call) const {
    CameraId camera;
    if (call.route.about == About::Incident) {
        BONGSU_ASSIGN(Incident incident, gate_.find_incident(IncidentId(call.at("incident"))));
        camera = incident.camera;
        if (call.purpose.kind == identity::Purpose::Kind::None) {
            call.purpose = {identity::Purpose::Kind::Incident, incident.id.value()};
        }
        call.incident = std::make_shared<const Incident>(std::move(incident));
    } else if (call.route.about == About::Camera || call.route.about == About::CameraEver) {
        camera = CameraId(call.at("camera"));
    } else {
        return {};
    }
    auto found = call.route.about == About::CameraEver ? gate_.find_camera_ever(camera)
                                                       : gate_.find_camera(camera);
    if (found) {
        call.camera = *std::move(found);
        return {};
    }
    // Incidents outlive their cameras; then only grants on everything cover them.
    const bool is_past = call.incident && found.error().kind == ErrorKind::NotFound;
    return is_past ? Status{} : fail(found.error());
}

net::HttpAnswer Router::run(const Call& call) {
    try {
        auto answer = call.route.handler(call);
        return answer ? *std::move(answer) : net::HttpAnswer{problem(answer.error())};
    } catch (const std::exception& exception) {
        log::error(
            "console.handler_threw",
            {{"operation", call.route.operation}, {"what", exception.what()}}
        );
        return problem(Error{ErrorKind::Internal, exception.what(), nullptr});
    }
}

identity::Subject subject_of(const CameraConfig& camera) {
    return identity::Subject::of(camera.id, camera.organisation, camera.groups);
}

identity::Subject subject_of(const fleet::FleetCameraPtr& camera) {
    return camera ? subject_of(camera->config) : identity::Subject::installation();
}

bool Call::sees(const fleet::FleetCamera& other) const {
    return sees(other, *route.right);
}

bool Call::sees(const fleet::FleetCamera& other, identity::Right right) const {
    return identity::sees(*principal, subject_of(other.config), right);
}

Result<fleet::FleetCameraPtr> Call::require_camera(const CameraId& id) const {
    auto found = gate.find_camera(id);
    Status allowed = found ? Status{} : fail(found.error());
    if (found) {
        allowed = identity::authorise(*principal, *route.right, subject_of(*found), purpose);
    }
    const audit::Outcome outcome = allowed ? audit::Outcome::Allowed : audit::Outcome::Denied;
    if (!allowed || route.audited == Audited::Always) {
        BONGSU_TRY(audit(route.operation, "camera:" + id.value(), outcome));
    }
    if (!allowed) {
        return fail(allowed.error());
    }
    return *std::move(found);
}

Status Call::audit(
    std::string_view action, std::string object, audit::Outcome outcome, std::string detail
) const {
    audit::AuditRecord record;
    record.who = principal ? principal->user : "";
    record.organisation = principal ? principal->organisation.value() : "";
    record.action = action;
    record.object = std::move(object);
    record.purpose = identity::to_string(purpose);
    record.incident = incident_of(*this);
    record.outcome = outcome;
    record.address = request.peer;
    record.detail = std::move(detail);
    const auto number = gate.audit->append(std::move(record));
    return number ? Status{} : fail(number.error());
}

net::HttpAnswer json_answer(const boost::json::value& value, int status) {
    net::HttpResponse response;
    response.status = status;
    response.headers = {{"content-type", "application/json"}};
    response.body = boost::json::serialize(value);
    return response;
}

net::HttpAnswer json_answer(const Call& call, const boost::json::value& value, std::int64_t etag) {
    const std::string tag = '"' + std::to_string(etag) + '"';
    const std::string* known = call.request.header("if-none-match");
    net::HttpResponse response;
    if (known != nullptr && *known == tag) {
        response.status = 304;
    } else {
        response.headers = {{"content-type", "application/json"}};
        response.body = boost::json::serialize(value);
    }
    response.headers.emplace_back("etag", tag);
    return response;
}

net::HttpAnswer no_content() {
    net::HttpResponse response;
    response.status = 204;
    return response;
}

Result<std::int64_t> if_match(const net::HttpRequest& request) {
    const std::string* header = request.header("if-match");
    if (header == nullptr) {
        return fail(
            ErrorKind::FailedPrecondition,
            "version_needed"_code,
            "If-Match with the version that you have seen is needed, so that nobody's change is "
            "lost"
        );
    }
    std::string_view text = *header;
    if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"')) {
        text = text.substr(1, text.size() - 2);
    }
    std::int64_t number = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || at != text.data() + text.size()) {
        return fail(
            ErrorKind::InvalidArgument,
            "version_needed"_code,
            "If-Match must be a version number in quotes"
        );
    }
    return number;
}

}  // namespace bongsu::console
