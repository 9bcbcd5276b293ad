// Logins, small requests, and what an idle console costs in memory.
#include "app/child_process.hpp"
#include "app/process_usage.hpp"
#include "console/event_client.hpp"
#include "console/sections.hpp"
#include "console/waiting.hpp"

#include <atomic>
#include <cstdio>
#include <thread>

#include <unistd.h>

namespace bongsu::bench {
namespace {

constexpr int kClients = 4;
constexpr std::chrono::seconds kTime{5};
constexpr int kConsoles = 300;

/// How often a second `kClients` threads together get through `once`. `once` gets the number of its
/// thread and says whether it worked.
double rate_of(const std::function<bool(int)>& once) {
    std::atomic<int> done{0};
    std::atomic<int> failed{0};
    const auto begin = std::chrono::steady_clock::now();
    const auto work = [&](int thread) {
        while (std::chrono::steady_clock::now() - begin < kTime) {
            ++(once(thread) ? done : failed);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kClients; ++i) {
            threads.emplace_back(work, i);
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (failed > 0) {
        std::fprintf(stderr, "%d requests failed\n", failed.load());
    }
    return done / took.count();
}

Result<double> kilobytes_per_console(const Login& login) {
    BONGSU_ASSIGN(const app::ProcessUsage before, app::usage_of(getpid()));
    BONGSU_ASSIGN(
        app::ChildProcess consoles,
        app::ChildProcess::start(
            {"/proc/self/exe", "--consoles", login.url, login.cookie, std::to_string(kConsoles)}
        )
    );
    BONGSU_TRY(await_ready(consoles, "300 consoles"));
    BONGSU_ASSIGN(const app::ProcessUsage after, app::usage_of(getpid()));
    return 1024 * (after.resident_megabytes - before.resident_megabytes) / kConsoles;
}

}  // namespace

Status measure_requests(Stage& stage) {
    BONGSU_ASSIGN(const auto city, City::start(stage.archive, {}));
    BONGSU_ASSIGN(const Login login, log_in(city->url(), stage.accounts.front()));
    BONGSU_ASSIGN(const double kilobytes, kilobytes_per_console(login));
    stage.out.add("console.kb_per_console", kilobytes);
    stage.out.add("console.login_per_second", rate_of([&](int thread) {
                      const auto number = static_cast<std::size_t>(thread);
                      return log_in(city->url(), stage.accounts[number]).has_value();
                  }));
    // An account keeps its newest sessions only: all those logins have ended the first one.
    BONGSU_ASSIGN(const Login newest, log_in(city->url(), stage.accounts.front()));
    std::vector<KeptConnection> connections;
    for (int i = 0; i < kClients; ++i) {
        BONGSU_ASSIGN(KeptConnection connection, KeptConnection::open(newest));
        connections.push_back(std::move(connection));
    }
    stage.out.add("console.requests_per_second", rate_of([&](int thread) {
                      const auto status =
                          connections[static_cast<std::size_t>(thread)].get("/api/v1/session");
                      return status && *status == 200;
                  }));
    return {};
}

int play_consoles(const Login& login, int count) {
    std::vector<std::shared_ptr<EventClient>> consoles;
    net::WebSocketClients clients;
    for (int i = 0; i < count; ++i) {
        consoles.push_back(std::make_shared<EventClient>());
        if (!consoles.back()->connect(clients, login)) {
            return 1;
        }
    }
    announce_when([&] { return std::ranges::all_of(consoles, &EventClient::is_greeted); }, 30);
    pause();
    return 0;
}

}  // namespace bongsu::bench
