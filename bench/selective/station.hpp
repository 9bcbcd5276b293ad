#pragma once

#include "app/child_process.hpp"
#include "core/result.hpp"
#include "selective/watched.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::bench {

/// The simulated cameras and the node that watches them. Runs on: one thread.
class WatchingStation {
public:
    static Result<WatchingStation> start(
        const std::vector<LabelledFilm>& films, const WatchOptions& options
    );

    /// The operator logs in and comes on shift, as soon as the console answers.
    Status come_on_shift();

    /// The wall as the console gives it: JSON.
    Result<std::string> wall() const;

    Result<MetricValues> counters() const { return read_metrics(monitor_port_); }

    /// Ends the node and then the cameras, so that nothing seems to be lost.
    void end();

    static std::filesystem::path log_of(const WatchOptions& options) {
        return options.scratch / "node.log";
    }

    static std::filesystem::path data_of(const WatchOptions& options) {
        return options.scratch / "data";
    }

private:
    WatchingStation() = default;

    std::vector<app::ChildProcess> cameras_;  ///< one, or none when ended
    std::vector<app::ChildProcess> node_;
    std::string password_;
    std::string console_;  ///< "http://127.0.0.1:PORT"
    std::string cookie_;
    std::string csrf_;
    std::uint16_t monitor_port_ = 0;
    int tiles_ = 0;
};

}  // namespace bongsu::bench
