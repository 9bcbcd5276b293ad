#pragma once

#include "core/result.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace bongsu {

using Duration = std::chrono::microseconds;
using WallTime = std::chrono::time_point<std::chrono::system_clock, Duration>;  ///< UTC
using MonoTime =
    std::chrono::time_point<std::chrono::steady_clock, Duration>;  ///< never steps back

/// Where all time comes from, so that tests decide what time it is. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    virtual WallTime wall() const = 0;
    virtual MonoTime mono() const = 0;
};

class SystemClock final : public Clock {
public:
    WallTime wall() const override;
    MonoTime mono() const override;
};

/// A clock that stands still until told to move. For tests and replays.
class ManualClock final : public Clock {
public:
    explicit ManualClock(WallTime start = WallTime{std::chrono::seconds{1'750'000'000}});

    WallTime wall() const override;
    MonoTime mono() const override;
    void advance(Duration by);
    void set_wall(WallTime to);

private:
    std::atomic<std::int64_t> wall_us_;
    std::atomic<std::int64_t> mono_us_{0};
};

/// 2026-11-21T22:40:05.123Z
std::string to_iso8601(WallTime time);

/// Accepts the form that to_iso8601 writes, with 0 to 6 decimals and either Z or +hh:mm.
Result<WallTime> parse_iso8601(std::string_view text);

inline double to_seconds(Duration d) {
    return static_cast<double>(d.count()) * 1e-6;
}

inline Duration from_seconds(double s) {
    return Duration{static_cast<std::int64_t>(s * 1e6)};
}

}  // namespace bongsu
