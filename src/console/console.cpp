#include "console/console.hpp"

#include "console/problem.hpp"
#include "console/route_families.hpp"
#include "console/router.hpp"
#include "console/static_files.hpp"
#include "identity/identity.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bongsu::console {
namespace {

constexpr std::string_view kCookie = "bongsu_session";
constexpr std::string_view kBearer = "Bearer ";

Result<Authenticated> authenticate(identity::Identity& identity, const net::HttpRequest& request) {
    const std::string* header = request.header("authorization");
    if (header != nullptr && header->starts_with(kBearer)) {
        BONGSU_ASSIGN(
            identity::Caller caller,
            identity.by_token(std::string_view(*header).substr(kBearer.size()))
        );
        return Authenticated{std::move(caller.principal), "", false};
    }
    const std::string* cookie = request.cookie(kCookie);
    if (cookie == nullptr) {
        return fail(
            ErrorKind::PermissionDenied, "session_ended"_code, "there is no session; log in first"
        );
    }
    BONGSU_ASSIGN(identity::Caller caller, identity.by_cookie(*cookie));
    return Authenticated{std::move(caller.principal), std::move(caller.csrf), true};
}

Gate make_gate(const ConsoleParts& parts) {
    Gate gate;
    gate.clock = &parts.clock;
    gate.audit = &parts.audit;
    gate.find_camera = [&fleet = parts.fleet](const CameraId& id) { return fleet.get(id); };
    gate.find_camera_ever = [&fleet = parts.fleet](const CameraId& id) {
        return fleet.get_ever(id);
    };
    gate.find_incident = [&store = parts.store](const IncidentId& id) {
        return store.incidents().get(id);
    };
    return gate;
}

net::HttpServerOptions server_options(const ConsoleParts& parts, const ConsoleConfig& config) {
    net::HttpServerOptions options;
    options.bind = config.address;
    options.port = config.port;
    options.trusted_proxies = config.trusted_proxies;
    options.request_threads = config.request_threads;
    if (config.tls == TlsMode::Files) {
        options.tls = net::TlsFiles{config.certificate, config.key};
    } else if (config.tls == TlsMode::SelfSigned) {
        options.tls =
            net::TlsFiles{parts.data / "console-certificate.pem", parts.data / "console-key.pem"};
    }
    return options;
}

}  // namespace

struct Console::Impl {
    Impl(ConsoleParts parts_in, ConsoleConfig config_in, StaticFiles page_in)
        : parts(std::move(parts_in)),
          config(std::move(config_in)),
          page(std::move(page_in)),
          router(
              make_gate(parts),
              [&identity = parts.identity](const net::HttpRequest& request) {
                  return authenticate(identity, request);
              },
              all_routes(parts, config)
          ),
          server(
              server_options(parts, config),
              [this](const net::HttpRequest& request) { return answer(request); },
              parts.metrics
          ) {}

    net::HttpAnswer answer(const net::HttpRequest& request) {
        net::HttpAnswer out =
            request.path.starts_with("/api/") ? router.answer(request) : page.answer(request);
        if (auto* response = std::get_if<net::HttpResponse>(&out)) {
            add_security_headers(*response, request.is_secure);
        }
        return out;
    }

    const ConsoleParts parts;
    const ConsoleConfig config;
    const StaticFiles page;
    Router router;
    net::HttpServer server;
};

std::vector<Route> all_routes(const ConsoleParts& parts, const ConsoleConfig& config) {
    std::vector<Route> routes;
    const auto add = [&routes](std::vector<Route> family) {
        std::ranges::move(family, std::back_inserter(routes));
    };
    add(session_routes(parts));
    add(user_routes(parts));
    add(audit_routes(parts));
    add(system_routes(parts, config));
    add(camera_routes(parts));
    add(fleet_routes(parts));
    add(health_routes(parts));
    add(live_routes(parts));
    add(playback_routes(parts));
    add(motion_routes(parts));
    add(export_routes(parts));
    add(scene_routes(parts));
    add(incident_media_routes(parts));
    add(incident_routes(parts));
    add(suggestion_routes(parts));
    add(supervision_routes(parts));
    add(wall_routes(parts));
    add(replay_routes(parts));
    add(discovery_routes(parts));
    add(ptz_routes(parts));
    return routes;
}

Result<std::unique_ptr<Console>> Console::create(ConsoleParts parts, ConsoleConfig config) {
    BONGSU_ASSIGN(StaticFiles page, StaticFiles::open(config.page));
    if (config.tls == TlsMode::SelfSigned) {
        const auto files = *server_options(parts, config).tls;
        BONGSU_TRY(net::ensure_self_signed(files, config.hosts));
    }
    return std::unique_ptr<Console>(
        new Console(std::make_unique<Impl>(std::move(parts), std::move(config), std::move(page)))
    );
}

Console::Console(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Console::~Console() {
    stop();
}

Status Console::start() {
    return impl_->server.start();
}

void Console::stop() {
    impl_->server.stop();
}

std::string Console::url() const {
    const char* scheme = impl_->config.tls == TlsMode::Off ? "http://" : "https://";
    return scheme + impl_->config.address + ":" + std::to_string(impl_->server.port());
}

}  // namespace bongsu::console
