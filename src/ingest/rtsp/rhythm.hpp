#pragma once

#include "core/clock.hpp"

#include <algorithm>
#include <optional>

namespace bongsu::ingest::rtsp {

/// How regularly a camera sends, so that its silence is noticed sooner than that of a slow one:
/// the longest time between two pictures in the last half to whole minute. Runs on: the session's
/// thread.
class Rhythm {
public:
    /// A new session begins. What was learnt before stays.
    void begin() { last_.reset(); }

    void note(MonoTime picture) {
        if (last_) {
            const Duration gap = picture - *last_;
            current_.longest = std::max(current_.longest, gap);
            ++current_.pictures;
        }
        last_ = picture;
        if (picture - current_.begin > kWindow) {
            before_ = current_;
            current_ = {.begin = picture};
        }
    }

    /// Nothing before enough pictures came.
    std::optional<Duration> longest_gap() const {
        if (current_.pictures + before_.pictures < kEnough) {
            return std::nullopt;
        }
        return std::max(current_.longest, before_.longest);
    }

private:
    static constexpr Duration kWindow = std::chrono::seconds{30};
    static constexpr int kEnough = 20;

    struct Window {
        MonoTime begin{};
        Duration longest{};
        int pictures = 0;
    };

    std::optional<MonoTime> last_;
    Window current_;
    Window before_;
};

}  // namespace bongsu::ingest::rtsp
