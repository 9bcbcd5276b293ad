// The event stream: how quickly an incident reaches every console, and that none is lost or
// doubled.
#include "console/alarms.hpp"
#include "console/event_client.hpp"
#include "console/sections.hpp"
#include "console/waiting.hpp"
#include "eval/measurements.hpp"

#include <cstdio>
#include <random>
#include <tuple>

namespace bongsu::bench {
namespace {

constexpr std::size_t kConsoles = 300;
constexpr int kSeconds = 20;
constexpr auto kBetweenAlarms = std::chrono::milliseconds{200};

constexpr std::size_t kCutConsoles = 10;
constexpr int kCuts = 100;
constexpr int kRestarts = 3;
constexpr auto kBetweenCuts = std::chrono::milliseconds{60};

using EventClientPtr = std::shared_ptr<EventClient>;

/// Latencies of all clients, which share one thread.
class Latencies {
public:
    explicit Latencies(const StoredTimes& stored) : stored_(stored) {}

    void note(std::int64_t change) {
        const MonoTime now = clock_.mono();
        if (const auto since = stored_.of(change)) {
            const std::scoped_lock lock(mutex_);
            milliseconds_.push_back(1e3 * to_seconds(now - *since));
        }
    }

    std::vector<double> all() const {
        const std::scoped_lock lock(mutex_);
        return milliseconds_;
    }

private:
    const StoredTimes& stored_;
    SystemClock clock_;
    mutable std::mutex mutex_;
    std::vector<double> milliseconds_;
};

Result<std::vector<Login>> log_all_in(const Stage& stage, const std::string& url) {
    std::vector<Login> logins;
    for (const Account& account : stage.accounts) {
        BONGSU_ASSIGN(Login login, log_in(url, account));
        logins.push_back(std::move(login));
    }
    return logins;
}

bool all_greeted(const std::vector<EventClientPtr>& consoles) {
    return std::ranges::all_of(consoles, &EventClient::is_greeted);
}

bool all_at(const std::vector<EventClientPtr>& consoles, std::int64_t change) {
    return std::ranges::all_of(consoles, [change](const EventClientPtr& console) {
        return console->position() >= change;
    });
}

void raise_for(Alarms& alarms, City& city, std::chrono::seconds time) {
    auto next = std::chrono::steady_clock::now();
    for (const auto end = next + time; next < end; next += kBetweenAlarms) {
        std::this_thread::sleep_until(next);
        alarms.raise(city);
    }
}

/// Consoles that are cut and come back over the lives of several servers.
class CutScene {
public:
    explicit CutScene(Stage& stage) : stage_(stage) {
        for (std::size_t i = 0; i < kCutConsoles; ++i) {
            consoles_.push_back(std::make_shared<EventClient>());
        }
    }

    Status run() {
        for (int life = 0; life <= kRestarts; ++life) {
            city_.reset();  // consoles learn of incidents of its last moments from the next one
            BONGSU_TRY(live_until(kCuts * (life + 1) / (kRestarts + 1)));
        }
        return finish();
    }

private:
    Status live_until(int wanted_cuts) {
        BONGSU_TRY(start());
        while (cuts_ < wanted_cuts) {
            BONGSU_TRY(step());
        }
        return {};
    }

    Status start() {
        BONGSU_ASSIGN(
            city_,
            City::start(
                stage_.archive,
                {},
                [this](const incidents::IncidentUpdate& update) { stored_.note(update); }
            )
        );
        if (logins_.empty()) {
            BONGSU_ASSIGN(logins_, log_all_in(stage_, city_->url()));
        }
        for (Login& login : logins_) {
            login.url = city_->url();  // sessions outlive the server
        }
        BONGSU_TRY(reconnect());
        if (stored_.changes().empty()) {
            return wait_until([this] { return all_greeted(consoles_); }, kPatience, "consoles");
        }
        return {};
    }

    Status reconnect() {
        for (std::size_t i = 0; i < consoles_.size(); ++i) {
            BONGSU_TRY(consoles_[i]->connect(clients_, logins_[i]));
        }
        return {};
    }

    Status step() {
        alarms_.raise(*city_);
        std::this_thread::sleep_for(kBetweenCuts * std::uniform_real_distribution{}(random_));
        const EventClientPtr& console =
            consoles_[std::uniform_int_distribution<std::size_t>{0, kCutConsoles - 1}(random_)];
        if (console->is_greeted()) {
            console->cut();
            ++cuts_;
        }
        return reconnect();
    }

    Status finish() {
        const auto is_complete = [this] {
            std::ignore = reconnect();  // asked again until all have come
            const std::set<std::int64_t> changes = stored_.changes();
            return !changes.empty() && all_at(consoles_, *changes.rbegin());
        };
        // The last alarm may still be on its way to the store.
        std::this_thread::sleep_for(std::chrono::seconds{1});
        const Status complete = wait_until(is_complete, kPatience, "the last change");
        count();
        alarms_.end_all(*city_);
        return complete;
    }

    void count() {
        const std::set<std::int64_t> changes = stored_.changes();
        std::size_t lost = 0;
        std::size_t doubled = 0;
        int resyncs = 0;
        for (const EventClientPtr& console : consoles_) {
            const std::vector<std::int64_t> received = console->received();
            const std::set<std::int64_t> different(received.begin(), received.end());
            doubled += received.size() - different.size();
            lost +=
                static_cast<std::size_t>(std::ranges::count_if(changes, [&](std::int64_t change) {
                    return !different.contains(change);
                }));
            resyncs += console->resyncs();
        }
        std::fprintf(
            stderr,
            "cuts: %d cuts, %d restarts, %zu incidents, %zu consoles, %d told to load anew\n",
            cuts_,
            kRestarts,
            changes.size(),
            consoles_.size(),
            resyncs
        );
        stage_.out.add("console.lost_alerts", static_cast<double>(lost));
        stage_.out.add("console.doubled_alerts", static_cast<double>(doubled));
    }

    static constexpr std::chrono::seconds kPatience{20};

    Stage& stage_;
    StoredTimes stored_;
    Alarms alarms_;
    std::vector<EventClientPtr> consoles_;
    std::vector<Login> logins_;
    std::unique_ptr<City> city_;
    std::mt19937 random_{20260101};
    int cuts_ = 0;
    net::WebSocketClients clients_;  // goes first: its thread calls into the consoles
};

}  // namespace

Status measure_fan_out(Stage& stage) {
    StoredTimes stored;
    Latencies latencies(stored);
    BONGSU_ASSIGN(
        const auto city,
        City::start(
            stage.archive,
            {},
            [&stored](const incidents::IncidentUpdate& update) { stored.note(update); }
        )
    );
    BONGSU_ASSIGN(const std::vector<Login> logins, log_all_in(stage, city->url()));
    std::vector<EventClientPtr> consoles;
    Alarms alarms;
    net::WebSocketClients clients;
    for (std::size_t i = 0; i < kConsoles; ++i) {
        consoles.push_back(std::make_shared<EventClient>([&latencies](std::int64_t change) {
            latencies.note(change);
        }));
        BONGSU_TRY(consoles.back()->connect(clients, logins[i % kLogins]));
    }
    const std::chrono::seconds patience{30};
    BONGSU_TRY(wait_until([&] { return all_greeted(consoles); }, patience, "300 consoles"));
    raise_for(alarms, *city, std::chrono::seconds{kSeconds});
    std::this_thread::sleep_for(std::chrono::seconds{1});
    const std::int64_t last = *stored.changes().rbegin();
    BONGSU_TRY(wait_until([&] { return all_at(consoles, last); }, patience, "the last message"));
    const std::vector<double> all = latencies.all();
    std::fprintf(stderr, "fan-out: %zu messages\n", all.size());
    stage.out.add("console.fanout_300.p50_ms", eval::percentile(all, 0.50));
    stage.out.add("console.fanout_300.p95_ms", eval::percentile(all, 0.95));
    stage.out.add("console.fanout_300.max_ms", eval::percentile(all, 1));
    clients.stop();
    alarms.end_all(*city);
    return {};
}

Status measure_cuts(Stage& stage) {
    return CutScene(stage).run();
}

}  // namespace bongsu::bench
