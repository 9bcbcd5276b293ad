#include "station/station_process.hpp"

#include "app/storage.hpp"
#include "core/metrics.hpp"
#include "program/metrics_page.hpp"
#include "program/places.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <utility>

namespace bongsu::bench {

Status StationProcess::start(const std::vector<std::string>& environment) {
    std::vector<std::string> arguments{"/usr/bin/env"};
    arguments.insert(arguments.end(), environment.begin(), environment.end());
    const std::string program = (programs_folder() / "bongsu").string();
    for (const std::string& argument :
         {std::string("/bin/sh"),
          std::string("-c"),
          std::string(R"(exec "$0" serve --config "$1" 2>>"$2")"),
          program,
          config_.string(),
          data_.string() + ".log"}) {
        arguments.push_back(argument);
    }
    BONGSU_ASSIGN(app::ChildProcess process, app::ChildProcess::start(arguments));
    process_.emplace(std::move(process));
    return {};
}

void StationProcess::signal(int number) {
    ::kill(process_->pid(), number);
}

void StationProcess::kill_it() {
    signal(SIGKILL);
    process_.reset();
}

Result<std::map<std::string, store::Segment>> StationProcess::rows() const {
    const SystemClock clock;
    Metrics metrics;
    BONGSU_ASSIGN(
        const auto store, app::open_existing_store(app::DataFolders{data_}, clock, metrics)
    );
    std::map<std::string, store::Segment> rows;
    store::SegmentQuery query;
    while (true) {
        BONGSU_ASSIGN(const std::vector<store::Segment> page, store->segments().find(query));
        for (const store::Segment& row : page) {
            rows.emplace(row.path, row);
        }
        if (page.size() < static_cast<std::size_t>(query.limit)) {
            return rows;
        }
        query.after_path = page.back().path;
        query.after_start = page.back().start;
    }
}

Result<double> StationProcess::metric(const std::string& name) const {
    BONGSU_ASSIGN(const MetricValues values, read_metrics(monitor_port_));
    return sum_of(values, name);
}

std::string StationProcess::last_words() const {
    std::ifstream log(data_.string() + ".log");
    std::string last = "nothing";
    for (std::string line; std::getline(log, line);) {
        last = std::move(line);
    }
    return last;
}

std::filesystem::path demo_cameras() {
    if (const char* named = std::getenv("BONGSU_FOOTAGE")) {  // NOLINT(concurrency-mt-unsafe)
        return std::filesystem::path(named) / "cameras.yaml";
    }
    return cache_folder() / "footage" / "cameras.yaml";
}

}  // namespace bongsu::bench
