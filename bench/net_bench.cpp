// links: net
// What fan-out over WebSocket costs the server: CPU of its I/O thread and of the thread that sends,
// and how long a message takes to a client in the same process. `alerts`: 300 sockets get the same
// 1 kB 100 times a second. `pictures`: 100 sockets get 25 messages of 10 kB a second each (2
// Mbit/s).
#include "net/http_server.hpp"
#include "net/testing/temporary_folder.hpp"
#include "net/websocket_client.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <pthread.h>
#include <sys/resource.h>
#include <time.h>

namespace {

using namespace bongsu;
using net::SharedBytes;

struct Load {
    std::size_t sockets;
    int rate;           ///< messages a second to each
    std::size_t bytes;  ///< of a message
    bool is_tls;
};

constexpr int kSeconds = 4;

Duration cpu_of(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::duration_cast<Duration>(
        std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec}
    );
}

double resident_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// A server whose sockets the benchmark sends to, and their clients.
class Stage {
public:
    explicit Stage(const Load& load) : load_(load) {}

    Status open() {
        net::HttpServerOptions options;
        if (load_.is_tls) {
            options.tls = {folder_.path() / "cert.pem", folder_.path() / "key.pem"};
            BONGSU_TRY(net::ensure_self_signed(*options.tls, {"127.0.0.1"}));
        }
        server_.emplace(options, [this](const net::HttpRequest&) { return accept(); }, metrics_);
        BONGSU_TRY(server_->start());
        for (std::size_t i = 0; i < load_.sockets; ++i) {
            BONGSU_TRY(clients_.connect(
                {.url = std::string(load_.is_tls ? "wss" : "ws") +
                        "://127.0.0.1:" + std::to_string(server_->port()) + "/",
                 .verifies_certificate = false},
                {.on_binary = [this](auto bytes) { take(bytes); }}
            ));
        }
        opened_.wait(0);
        while (opened_ < load_.sockets) {
            std::this_thread::yield();
        }
        return {};
    }

    net::WebSocketAccept accept() {
        return [this](const std::shared_ptr<net::WebSocket>& socket) {
            const std::scoped_lock lock(mutex_);
            pthread_getcpuclockid(pthread_self(), &io_clock_);
            sockets_.push_back(socket);
            ++opened_;
            opened_.notify_all();
            return net::WebSocketHandlers{};
        };
    }

    /// Sends at the load's rate; returns the CPU time that sending took.
    Duration send(int seconds) {
        const Duration begin = cpu_of(CLOCK_THREAD_CPUTIME_ID);
        const auto period = std::chrono::nanoseconds{1'000'000'000 / load_.rate};
        auto next = std::chrono::steady_clock::now();
        const auto payload =
            std::make_shared<const std::vector<std::uint8_t>>(load_.bytes - 8, 'x');
        for (int i = 0; i < seconds * load_.rate; ++i) {
            std::this_thread::sleep_until(next += period);
            const std::int64_t now = clock_.mono().time_since_epoch().count();
            std::vector<std::uint8_t> head(sizeof now);
            std::memcpy(head.data(), &now, sizeof now);
            const auto shared_head = std::make_shared<const std::vector<std::uint8_t>>(head);
            for (const auto& socket : sockets_) {
                refused_ += socket->send_binary({shared_head, payload}) ? 0 : 1;
            }
        }
        return cpu_of(CLOCK_THREAD_CPUTIME_ID) - begin;
    }

    void take(std::span<const std::uint8_t> bytes) {
        std::int64_t sent = 0;
        std::memcpy(&sent, bytes.data(), sizeof sent);
        latencies_.push_back(clock_.mono().time_since_epoch().count() - sent);
        ++received_;
    }

    void report(benchmark::State& state, Duration io, Duration sending) {
        while (received_ + refused_ <
               load_.sockets * static_cast<std::size_t>(load_.rate) * kSeconds) {
            std::this_thread::yield();
        }
        clients_.stop();
        const double seconds = kSeconds;
        const double messages = static_cast<double>(latencies_.size());
        std::ranges::sort(latencies_);
        state.counters["io_cpu_percent"] = 100 * to_seconds(io) / seconds;
        state.counters["send_cpu_percent"] = 100 * to_seconds(sending) / seconds;
        state.counters["us_per_message"] = 1e6 * to_seconds(io + sending) / messages;
        state.counters["messages_per_s"] = messages / seconds;
        state.counters["p95_ms"] =
            1e-3 * static_cast<double>(latencies_[latencies_.size() * 95 / 100]);
        state.counters["refused"] = static_cast<double>(refused_);
        state.counters["peak_MiB"] = resident_mib();
    }

    clockid_t io_clock() const { return io_clock_; }

private:
    const Load load_;
    SystemClock clock_;
    Metrics metrics_;
    net::testing::TemporaryFolder folder_;
    std::mutex mutex_;
    std::vector<std::shared_ptr<net::WebSocket>> sockets_;
    std::atomic<std::size_t> opened_{0};
    clockid_t io_clock_{};
    std::vector<std::int64_t> latencies_;  ///< on the clients' thread
    std::atomic<std::size_t> received_{0};
    std::size_t refused_ = 0;
    std::optional<net::HttpServer> server_;
    net::WebSocketClients clients_;
};

void fan_out(benchmark::State& state, const Load& load) {
    Stage stage(load);
    if (const Status opened = stage.open(); !opened) {
        state.SkipWithError(opened.error().describe().c_str());
        return;
    }
    const Duration before = cpu_of(stage.io_clock());
    Duration sending{};
    for ([[maybe_unused]] auto _ : state) {
        sending = stage.send(kSeconds);
    }
    stage.report(state, cpu_of(stage.io_clock()) - before, sending);
}

#define NET_LOAD(name, ...) \
    BENCHMARK_CAPTURE(fan_out, name, Load{__VA_ARGS__})->Iterations(1)->Unit(benchmark::kSecond)

NET_LOAD(alerts, 300, 100, 1'000, false);
NET_LOAD(alerts_tls, 300, 100, 1'000, true);
NET_LOAD(pictures, 100, 25, 10'000, false);
NET_LOAD(pictures_tls, 100, 25, 10'000, true);

}  // namespace
