#include "station/station_process.hpp"

#include "app/storage.hpp"
#include "core/metrics.hpp"
#include "net/http_client.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

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

Result<double> StationProcess::metric(const std::string& name, const std::string& label) const {
    net::HttpCall call;
    call.url = fmt::format("http://127.0.0.1:{}/metrics", monitor_port_);
    call.deadline = std::chrono::seconds{2};
    BONGSU_ASSIGN(const net::HttpResponse answer, net::http_call(call));
    std::istringstream lines(answer.body);
    double sum = 0;
    for (std::string line; std::getline(lines, line);) {
        const bool is_it = line.starts_with(name) && line.size() > name.size() &&
                           (line[name.size()] == ' ' || line[name.size()] == '{');
        if (is_it && line.find(label) != std::string::npos) {
            sum += std::strtod(line.c_str() + line.rfind(' '), nullptr);
        }
    }
    return sum;
}

std::string StationProcess::last_words() const {
    std::ifstream log(data_.string() + ".log");
    std::string last = "nothing";
    for (std::string line; std::getline(log, line);) {
        last = std::move(line);
    }
    return last;
}

std::uint16_t free_port() {
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    bind(probe, reinterpret_cast<const sockaddr*>(&address), size);
    getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    close(probe);
    return ntohs(address.sin_port);
}

std::filesystem::path programs_folder() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

std::filesystem::path demo_cameras() {
    if (const char* named = std::getenv("BONGSU_FOOTAGE")) {  // NOLINT(concurrency-mt-unsafe)
        return std::filesystem::path(named) / "cameras.yaml";
    }
    const char* cache = std::getenv("BONGSU_CACHE");  // NOLINT(concurrency-mt-unsafe)
    const char* home = std::getenv("HOME");           // NOLINT(concurrency-mt-unsafe)
    const std::filesystem::path folder =
        cache != nullptr ? std::filesystem::path(cache)
                         : std::filesystem::path(home != nullptr ? home : ".") / ".cache/bongsu";
    return folder / "footage" / "cameras.yaml";
}

}  // namespace bongsu::bench
