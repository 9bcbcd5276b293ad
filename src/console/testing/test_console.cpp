#include "console/testing/test_console.hpp"

#include "console/console.hpp"
#include "core/log.hpp"
#include "identity/roles.hpp"

#include <cstdio>
#include <cstdlib>

namespace bongsu::console::testing {
namespace {

template <class T>
T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "test console: %s\n", result.error().describe().c_str());
        std::abort();
    }
    if constexpr (!std::is_void_v<T>) {
        return *std::move(result);
    }
}

Value camera_form(const char* id, const char* name, const char* organisation) {
    return Value::Map{
        {"id", id},
        {"name", name},
        {"organisation", organisation},
        {"url", std::string("rtsp://admin:secret@192.0.2.1/") + id},
        {"place", Value::Map{{"latitude", 37.2}, {"longitude", 127.4}}}
    };
}

/// What the server's parser would make of the target.
void split_target(const std::string& target, net::HttpRequest& request) {
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    std::string_view rest =
        mark == std::string::npos ? "" : std::string_view(target).substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        const std::size_t equals = pair.find('=');
        request.query.emplace_back(
            pair.substr(0, equals), equals == std::string_view::npos ? "" : pair.substr(equals + 1)
        );
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    }
}

}  // namespace

TestConsole::TestConsole(const std::function<void(ConsoleParts&)>& adapt) {
    log::configure(log::Level::Error, log::Format::Text);
    store::StoreConfig store_config;
    store_config.database = "sqlite:" + (folder_.path() / "test.db").string();
    store_ = must(store::Store::open(store_config, clock_, metrics_));
    identity::IdentityConfig identity_config;
    identity_config.hash_memory = std::size_t{1} << 16U;  // quick: nothing here is worth guarding
    identity_config.one_time_must_change = false;
    identity_ = must(identity::Identity::open(
        store_->identity(), identity_config, folder_.path() / "identity.key", clock_
    ));
    audit::AuditOptions audit_options;
    audit_options.key = folder_.path() / "audit.key";
    audit_options.anchors = folder_.path() / "audit.anchors";
    audit_ = must(audit::AuditLog::open(store_->audit(), audit_options, clock_, metrics_));
    fleet_ = must(fleet::Fleet::open(store_->cameras(), clock_, {}));
    events_ = std::make_unique<EventStream>(EventStream::Parts{
        .clock = clock_,
        .metrics = metrics_,
        .incidents = store_->incidents(),
        .settings = {},
        .sees = [](const identity::Principal&, const CameraId&) { return true; },
        .refresh = [](const PrincipalPtr& principal) { return principal; }
    });
    behaviours::register_all(behaviours_);
    add_accounts();
    add_cameras();
    parts_ = std::make_unique<ConsoleParts>(ConsoleParts{
        .clock = clock_,
        .metrics = metrics_,
        .store = *store_,
        .identity = *identity_,
        .audit = *audit_,
        .fleet = *fleet_,
        .events = *events_,
        .behaviours = behaviours_,
        .data = folder_.path(),
        .recordings = {},
        .snapshots = folder_.path() / "snapshots",
        .time_zone = "+09:00",
        .version = "test"
    });
    if (adapt) {
        adapt(*parts_);
    }
    Gate gate;
    gate.clock = &clock_;
    gate.audit = audit_.get();
    gate.find_camera = [this](const CameraId& id) { return fleet_->get(id); };
    gate.find_camera_ever = [this](const CameraId& id) { return fleet_->get_ever(id); };
    gate.find_incident = [this](const IncidentId& id) { return store_->incidents().get(id); };
    router_ = std::make_unique<Router>(
        std::move(gate),
        [this](const net::HttpRequest& request) -> Result<Authenticated> {
            const std::string* cookie = request.cookie("bongsu_session");
            if (cookie == nullptr) {
                return fail(ErrorKind::PermissionDenied, "log in first");
            }
            BONGSU_ASSIGN(identity::Caller caller, identity_->by_cookie(*cookie));
            return Authenticated{caller.principal, caller.csrf, true};
        },
        all_routes(*parts_, config_)
    );
}

TestConsole::~TestConsole() = default;

void TestConsole::add_accounts() {
    must(identity_->directory().put_organisation({OrganisationId("city"), "봉수시", "Bongsu"}));
    must(identity_->directory().put_organisation({OrganisationId("parks"), "공원과", "Parks"}));
    const auto add = [this](const std::string& name, identity::Role role, const char* scope) {
        const identity::Grant grant{role, must(identity::parse_scope(scope)), {}};
        must(identity_->passwords().add_user({name, name, OrganisationId("city"), {grant}}, false));
    };
    for (const identity::RoleInfo& role : identity::role_table()) {
        add(std::string(role.name), role.role, "*");
    }
    add("park_operator", identity::Role::Operator, "org:parks");
}

void TestConsole::add_cameras() {
    must(fleet_->create(camera_form("gate", "정문", "city"), {"test", ""}));
    must(fleet_->create(camera_form("plaza", "광장", "city"), {"test", ""}));
    must(fleet_->create(camera_form("pond", "연못", "parks"), {"test", ""}));
}

identity::NewSession& TestConsole::session_of(const std::string& user) {
    const auto known = sessions_.find(user);
    if (known != sessions_.end()) {
        return known->second;
    }
    auto session = must(identity_->sessions().begin(user, {"192.0.2.9", "test"}));
    return sessions_.emplace(user, std::move(session)).first->second;
}

net::HttpResponse TestConsole::ask(
    const std::string& user, const std::string& target, const Ask& ask
) {
    net::HttpRequest request;
    request.method = ask.method;
    split_target(target, request);
    request.headers = ask.headers;
    request.headers.emplace_back("host", "console.test");
    request.peer = "192.0.2.9";
    request.is_secure = true;
    request.body = ask.body;
    if (!ask.body.empty()) {
        request.headers.emplace_back("content-type", ask.type);
    }
    if (!ask.purpose.empty()) {
        request.headers.emplace_back("bongsu-purpose", ask.purpose);
    }
    if (!user.empty()) {
        const identity::NewSession& session = session_of(user);
        request.cookies.emplace_back("bongsu_session", session.cookie);
        if (ask.has_csrf) {
            request.headers.emplace_back("bongsu-csrf", session.caller.csrf);
        }
    }
    net::HttpAnswer answer = router_->answer(request);
    if (auto* response = std::get_if<net::HttpResponse>(&answer)) {
        return std::move(*response);
    }
    net::HttpResponse upgraded;
    upgraded.status = 101;
    return upgraded;
}

net::HttpResponse TestConsole::get(const std::string& user, const std::string& target) {
    return ask(user, target);
}

net::HttpResponse TestConsole::post(
    const std::string& user, const std::string& target, const boost::json::value& body
) {
    return ask(user, target, {.method = "POST", .body = boost::json::serialize(body)});
}

net::HttpResponse TestConsole::put(
    const std::string& user,
    const std::string& target,
    const boost::json::value& body,
    const std::string& if_match
) {
    Ask request{.method = "PUT", .body = boost::json::serialize(body)};
    if (!if_match.empty()) {
        request.headers.emplace_back("if-match", if_match);
    }
    return ask(user, target, request);
}

IncidentId TestConsole::add_incident(const std::string& camera, int gravity) {
    Incident incident;
    incident.id = IncidentId("test-" + std::to_string(++incidents_));
    incident.kind = "intrusion";
    incident.gravity = gravity;
    incident.camera = CameraId(camera);
    incident.organisation = must(fleet_->get(incident.camera))->config.organisation;
    incident.started = clock_.wall();
    incident.opened = clock_.wall();
    incident.clip_from = clock_.wall() - std::chrono::seconds{5};
    incident.clip_to = clock_.wall() + std::chrono::seconds{10};
    must(store_->incidents().save(incident));
    return incident.id;
}

void TestConsole::mask_left_half(const std::string& camera) {
    const Value mask = Value::List{
        Value::List{0.0, 0.0}, Value::List{0.5, 0.0}, Value::List{0.5, 1.0}, Value::List{0.0, 1.0}
    };
    must(fleet_->change_many(
        {CameraId(camera)},
        Value::Map{{"private_masks", Value::List{mask}}},
        fleet::BulkMode::AllOrNothing,
        {"test", ""}
    ));
}

std::vector<std::string> TestConsole::audit_lines() {
    std::vector<std::string> lines;
    for (const auto& row : must(audit_->list({})).rows) {
        lines.push_back(row.who + " " + row.action + " " + row.object + " " + row.outcome);
    }
    return lines;
}

boost::json::value json_of(const net::HttpResponse& response) {
    boost::system::error_code error;
    boost::json::value value = boost::json::parse(response.body, error);
    if (error) {
        std::fprintf(stderr, "test console: no JSON: %s\n", response.body.c_str());
        std::abort();
    }
    return value;
}

}  // namespace bongsu::console::testing
