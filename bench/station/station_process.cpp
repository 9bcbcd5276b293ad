#include "station/station_process.hpp"

#include "program/metrics_page.hpp"
#include "program/places.hpp"
#include "station/recorded.hpp"

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
    return read_index(data_);
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
