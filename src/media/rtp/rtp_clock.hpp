#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <deque>
#include <optional>

namespace bongsu::media {

/// Wall time of a picture, and how far it may be off.
struct WallEstimate {
    WallTime wall;
    Duration uncertainty{};    ///< half-width
    bool is_estimated = true;  ///< from arrival times, not from the sender's reports
};

/// Maps the RTP timestamps of one source to a 64-bit media time and to wall time.
///
/// With RTCP sender reports the sender's clock is used: the mapping follows the reports by at most
/// 500 ppm, so that time never jumps or runs back because of a report's jitter; an offset beyond
/// kStepLimit that three reports in a row agree upon is a clock that was set, and is taken at once.
/// A sender whose clock is more than kMaxOffset away from ours is not believed. Without reports the
/// mapping is arrival time minus the smallest delay seen in the last minute, marked as estimated.
/// Runs on: the session's thread.
class RtpClock {
public:
    static constexpr std::int64_t kTicksPerSecond = 90'000;
    static constexpr double kMaxSlew = 500e-6;
    static constexpr Duration kStepLimit = std::chrono::milliseconds{500};
    static constexpr Duration kMaxOffset = std::chrono::seconds{10};

    /// The 32-bit timestamp as 64-bit ticks since about the first packet; follows wraps both ways.
    std::int64_t unwrap(std::uint32_t timestamp);

    /// A packet of `timestamp` arrived. Call it for the first packet of each access unit at least.
    void on_arrival(std::int64_t media_time, WallTime arrived);

    void on_sender_report(WallTime sender_wall, std::uint32_t timestamp, WallTime arrived);

    /// Wall time of a picture. Call it after `on_arrival` with the same media time.
    WallEstimate wall(std::int64_t media_time, WallTime arrived);

    /// The sender's clock minus ours (plus the network delay), of the last report; nothing without
    /// one.
    std::optional<Duration> sender_offset() const { return sender_offset_; }

    std::uint64_t steps() const { return steps_; }

private:
    /// The smallest offset within one slice of the window.
    struct Bucket {
        WallTime begin;
        Duration smallest;
        Duration largest;
    };

    Duration window_minimum() const;
    Duration window_spread() const;
    void slew_to(Duration target, std::int64_t media_time);

    std::optional<std::uint32_t> last_timestamp_;
    std::int64_t last_unwrapped_ = 0;

    std::deque<Bucket> buckets_;  // offset = arrival minus media time; at most kBuckets entries

    std::optional<Duration> reported_;  // wall minus media time by the last believed report
    WallTime reported_at_;
    int disagreeing_reports_ = 0;
    std::optional<Duration> sender_offset_;

    std::optional<Duration> applied_;  // wall minus media time in use
    std::int64_t applied_at_ = 0;      // media time of the last use
    bool applied_is_estimated_ = true;
    std::uint64_t steps_ = 0;
};

}  // namespace bongsu::media
