#pragma once

#include "core/result.hpp"
#include "kill/shim/fault_order.hpp"
#include "station/station_process.hpp"

#include <filesystem>

namespace bongsu::bench {

/// A station with a disk and a clock that fail on order. Runs on: one thread.
class DisturbedStation : public StationProcess {
public:
    /// Makes the file for the orders beside `data`. Parameters as of StationProcess.
    static Result<DisturbedStation> prepare(
        const std::filesystem::path& config,
        const std::filesystem::path& data,
        std::uint16_t monitor_port
    );

    /// Starts it with the library that carries the orders out.
    Status start();

    FaultOrder& order() { return *order_; }

private:
    DisturbedStation(StationProcess station, FaultOrder* order)
        : StationProcess(std::move(station)), order_(order) {}

    FaultOrder* order_;  ///< mapped for as long as the benchmark runs
};

}  // namespace bongsu::bench
