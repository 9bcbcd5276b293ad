#pragma once

#include "kill/disturbances.hpp"
#include "station/recorded.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bongsu::bench {

/// What one kind of disturbance did, over all its rounds and all cameras.
struct KindVerdict {
    std::size_t rounds = 0;
    std::size_t recovered = 0;
    std::size_t unreported = 0;  ///< rounds that should have shown in the metrics and did not
    std::size_t rows_lost = 0;
    std::vector<double> lost_before_s;  ///< per round and camera: sent before it and not recorded
    std::vector<double> back_after_s;   ///< from its end to the first picture recorded again
};

struct Verdict {
    std::map<std::string, KindVerdict> kinds;
    std::int64_t pictures = 0;     ///< recorded and compared, byte for byte by hash
    std::int64_t foreign = 0;      ///< of those, pictures that no camera sent
    std::int64_t unexplained = 0;  ///< missing although nothing was done at that time
    std::int64_t unread = 0;       ///< indexed segments that cannot be read
    std::vector<std::string> problems;
};

/// A camera's film and how fast it plays.
struct PlayedFilm {
    const FilmPrints* prints = nullptr;
    double pictures_per_second = 0;
};

/// Compares one camera's recording with what it sent. `sent_at_end` is the newest picture sent when
/// the station ended.
void judge(
    const CameraId& camera,
    const RecordedStream& recorded,
    const PlayedFilm& film,
    std::int64_t sent_at_end,
    const std::vector<Disturbance>& disturbances,
    Verdict& verdict
);

}  // namespace bongsu::bench
