#include "selective/station.hpp"

#include "app/storage.hpp"
#include "core/metrics.hpp"
#include "identity/identity.hpp"
#include "net/http_client.hpp"
#include "program/places.hpp"

#include <chrono>
#include <fstream>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace bongsu::bench {
namespace {

namespace json = boost::json;

constexpr const char* kOperator = "operator";
constexpr int kTries = 150;
constexpr std::chrono::milliseconds kBetweenTries{200};

Status write_cameras(const std::filesystem::path& file, const std::vector<LabelledFilm>& films) {
    std::ofstream out(file);
    out << "cameras:\n";
    for (const LabelledFilm& film : films) {
        // From its beginning when the node asks for it: the film's clock is the first picture's.
        out << fmt::format(
            "  - {{id: {}, main: {}, mode: on_demand, loop: true}}\n",
            film.camera,
            film.film.string()
        );
    }
    return out.flush() ? Status{}
                       : Status{fail(ErrorKind::Unavailable, "cannot write " + file.string())};
}

struct Ports {
    std::uint16_t monitor = 0;
    std::uint16_t console = 0;
};

Status write_config(
    const std::vector<LabelledFilm>& films,
    const WatchOptions& options,
    const std::string& streets,
    Ports ports
) {
    const std::filesystem::path page = options.scratch / "page";
    std::filesystem::create_directories(page);
    std::ofstream(page / "index.html") << "<!doctype html>";
    std::ofstream out(options.scratch / "bongsu.yaml");
    out << fmt::format(
        "data: {}\nmonitor_port: {}\nlog_level: debug\nlog_format: text\n"
        "console: {{tls: off, port: {}, page: {}, shift_grace: 24h}}\n"
        "identity: {{one_time_must_change: false}}\n"
        "ingest: {{connects_per_second: 5}}\ncameras:\n",
        WatchingStation::data_of(options).string(),
        ports.monitor,
        ports.console,
        page.string()
    );
    for (const LabelledFilm& film : films) {
        out << fmt::format(
            "  - {{id: {0}, url: \"{1}/{0}/main\", record: false}}\n", film.camera, streets
        );
    }
    return out.flush() ? Status{} : Status{fail(ErrorKind::Unavailable, "cannot write a config")};
}

/// The password of the operator that a fresh node has.
Result<std::string> prepare_operator(const std::filesystem::path& data) {
    std::filesystem::create_directories(data);
    const SystemClock clock;
    Metrics metrics;
    const app::DataFolders folders{data};
    BONGSU_ASSIGN(const auto store, app::open_store({}, folders, clock, metrics));
    BONGSU_ASSIGN(
        const auto identity,
        identity::Identity::open(store->identity(), {}, data / "identity.key", clock)
    );
    BONGSU_TRY(identity->prepare_first_start());
    return identity->passwords().reset(kOperator, false);
}

Status expect_ok(const net::HttpResponse& answer, const std::string& what) {
    return answer.status == 200
               ? Status{}
               : Status{fail(
                     ErrorKind::Unavailable,
                     fmt::format("{} answered {} {}", what, answer.status, answer.body)
                 )};
}

}  // namespace

Result<WatchingStation> WatchingStation::start(
    const std::vector<LabelledFilm>& films, const WatchOptions& options
) {
    std::filesystem::remove_all(options.scratch);
    std::filesystem::create_directories(options.scratch);
    WatchingStation station;
    station.tiles_ = options.tiles;
    BONGSU_TRY(write_cameras(options.scratch / "cameras.yaml", films));
    BONGSU_ASSIGN(Streets streets, start_streets(options, options.scratch / "cameras.yaml"));
    const Ports ports{.monitor = free_port(), .console = free_port()};
    station.monitor_port_ = ports.monitor;
    station.console_ = fmt::format("http://127.0.0.1:{}", ports.console);
    BONGSU_TRY(write_config(films, options, streets.base, ports));
    BONGSU_ASSIGN(station.password_, prepare_operator(data_of(options)));
    station.cameras_.push_back(std::move(streets.process));
    BONGSU_ASSIGN(
        app::ChildProcess node,
        start_node(options, options.scratch / "bongsu.yaml", log_of(options))
    );
    station.node_.push_back(std::move(node));
    return station;
}

Status WatchingStation::come_on_shift() {
    net::HttpCall call;
    call.method = "POST";
    call.url = console_ + "/api/v1/session";
    call.headers = {{"Content-Type", "application/json"}};
    call.body = json::serialize(json::object{{"user", kOperator}, {"password", password_}});
    Result<net::HttpResponse> answer = net::http_call(call);
    for (int i = 0; !answer && i < kTries; ++i) {
        std::this_thread::sleep_for(kBetweenTries);
        answer = net::http_call(call);
    }
    BONGSU_TRY(answer);
    BONGSU_TRY(expect_ok(*answer, "logging in"));
    const std::string* cookie = net::find_field(answer->headers, "set-cookie");
    if (cookie == nullptr) {
        return fail(ErrorKind::Internal, "logging in gave no cookie");
    }
    cookie_ = cookie->substr(0, cookie->find(';'));
    csrf_ = json::value_to<std::string>(json::parse(answer->body).at("csrf"));
    call.method = "PUT";
    call.headers.emplace_back("Cookie", cookie_);
    call.headers.emplace_back("Bongsu-Csrf", csrf_);
    call.headers.emplace_back("Bongsu-Purpose", "control");
    const std::pair<const char*, json::object> wishes[] = {
        {"/api/v1/shift", {}}, {"/api/v1/wall", {{"slots", tiles_}}}
    };
    for (const auto& [target, wish] : wishes) {
        call.url = console_ + target;
        call.body = json::serialize(wish);
        BONGSU_ASSIGN(const net::HttpResponse done, net::http_call(call));
        BONGSU_TRY(expect_ok(done, target));
    }
    return {};
}

Result<std::string> WatchingStation::wall() const {
    net::HttpCall call;
    call.url = console_ + "/api/v1/wall";
    call.headers = {{"Cookie", cookie_}, {"Bongsu-Purpose", "control"}};
    BONGSU_ASSIGN(net::HttpResponse answer, net::http_call(call));
    BONGSU_TRY(expect_ok(answer, "the wall"));
    return std::move(answer.body);
}

void WatchingStation::end() {
    node_.clear();
    cameras_.clear();
}

}  // namespace bongsu::bench
