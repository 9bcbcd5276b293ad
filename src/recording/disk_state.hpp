#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"

#include <atomic>
#include <mutex>
#include <string>

namespace bongsu::recording {

/// Whether the recordings folder can be written. After a disk error recording pauses; one attempt
/// is let through after a pause that doubles with every attempt that fails, however many streams
/// met the error. Thread-safe.
class DiskState {
public:
    struct Pauses {
        Duration first = std::chrono::seconds{1};
        Duration most = std::chrono::seconds{60};
    };

    struct View {
        bool is_paused = false;
        WallTime since;      ///< of the pause
        std::string reason;  ///< the last error
    };

    DiskState(std::string root, Pauses pauses, const Clock& clock, Metrics& metrics);

    /// True while all is well, and once per pause for whoever asks first.
    bool may_write();
    void failed(const Error& error);
    void succeeded();
    View view() const;

private:
    const std::string root_;
    const Pauses pauses_;
    const Clock& clock_;
    Gauge& paused_gauge_;
    Counter& errors_;
    std::atomic<bool> is_paused_ = false;
    mutable std::mutex mutex_;
    bool is_trying_ = false;  ///< an attempt was let through and its outcome is not known
    Duration pause_{};
    MonoTime retry_at_;
    WallTime since_;
    std::string reason_;
};

}  // namespace bongsu::recording
