#include "soak/visitors.hpp"

#include "console/event_client.hpp"
#include "console/viewing.hpp"
#include "console/waiting.hpp"

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

namespace bongsu::bench {
namespace {

using std::chrono::seconds;

constexpr std::size_t kConsoles = 3;
constexpr std::size_t kTiles = 2;
constexpr std::array<const char*, 6> kPageTargets{
    "/api/v1/session",
    "/api/v1/incidents?limit=50",
    "/api/v1/incidents/counts",
    "/api/v1/cameras?limit=100",
    "/api/v1/health",
    "/api/v1/supervision/now"
};

/// False when it was asked to stop meanwhile.
bool pause_for(const std::stop_token& stop, Duration length) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, length, [] { return false; });
    return !stop.stop_requested();
}

std::string text_of(const Value& object, std::string_view key) {
    const Value* value = object.find(key);
    return value != nullptr && value->as_text() != nullptr ? *value->as_text() : "";
}

}  // namespace

Visitors::Visitors(Office& office, Neighbourhood place, Tally& tally)
    : office_(office), place_(std::move(place)), tally_(tally) {
    threads_.emplace_back([this](const std::stop_token& stop) { watch(stop); });
    every(std::chrono::milliseconds{500}, [this] { return poll(); });
    every(seconds{3}, [this] { return handle_incidents(); });
    every(seconds{5}, [this] { return open_picture(); });
    every(seconds{10}, [this] { return play_back(); });
    every(seconds{30}, [this] { return change_cameras(); });
}

Visitors::~Visitors() {
    for (std::jthread& thread : threads_) {
        thread.request_stop();
    }
}

void Visitors::every(Duration interval, std::function<Status()> round) {
    threads_.emplace_back([this, interval, round = std::move(round)](const std::stop_token& stop) {
        while (pause_for(stop, interval)) {
            if (const Status done = round(); !done) {
                tally_.failed(hours(), done.error().describe());
            }
        }
    });
}

double Visitors::hours() const {
    return to_seconds(clock_.mono() - place_.begin) / 3600;
}

Result<Value> Visitors::timed(
    const std::string& kind, const std::string& method, const std::string& target, const Value& body
) {
    const double at = hours();
    const MonoTime begin = clock_.mono();
    BONGSU_ASSIGN(Value answer, office_.ask(method, target, body));
    tally_.took(kind, at, to_seconds(clock_.mono() - begin));
    return answer;
}

void Visitors::watch(const std::stop_token& stop) {
    net::WebSocketClients clients;
    std::vector<std::shared_ptr<EventClient>> consoles(kConsoles);
    for (auto& console : consoles) {
        console = std::make_shared<EventClient>([this](std::int64_t) { tally_.done("changes"); });
    }
    std::vector<std::shared_ptr<Tile>> tiles(kTiles);
    do {
        const auto login = office_.login();
        if (!login) {
            tally_.failed(hours(), login.error().describe());
            continue;
        }
        for (const auto& console : consoles) {
            static_cast<void>(console->connect(clients, *login));
        }
        for (std::size_t i = 0; i < kTiles; ++i) {
            if (!tiles[i] || tiles[i]->is_closed()) {
                tiles[i] = std::make_shared<Tile>();
                const std::string& camera = place_.cameras[i % place_.cameras.size()];
                static_cast<void>(tiles[i]->open(clients, *login, camera));
            }
        }
    } while (pause_for(stop, seconds{5}));
    clients.stop();
}

Status Visitors::poll() {
    const auto answer = timed("api", "GET", kPageTargets.at(polls_++ % kPageTargets.size()));
    return answer ? Status{} : fail(answer.error());
}

Status Visitors::handle_incidents() {
    BONGSU_ASSIGN(const Value page, timed("api", "GET", "/api/v1/incidents?state=new&limit=20"));
    const Value* incidents = page.find("incidents");
    for (const Value& incident : *incidents->as_list()) {
        const std::string target = "/api/v1/incidents/" + text_of(incident, "id") + "/actions";
        for (const char* action : {"acknowledge", "confirm", "close"}) {
            BONGSU_TRY(timed("api", "POST", target, Value::Map{{"action", action}}));
        }
        tally_.done("handled");
    }
    return {};
}

Status Visitors::open_picture() {
    const std::string& camera = place_.cameras[pictures_++ % place_.cameras.size()];
    BONGSU_ASSIGN(const Login login, office_.login());
    const double at = hours();
    const auto tile = std::make_shared<Tile>();
    net::WebSocketClients clients;
    BONGSU_TRY(tile->open(clients, login, camera));
    BONGSU_TRY(wait_until(
        [&] { return tile->first_picture() || tile->is_closed(); }, seconds{20}, "a live picture"
    ));
    if (!tile->first_picture()) {
        return fail(ErrorKind::Unavailable, "no live picture");
    }
    tally_.took("picture", at, to_seconds(*tile->first_picture()));
    const auto still = timed("still", "GET", "/api/v1/cameras/" + camera + "/still?width=320");
    return still ? Status{} : fail(still.error());
}

Status Visitors::play_back() {
    constexpr double kRecorded = 40.0 / 3600;
    if (hours() < kRecorded) {
        return {};  // nothing to play yet
    }
    const std::string& camera = place_.cameras[plays_++ % place_.cameras.size()];
    const WallTime now = clock_.wall();
    const std::string span =
        "?from=" + to_iso8601(now - seconds{20}) + "&to=" + to_iso8601(now - seconds{10});
    for (const char* what : {"/recordings", "/media", "/scenes"}) {
        BONGSU_TRY(timed("playback", "GET", "/api/v1/cameras/" + camera + what + span));
    }
    return {};
}

Status Visitors::change_cameras() {
    const std::string last = "guest-" + std::to_string(guests_);
    if (guests_ > 0) {
        BONGSU_TRY(timed("change", "DELETE", "/api/v1/cameras/" + last));
    }
    ++guests_;
    Value::Map form = place_.guest;
    form.emplace_back("id", "guest-" + std::to_string(guests_));
    BONGSU_TRY(timed("change", "POST", "/api/v1/cameras", form));
    tally_.done("guests");
    return {};
}

}  // namespace bongsu::bench
