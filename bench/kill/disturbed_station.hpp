#pragma once

#include "app/child_process.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "kill/shim/fault_order.hpp"
#include "store/segment_index.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::bench {

/// The real program as its own process, recording, with a disk and a clock that fail on order.
/// Runs on: one thread.
class DisturbedStation {
public:
    /// `config` is its YAML file, `data` the data folder named there. Makes the file for the
    /// orders.
    static Result<DisturbedStation> prepare(
        std::filesystem::path config, std::filesystem::path data, std::uint16_t monitor_port
    );

    Status start();
    /// SIGKILL, and waits until it is gone.
    void kill_it();
    /// SIGSTOP, SIGCONT.
    void freeze();
    void thaw();

    /// SIGTERM, and waits until it is gone.
    void end() { process_.reset(); }

    FaultOrder& order() { return *order_; }

    /// All rows of the index as they are on disk now, by path.
    Result<std::map<std::string, store::Segment>> rows() const;

    /// The value of a counter or gauge, all its labels together; Unavailable while it does not
    /// answer.
    Result<double> metric(const std::string& name) const;

    const std::filesystem::path& data() const { return data_; }

private:
    DisturbedStation(
        std::filesystem::path config,
        std::filesystem::path data,
        std::uint16_t monitor_port,
        FaultOrder* order
    );

    std::filesystem::path config_;
    std::filesystem::path data_;
    std::uint16_t monitor_port_;
    FaultOrder* order_;  ///< mapped for as long as the benchmark runs
    std::optional<app::ChildProcess> process_;
};

}  // namespace bongsu::bench
