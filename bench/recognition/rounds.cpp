#include "recognition/rounds.hpp"

#include "app/child_process.hpp"
#include "app/process_usage.hpp"
#include "eval/measurements.hpp"
#include "program/metrics_page.hpp"
#include "program/places.hpp"

#include <chrono>
#include <fstream>
#include <thread>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr int kWindowSeconds = 5;
constexpr const char* kStageNames[] = {"gate", "decode", "detect", "follow"};

std::string camera_name(std::size_t index) {
    return fmt::format("camera-{}", index);
}

Status write_streets(const std::filesystem::path& file, const RuleRound& round) {
    std::ofstream out(file);
    out << "cameras:\n";
    for (std::size_t i = 0; i < round.films.size(); ++i) {
        // Key pictures do not come all at once, nor do the people.
        out << fmt::format(
            "  - {{id: {}, main: {}, start_offset: {}ms}}\n",
            camera_name(i),
            round.films[i],
            i * 7'137 % 30'000
        );
    }
    return out.flush() ? Status{}
                       : Status{fail(ErrorKind::Unavailable, "cannot write " + file.string())};
}

/// One rule of a camera, with what it needs beyond its defaults.
std::string rule_of(const std::string& kind) {
    if (kind == kEverybody) {
        return "{id: everybody, behaviour: crowding, gravity: 2, count: 50, counting: everybody}";
    }
    const bool has_line = kind == "line_crossing" || kind == "wrong_way";
    return fmt::format(
        "{{id: {0}, behaviour: {0}, gravity: 2{1}{2}}}",
        kind,
        has_line ? ", zones: [lane]" : "",
        kind == "crowding" ? ", count: 50" : ""
    );
}

Status write_config(
    const std::filesystem::path& file,
    const RuleRound& round,
    const std::string& streets,
    std::uint16_t port
) {
    std::ofstream out(file);
    out << bare_config(file.parent_path() / "node", port);
    for (std::size_t i = 0; i < round.films.size(); ++i) {
        out << fmt::format(
            "  - id: {0}\n    url: {1}/{0}/main\n    record: false\n"
            "    zones: [{{id: lane, points: [[0.1, 0.5], [0.9, 0.5]]}}]\n    rules:\n",
            camera_name(i),
            streets
        );
        for (const std::string& kind : round.kinds) {
            out << "      - " << rule_of(kind) << "\n";
        }
    }
    return out.flush() ? Status{}
                       : Status{fail(ErrorKind::Unavailable, "cannot write " + file.string())};
}

/// The programs of one round.
struct Town {
    Streets streets;
    app::ChildProcess node;
    std::uint16_t port = 0;
};

Result<Town> start_town(const RuleRound& round, const RuleRoundOptions& options) {
    std::filesystem::remove_all(options.scratch);
    std::filesystem::create_directories(options.scratch);
    const auto list = options.scratch / "streets.yaml";
    const auto config = options.scratch / "bongsu.yaml";
    const std::uint16_t port = free_port();
    BONGSU_TRY(write_streets(list, round));
    BONGSU_ASSIGN(Streets streets, start_streets(options, list));
    BONGSU_TRY(write_config(config, round, streets.base, port));
    BONGSU_ASSIGN(app::ChildProcess node, start_node(options, config));
    return Town{std::move(streets), std::move(node), port};
}

struct Reading {
    SteadyTime time;
    double cpu_seconds = 0;
    MetricValues counters;
};

Result<Reading> read_now(const Town& town) {
    Reading reading;
    BONGSU_ASSIGN(reading.counters, read_metrics(town.port));
    BONGSU_ASSIGN(const app::ProcessUsage usage, app::usage_of(town.node.pid()));
    reading.cpu_seconds = usage.cpu_seconds;
    reading.time = std::chrono::steady_clock::now();
    return reading;
}

double seconds_between(const Reading& before, const Reading& after) {
    return std::chrono::duration<double>(after.time - before.time).count();
}

/// The value of a label within `{name="value"}`.
std::string label_of(const std::string& metric, const std::string& name) {
    const std::string key = name + "=\"";
    const std::size_t begin = metric.find(key);
    if (begin == std::string::npos) {
        return {};
    }
    const std::size_t from = begin + key.size();
    return metric.substr(from, metric.find('"', from) - from);
}

void add_work(const Reading& before, const Reading& after, double cameras, RuleCost& cost) {
    const double per_camera = 1 / (seconds_between(before, after) * cameras);
    std::size_t stage = 0;
    for (const char* name : kStageNames) {
        const auto metric = fmt::format("bongsu_pipeline_cpu_seconds_total{{stage=\"{}\"}}", name);
        const double used = value_of(after.counters, metric) - value_of(before.counters, metric);
        cost.stages.at(stage++) = used * per_camera;
    }
    const std::string looks = "bongsu_vision_second_looks_total{";
    for (const auto& [metric, value] : after.counters) {
        if (metric.starts_with(looks)) {
            const double asked = value - value_of(before.counters, metric);
            cost.second_looks[label_of(metric, "look")] += asked * per_camera;
        }
    }
    cost.followed = value_of(after.counters, "bongsu_pipeline_cameras{level=\"T3\"}") / cameras;
    for (const char* name :
         {"bongsu_pipeline_thinned_total",
          "bongsu_pipeline_units_dropped_total",
          "bongsu_pipeline_keys_skipped_total"}) {
        cost.left_out += sum_of(after.counters, name) - sum_of(before.counters, name);
    }
}

}  // namespace

double RuleCost::median() const {
    return eval::percentile(shares, 0.5);
}

double RuleCost::p95() const {
    return eval::percentile(shares, 0.95);
}

Result<RuleCost> run_round(const RuleRound& round, const RuleRoundOptions& options) {
    BONGSU_ASSIGN(const Town town, start_town(round, options));
    const auto cameras = static_cast<double>(round.films.size());
    std::this_thread::sleep_for(std::chrono::seconds{options.warm_up});
    BONGSU_ASSIGN(const Reading first, read_now(town));
    Reading last = first;
    RuleCost cost;
    for (int passed = 0; passed < options.seconds; passed += kWindowSeconds) {
        std::this_thread::sleep_for(std::chrono::seconds{kWindowSeconds});
        BONGSU_ASSIGN(Reading now, read_now(town));
        const double used = now.cpu_seconds - last.cpu_seconds;
        cost.shares.push_back(used / seconds_between(last, now) / cameras);
        last = std::move(now);
    }
    add_work(first, last, cameras, cost);
    return cost;
}

}  // namespace bongsu::bench
