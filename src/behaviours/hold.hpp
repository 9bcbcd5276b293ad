#pragma once

#include "core/clock.hpp"

#include <optional>

namespace bongsu::behaviours {

/// What one scene says about a condition.
enum class Verdict {
    No,
    Yes,
    Unknown,  ///< cannot be judged now: nothing begins, nothing ends
};

/// Hysteresis in time: a condition must hold for a while to begin and be gone for a while to end.
class Hold {
public:
    struct Times {
        Duration after{};         ///< from the first Yes to the beginning
        Duration clear_after{};   ///< from the first No to the end
        Duration tolerated_no{};  ///< a No no longer than this does not restart the waiting
        int samples = 2;          ///< this many Yes at least, however slow the pictures come
    };

    enum class Change { None, Began, Ended };

    Change update(WallTime now, Verdict verdict, const Times& times);

    bool is_on() const { return is_on_; }

    /// The first Yes of what goes on or is waited for.
    std::optional<WallTime> since() const { return since_; }

    /// When it last ceased: the first No.
    std::optional<WallTime> ceased() const { return no_since_; }

private:
    Change wait(WallTime now, Verdict verdict, const Times& times);
    Change stay(WallTime now, Verdict verdict, const Times& times);

    bool is_on_ = false;
    int samples_ = 0;
    std::optional<WallTime> since_;
    std::optional<WallTime> last_yes_;
    std::optional<WallTime> no_since_;
};

}  // namespace bongsu::behaviours
