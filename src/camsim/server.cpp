#include "camsim/server.hpp"

#include "camsim/connection.hpp"
#include "camsim/silent_port.hpp"
#include "core/log.hpp"
#include "exec/cpu_time.hpp"
#include "exec/thread_name.hpp"
#include "net/listen.hpp"

#include <algorithm>
#include <random>
#include <thread>
#include <unordered_map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

namespace bongsu::camsim {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kTick = std::chrono::milliseconds{5};
constexpr int kTicksPerSweep = 200;
constexpr auto kAcceptPause = std::chrono::milliseconds{200};
constexpr std::string_view kOutage = "outage";
constexpr rlim_t kOtherFiles = 256;  // what the rest of the process may have open

std::string hex(std::uint64_t value) {
    return fmt::format("{:016x}", value);
}

/// The usual soft limit of 1024 open files is less than a thousand cameras need.
void allow_open_files(rlim_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) {
        return;
    }
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted) {
        log::warn("camsim.open_files_limited", {{"allowed", limit.rlim_cur}, {"wanted", wanted}});
    }
}

}  // namespace

struct Server::Impl final : ConnectionHost {
    Impl(const CamsimOptions& o, const StreamDirectory& s, const Clock& c)
        : settings(o), streams(s), time(c), wheel(c.mono(), kTick) {}

    const Clock& clock() const override { return time; }

    const CamsimOptions& options() const override { return settings; }

    UdpPorts& udp() override { return udp_ports; }

    WireUnit& scratch() override { return wire; }

    void wake_at(std::uint64_t connection, MonoTime at) override {
        wheel.schedule(connection, at);
        arm_timer();
    }

    void forget(std::uint64_t connection) override {
        // Later: the caller is one of the connection's own functions.
        asio::post(io, [this, connection] {
            connections.erase(connection);
            counters.connections = static_cast<std::int64_t>(connections.size());
        });
    }

    Status listen();
    void accept();
    void accept_later(const error_code& error);
    void admit(tcp::socket socket);
    void arm_timer();
    void tick();
    void sweep(MonoTime now);
    void close_all();
    void plan_outage(Duration wait);
    void begin_outage();
    void end_outage();
    Status reopen();
    RtspSecrets make_secrets();

    CamsimOptions settings;
    const StreamDirectory& streams;
    const Clock& time;
    Counters counters;
    RtspPolicy policy;
    asio::io_context io{1};
    tcp::acceptor acceptor{io};
    UdpPorts udp_ports{io};
    asio::steady_timer timer{io};
    asio::steady_timer accept_timer{io};
    asio::steady_timer outage_timer{io};
    SilentPort silent_port;
    bool is_dark = false;
    TimerWheel wheel;
    WireUnit wire;
    std::mt19937_64 random{std::random_device{}()};
    std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections;
    std::uint64_t next_id = 1;
    std::vector<TimerWheel::Key> due;
    bool is_armed = false;
    int ticks_to_sweep = kTicksPerSweep;
    std::atomic<std::uint16_t> own_port{0};
    std::thread thread;
};

Status Server::Impl::listen() {
    BONGSU_ASSIGN(
        own_port, net::listen(acceptor, {settings.bind, settings.port, "the camera simulator"})
    );
    BONGSU_TRY(udp_ports.open(acceptor.local_endpoint().address()));
    policy = {
        .auth = settings.auth,
        .credentials = {settings.user, settings.password},
        .session_timeout = settings.session_timeout,
        .udp_ports = udp_ports.numbers(),
    };
    return {};
}

void Server::Impl::accept() {
    acceptor.async_accept([this](const error_code& error, tcp::socket socket) {
        if (error == asio::error::operation_aborted || !acceptor.is_open()) {
            return;
        }
        if (error) {
            accept_later(error);
            return;
        }
        admit(std::move(socket));
        accept();
    });
}

/// Out of file descriptors or memory: trying again at once would only burn the processor.
void Server::Impl::accept_later(const error_code& error) {
    log::warn("camsim.accept_failed", {{"reason", error.message()}});
    accept_timer.expires_after(kAcceptPause);
    accept_timer.async_wait([this](const error_code& cancelled) {
        if (!cancelled && acceptor.is_open()) {
            accept();
        }
    });
}

void Server::Impl::admit(tcp::socket socket) {
    if (connections.size() >= static_cast<std::size_t>(settings.max_connections)) {
        ++counters.refused;
        return;
    }
    error_code ignored;
    const std::string own = socket.local_endpoint(ignored).address().to_string();
    const std::uint64_t id = next_id++;
    auto connection = std::make_shared<Connection>(
        std::move(socket), id, *this, RtspResponder(streams, policy, make_secrets(), own)
    );
    connections.emplace(id, connection);
    counters.connections = static_cast<std::int64_t>(connections.size());
    connection->start();
    arm_timer();
}

RtspSecrets Server::Impl::make_secrets() {
    return {
        .nonce = hex(random()) + hex(random()),
        .session_id = hex(random()),
        .ssrc = static_cast<std::uint32_t>(random()),
        .first_sequence = static_cast<std::uint16_t>(random()),
    };
}

void Server::Impl::plan_outage(Duration wait) {
    outage_timer.expires_after(wait);
    outage_timer.async_wait([this](const error_code& error) {
        if (error) {
            return;
        }
        if (is_dark) {
            end_outage();
        } else {
            begin_outage();
        }
    });
}

/// The power of all cameras fails: nobody says goodbye.
void Server::Impl::begin_outage() {
    is_dark = true;
    const MonoTime now = time.mono();
    for (const auto& [path, stream] : streams.all()) {
        stream->journal.begin_fault(kOutage, now);
    }
    for (const auto& [id, connection] : connections) {
        connection->hang();
    }
    error_code ignored;
    acceptor.close(ignored);
    accept_timer.cancel();
    if (settings.outage_swallows) {
        if (const Status silent = silent_port.open(settings.bind, own_port); !silent) {
            log::warn("camsim.outage", {{"error", silent.error().describe()}});
        }
    }
    plan_outage(settings.outage_for);
}

/// Cameras that have started again know none of their old connections.
void Server::Impl::end_outage() {
    for (const auto& [id, connection] : connections) {
        connection->reset();
    }
    silent_port.close();
    if (const Status reopened = reopen(); !reopened) {
        log::warn("camsim.outage", {{"error", reopened.error().describe()}});
        plan_outage(kAcceptPause);
        return;
    }
    is_dark = false;
    const MonoTime now = time.mono();
    for (const auto& [path, stream] : streams.all()) {
        stream->journal.end_fault(kOutage, now);
    }
    accept();
    plan_outage(*settings.outage_every - settings.outage_for);
}

Status Server::Impl::reopen() {
    BONGSU_ASSIGN(
        own_port, net::listen(acceptor, {settings.bind, own_port, "the camera simulator"})
    );
    return {};
}

/// Ticks only while somebody is connected: an idle simulator sleeps.
void Server::Impl::arm_timer() {
    if (is_armed || connections.empty()) {
        return;
    }
    is_armed = true;
    timer.expires_after(kTick);
    timer.async_wait([this](const error_code& error) {
        is_armed = false;
        if (!error) {
            tick();
            arm_timer();
        }
    });
}

void Server::Impl::tick() {
    const MonoTime now = time.mono();
    due.clear();
    wheel.take_due(now, due);
    for (const std::uint64_t id : due) {
        if (const auto found = connections.find(id); found != connections.end()) {
            found->second->play_due();
        }
    }
    const std::int64_t spent = (time.mono() - now).count();
    counters.worst_tick_micros = std::max(counters.worst_tick_micros.load(), spent);
    if (--ticks_to_sweep == 0) {
        ticks_to_sweep = kTicksPerSweep;
        sweep(now);
    }
}

void Server::Impl::sweep(MonoTime now) {
    counters.cpu_micros = exec::thread_cpu_time().count();
    for (const auto& [id, connection] : connections) {
        connection->check_timeout(now);
    }
}

void Server::Impl::close_all() {
    error_code ignored;
    acceptor.close(ignored);
    udp_ports.close();
    timer.cancel();
    accept_timer.cancel();
    outage_timer.cancel();
    silent_port.close();
    for (const auto& [id, connection] : connections) {
        connection->close("the server stops");
    }
}

Server::Server(const CamsimOptions& options, const StreamDirectory& streams, const Clock& clock)
    : impl_(std::make_unique<Impl>(options, streams, clock)) {}

Server::~Server() {
    stop();
}

Status Server::start() {
    allow_open_files(static_cast<rlim_t>(impl_->settings.max_connections) + kOtherFiles);
    BONGSU_TRY(impl_->listen());
    impl_->accept();
    if (impl_->settings.outage_every) {
        impl_->plan_outage(*impl_->settings.outage_every);
    }
    impl_->udp_ports.listen([this](const UdpPorts::Endpoint& from) {
        for (const auto& [id, connection] : impl_->connections) {
            connection->hear_report(from);
        }
    });
    impl_->thread = std::thread([this] {
        exec::set_thread_name("camsim");
        impl_->io.run();  // ends when nothing is left to wait for, after close_all
        impl_->counters.cpu_micros = exec::thread_cpu_time().count();
    });
    return {};
}

void Server::stop() {
    if (!impl_->thread.joinable()) {
        return;
    }
    asio::post(impl_->io, [this] { impl_->close_all(); });
    impl_->thread.join();
}

std::uint16_t Server::port() const {
    return impl_->own_port;
}

const Server::Counters& Server::counters() const {
    return impl_->counters;
}

}  // namespace bongsu::camsim
