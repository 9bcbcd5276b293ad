#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace bongsu::triage {

/// Who looked.
enum class Looker { Gate, Detector };

/// How well one camera was watched in one hour.
struct CoverageHour {
    WallTime begins;  ///< full hour, UTC
    std::uint64_t detector_looks = 0;
    std::uint64_t gate_looks = 0;
    Duration longest_without_detector{
    };  ///< whole length of the longest span that touches this hour
    Duration longest_without_gate{};
};

/// Proves that no camera went unwatched: per camera and hour the longest span between two looks. A
/// span that crosses a full hour counts with its whole length in every hour that it touches. Times
/// are those of the pictures, so a camera that sends nothing is unwatched. Thread-safe.
class CoverageLedger {
public:
    /// Hours kept per camera.
    static constexpr std::size_t kHours = 168;  ///< a week

    /// From now on the camera ought to be watched.
    void begin(const CameraId& camera, WallTime now);
    void end(const CameraId& camera);

    /// A look at a picture taken at `taken`; one older than the last look counts, but shortens
    /// nothing.
    void record(const CameraId& camera, Looker looker, WallTime taken);

    /// Time since the last look; nothing for an unknown camera.
    std::optional<Duration> unwatched(const CameraId& camera, Looker looker, WallTime now) const;

    /// All hours kept of one camera, oldest first, the present one with its open span up to `now`.
    std::vector<CoverageHour> report(const CameraId& camera, WallTime now) const;

    /// The longest span without the detector over all cameras, open spans up to `now` included.
    Duration longest_without_detector(WallTime now) const;

private:
    struct Entry {
        WallTime last_gate;
        WallTime last_detector;
        Duration longest{};
        std::deque<CoverageHour> hours;
    };

    static CoverageHour& hour_of(Entry& entry, WallTime time);
    static void spread(Entry& entry, Looker looker, WallTime from, WallTime to);

    mutable std::mutex mutex_;
    std::map<CameraId, Entry> cameras_;
};

}  // namespace bongsu::triage
