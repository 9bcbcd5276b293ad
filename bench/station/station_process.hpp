#pragma once

#include "app/child_process.hpp"
#include "core/result.hpp"
#include "store/segment_index.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::bench {

/// `bongsu serve` as a process of its own, with its standard error in <data>.log. Runs on: one
/// thread.
class StationProcess {
public:
    /// `config` is its YAML file, which names `data` and `monitor_port`.
    StationProcess(
        std::filesystem::path config, std::filesystem::path data, std::uint16_t monitor_port
    )
        : config_(std::move(config)), data_(std::move(data)), monitor_port_(monitor_port) {}

    /// `environment` holds "NAME=value" items that are added for it.
    Status start(const std::vector<std::string>& environment = {});

    /// Sends a signal, SIGSTOP for example.
    void signal(int number);
    /// SIGKILL, and waits until it is gone.
    void kill_it();

    /// SIGTERM, and waits until it is gone.
    void end() { process_.reset(); }

    pid_t pid() const { return process_->pid(); }

    const std::filesystem::path& data() const { return data_; }

    /// All rows of the index as they are on disk now, by path.
    Result<std::map<std::string, store::Segment>> rows() const;

    /// The value of a counter or gauge over all its label sets; Unavailable while it does not
    /// answer.
    Result<double> metric(const std::string& name) const;

    /// The last line that it wrote to its log.
    std::string last_words() const;

private:
    std::filesystem::path config_;
    std::filesystem::path data_;
    std::uint16_t monitor_port_;
    std::optional<app::ChildProcess> process_;
};

/// The list of the demo's cameras: BONGSU_FOOTAGE, else the cache.
std::filesystem::path demo_cameras();

}  // namespace bongsu::bench
