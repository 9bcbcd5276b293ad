#include "kill/disturbed_station.hpp"

#include "app/storage.hpp"
#include "core/metrics.hpp"
#include "net/http_client.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bongsu::bench {
namespace {

std::filesystem::path own_folder() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

Result<FaultOrder*> map_order(const std::string& path) {
    const int file =
        ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0 || ftruncate(file, sizeof(FaultOrder)) != 0) {
        return fail(ErrorKind::Unavailable, "cannot make " + path + ": " + std::strerror(errno));
    }
    void* map = mmap(nullptr, sizeof(FaultOrder), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (map == MAP_FAILED) {
        return fail(ErrorKind::Unavailable, "cannot map " + path + ": " + std::strerror(errno));
    }
    return static_cast<FaultOrder*>(map);
}

}  // namespace

Result<DisturbedStation> DisturbedStation::prepare(
    std::filesystem::path config, std::filesystem::path data, std::uint16_t monitor_port
) {
    BONGSU_ASSIGN(FaultOrder* const order, map_order(data.string() + ".orders"));
    return DisturbedStation(std::move(config), std::move(data), monitor_port, order);
}

DisturbedStation::DisturbedStation(
    std::filesystem::path config,
    std::filesystem::path data,
    std::uint16_t monitor_port,
    FaultOrder* order
)
    : config_(std::move(config)),
      data_(std::move(data)),
      monitor_port_(monitor_port),
      order_(order) {}

Status DisturbedStation::start() {
    const std::string log = data_.string() + ".log";
    BONGSU_ASSIGN(
        app::ChildProcess process,
        app::ChildProcess::start(
            {"/usr/bin/env",
             "LD_PRELOAD=" + (own_folder() / "libfault_shim.so").string(),
             std::string(kOrderVariable) + "=" + data_.string() + ".orders",
             std::string(kFolderVariable) + "=" + data_.string(),
             "/bin/sh",
             "-c",
             "exec \"$0\" serve --config \"$1\" 2>>\"$2\"",
             (own_folder() / "bongsu").string(),
             config_.string(),
             log}
        )
    );
    process_.emplace(std::move(process));
    return {};
}

void DisturbedStation::kill_it() {
    ::kill(process_->pid(), SIGKILL);
    process_.reset();
}

void DisturbedStation::freeze() {
    ::kill(process_->pid(), SIGSTOP);
}

void DisturbedStation::thaw() {
    ::kill(process_->pid(), SIGCONT);
}

Result<std::map<std::string, store::Segment>> DisturbedStation::rows() const {
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

Result<double> DisturbedStation::metric(const std::string& name) const {
    net::HttpCall call;
    call.url = fmt::format("http://127.0.0.1:{}/metrics", monitor_port_);
    call.deadline = std::chrono::seconds{2};
    BONGSU_ASSIGN(const net::HttpResponse answer, net::http_call(call));
    std::istringstream lines(answer.body);
    double sum = 0;
    for (std::string line; std::getline(lines, line);) {
        const bool is_it = line.starts_with(name) && line.size() > name.size() &&
                           (line[name.size()] == ' ' || line[name.size()] == '{');
        if (is_it) {
            sum += std::strtod(line.c_str() + line.rfind(' '), nullptr);
        }
    }
    return sum;
}

}  // namespace bongsu::bench
