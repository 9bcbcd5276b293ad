#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/value.hpp"

#include <deque>

namespace bongsu::behaviours::fight {

/// However restless a place is, answers are never asked to be surer: a fight is found anywhere.
inline constexpr float kHighestNeeded = 0.95F;

/// What the second look usually says of a place where people meet and nothing is raised: on a busy
/// street, beside a playground. A fight must stand out from it. Times are those of scenes.
class Usual {
public:
    /// An answer about people who met. It counts after five seconds, so that a fight does not make
    /// itself usual, and for no more than `threshold`: else one fight would hide the next.
    void hear(float answer, float threshold, WallTime now);

    /// Whether enough is known to say what is usual.
    bool is_known() const;
    /// What answers must reach here: `threshold`, or two and a half standard deviations above the
    /// mean of what is usual, at most kHighestNeeded.
    float needed(float threshold) const;

    /// What is known, for the next run; what waits to count is left out.
    Value kept() const;
    /// Corrupt: it cannot be read.
    static Result<Usual> recall(const Value& kept);

private:
    struct Answer {
        WallTime time;
        float sure = 0;
    };

    void learn(float answer);

    std::deque<Answer> waiting_;
    float count_ = 0;  ///< answers, the older the less they count
    float mean_ = 0;
    float variance_ = 0;
};

}  // namespace bongsu::behaviours::fight
