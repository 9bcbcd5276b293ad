#pragma once

#include "eval/kisa/clip_file.hpp"

#include <map>

namespace bongsu::eval {

/// Seconds that an alarm may be away from the true start.
struct KisaWindow {
    double before = 2;
    double after = 10;
};

struct KisaScore {
    int hits = 0;
    int false_alarms = 0;
    int misses = 0;

    /// 0..100; 100 when nothing was to be found and nothing was raised.
    double points() const;
};

/// Adds the counts of one clip by event type. An alarm hits when it lies in the window of a true
/// event of its type that has no alarm yet; any other alarm is false, and an event without one is
/// missed.
void score_clip(
    const KisaClip& truth,
    const KisaClip& result,
    KisaWindow window,
    std::map<std::string, KisaScore>& scores
);

}  // namespace bongsu::eval
