#include "camsim/onvif/front.hpp"

#include "camsim/onvif/discovery_responder.hpp"
#include "camsim/onvif/login.hpp"
#include "core/log.hpp"
#include "core/metrics.hpp"
#include "net/http_server.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace bongsu::camsim {

namespace {

constexpr std::size_t kMostOwnAddresses = 64;
constexpr int kMostThreads = 64;  // a waiting PullMessages holds one

/// The address that lies `step` above.
Result<std::string> counted_up(const std::string& address, std::size_t step) {
    in_addr binary{};
    if (::inet_pton(AF_INET, address.c_str(), &binary) != 1) {
        return fail(
            ErrorKind::InvalidArgument,
            "onvif_own_addresses needs an IPv4 address to bind to, not '" + address + "'"
        );
    }
    binary.s_addr = htonl(ntohl(binary.s_addr) + static_cast<std::uint32_t>(step));
    char text[INET_ADDRSTRLEN] = {};
    ::inet_ntop(AF_INET, &binary, text, sizeof text);
    return std::string(text);
}

/// "127.0.0.1" of "127.0.0.1:8555"; brackets of IPv6 stay.
std::string host_of(const net::HttpRequest& request, const std::string& otherwise) {
    const std::string* header = request.header("host");
    if (header == nullptr || header->empty()) {
        return otherwise;
    }
    const std::size_t colon = header->rfind(':');
    const bool has_port = colon != std::string::npos && !header->ends_with(']');
    return has_port ? header->substr(0, colon) : *header;
}

}  // namespace

struct OnvifFront::Impl {
    Impl(OnvifFrontSetup s, std::vector<OnvifCamera> cameras, const Clock& clock)
        : setup(std::move(s)),
          login(setup.needs_login, setup.options, setup.credentials, setup.nonce, clock) {
        for (std::size_t i = 0; i < cameras.size(); ++i) {
            devices.push_back(std::make_unique<OnvifDevice>(
                cameras[i].id, i, std::move(cameras[i].streams), setup.options, login, clock
            ));
        }
    }

    Status serve(const std::string& address, OnvifDevice* only);
    Status start_servers();
    void start_discovery();
    net::HttpResponse route(const net::HttpRequest& request, OnvifDevice* only);
    OnvifDevice::Reached reached(
        const net::HttpRequest& request, const OnvifDevice& device, bool is_named
    ) const;
    OnvifDevice* find(std::string_view camera);
    std::string address(std::size_t index) const;
    void wait_slowly();

    OnvifFrontSetup setup;
    OnvifLoginCheck login;
    Metrics metrics;
    std::vector<std::unique_ptr<OnvifDevice>> devices;
    std::vector<std::string> hosts;  // of the servers
    std::vector<std::unique_ptr<net::HttpServer>> servers;
    std::unique_ptr<DiscoveryResponder> discovery;
    std::uint16_t rtsp_port = 0;
    std::uint16_t port = 0;
    std::mutex mutex;
    std::condition_variable stopped;
    bool is_stopping = false;
};

Status OnvifFront::Impl::serve(const std::string& address, OnvifDevice* only) {
    const int threads =
        only != nullptr ? 3 : std::min(kMostThreads, 4 + static_cast<int>(devices.size()));
    auto server = std::make_unique<net::HttpServer>(
        net::HttpServerOptions{
            .bind = address,
            .port = port,
            .request_threads = threads,
            .max_body_bytes = 256 * 1024,
        },
        [this, only](const net::HttpRequest& request) -> net::HttpAnswer {
            return route(request, only);
        },
        metrics
    );
    BONGSU_TRY(server->start());
    port = server->port();
    hosts.push_back(address);
    servers.push_back(std::move(server));
    return {};
}

Status OnvifFront::Impl::start_servers() {
    port = setup.options.port;
    if (!setup.options.has_own_addresses) {
        return serve(setup.bind, nullptr);
    }
    if (devices.size() > kMostOwnAddresses) {
        return fail(
            ErrorKind::InvalidArgument,
            fmt::format(
                "onvif_own_addresses serves at most {} cameras, not {}",
                kMostOwnAddresses,
                devices.size()
            )
        );
    }
    for (std::size_t i = 0; i < devices.size(); ++i) {
        BONGSU_ASSIGN(const std::string address, counted_up(setup.bind, i));
        BONGSU_TRY(serve(address, devices[i].get()));
    }
    return {};
}

void OnvifFront::Impl::start_discovery() {
    if (!setup.options.has_discovery) {
        return;
    }
    std::vector<ProbeMatch> matches;
    for (std::size_t i = 0; i < devices.size(); ++i) {
        matches.push_back({devices[i]->endpoint(), devices[i]->scopes(), address(i)});
    }
    discovery = std::make_unique<DiscoveryResponder>(
        setup.options.discovery_address, setup.options.discovery_port, std::move(matches)
    );
    if (const Status started = discovery->start(); !started) {
        log::warn("camsim.no_discovery", {{"reason", started.error().describe()}});
        discovery.reset();
    }
}

net::HttpResponse OnvifFront::Impl::route(const net::HttpRequest& request, OnvifDevice* only) {
    constexpr std::string_view kMark = "/onvif/";
    const std::size_t mark = request.path.find(kMark);
    if (mark == std::string::npos || devices.empty()) {
        return {.status = 404};
    }
    const bool is_named = mark > 0;
    OnvifDevice* device = only != nullptr ? only : devices.front().get();
    if (is_named) {
        device = find(std::string_view(request.path).substr(1, mark - 1));
    }
    if (device == nullptr) {
        return {.status = 404};
    }
    if (setup.options.fault == OnvifFault::Slow) {
        wait_slowly();
    }
    return device->answer(
        std::string_view(request.path).substr(mark + kMark.size()),
        request,
        reached(request, *device, is_named)
    );
}

OnvifDevice::Reached OnvifFront::Impl::reached(
    const net::HttpRequest& request, const OnvifDevice& device, bool is_named
) const {
    const std::string host =
        setup.options.host.empty() ? host_of(request, setup.bind) : setup.options.host;
    return {
        .http_base = fmt::format("http://{}:{}{}", host, port, is_named ? "/" + device.id() : ""),
        .rtsp_base = fmt::format("rtsp://{}:{}", host, rtsp_port),
    };
}

OnvifDevice* OnvifFront::Impl::find(std::string_view camera) {
    const auto found =
        std::ranges::find_if(devices, [&](const auto& device) { return device->id() == camera; });
    return found == devices.end() ? nullptr : found->get();
}

std::string OnvifFront::Impl::address(std::size_t index) const {
    return setup.options.has_own_addresses
               ? fmt::format("http://{}:{}/onvif/device_service", hosts.at(index), port)
               : fmt::format(
                     "http://{}:{}/{}/onvif/device_service", setup.bind, port, devices[index]->id()
                 );
}

void OnvifFront::Impl::wait_slowly() {
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, setup.options.slow_by, [this] { return is_stopping; });
}

OnvifFront::OnvifFront(OnvifFrontSetup setup, std::vector<OnvifCamera> cameras, const Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(setup), std::move(cameras), clock)) {}

OnvifFront::~OnvifFront() {
    stop();
}

Status OnvifFront::start(std::uint16_t rtsp_port) {
    impl_->rtsp_port = rtsp_port;
    BONGSU_TRY(impl_->start_servers());
    impl_->start_discovery();
    return {};
}

void OnvifFront::stop() {
    {
        const std::scoped_lock lock(impl_->mutex);
        impl_->is_stopping = true;
        impl_->stopped.notify_all();
    }
    for (const auto& device : impl_->devices) {
        device->events().stop();
    }
    impl_->discovery.reset();
    for (const auto& server : impl_->servers) {
        server->stop();
    }
}

std::uint16_t OnvifFront::port() const {
    return impl_->port;
}

std::string OnvifFront::base_url() const {
    return fmt::format("http://{}:{}", impl_->setup.bind, impl_->port);
}

std::uint16_t OnvifFront::discovery_port() const {
    return impl_->discovery ? impl_->discovery->port() : 0;
}

std::string OnvifFront::address_of(std::string_view camera) const {
    for (std::size_t i = 0; i < impl_->devices.size(); ++i) {
        if (impl_->devices[i]->id() == camera) {
            return impl_->address(i);
        }
    }
    return {};
}

OnvifDevice* OnvifFront::device(std::string_view camera) {
    return impl_->find(camera);
}

}  // namespace bongsu::camsim
