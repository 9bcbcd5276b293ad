#pragma once

#include "camsim/simulator.hpp"
#include "kill/disturbed_station.hpp"

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace bongsu::bench {

/// One thing that was done to the station, and what it did about it.
struct Disturbance {
    std::string kind;    ///< kill, disk_full, disk_broken, disk_read_only, disk_slow, disk_short,
                         ///< database, frozen, clock
    double seconds = 0;  ///< how long it lasted; 0 for a kill
    std::map<CameraId, std::int64_t> sent_before;  ///< newest picture sent when it began
    bool must_be_reported = false;
    bool was_reported = false;   ///< in the metrics while it lasted
    bool was_recovered = false;  ///< every camera wrote a new segment within a minute
    std::size_t rows_lost = 0;   ///< rows that were final before and are gone or different after
};

/// Does things to a station that records a simulator's cameras. Runs on: the benchmark's thread.
class Disturber {
public:
    Disturber(DisturbedStation& station, const camsim::CameraSimulator& cameras, std::uint32_t seed)
        : station_(station), cameras_(cameras), random_(seed) {}

    /// Starts it and waits until every camera is being recorded.
    Status begin();

    Status kill_once();
    Status fail_disk(const std::string& kind, DiskFault fault, std::uint32_t files);
    Status freeze(Duration length);
    Status set_clock(Duration offset);

    const std::vector<Disturbance>& done() const { return done_; }

    std::map<CameraId, std::int64_t> sent() const;

private:
    using Rows = std::map<std::string, store::Segment>;

    void let_it_record();
    /// Waits until every camera has a segment that is not among `before`; false after a minute.
    Result<bool> records_again(const Rows& before);
    /// Whether the metrics say more than `errors_before`.
    bool shows_trouble(double errors_before);
    /// Failed writes of recordings and of the database since the station started.
    double errors();
    /// Waits for segments that are not among `known`, and keeps the outcome.
    Status conclude(Disturbance one, const Rows& before, const Rows& known);

    DisturbedStation& station_;
    const camsim::CameraSimulator& cameras_;
    std::minstd_rand random_;
    std::vector<Disturbance> done_;
};

}  // namespace bongsu::bench
