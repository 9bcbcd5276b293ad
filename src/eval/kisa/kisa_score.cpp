// Counting as implementers of the test describe it; the official guide is not public.
#include "eval/kisa/kisa_score.hpp"

#include "domain/assignment.hpp"

#include <cmath>

namespace bongsu::eval {

double KisaScore::points() const {
    const double all = 2.0 * hits + misses + false_alarms;
    return all > 0 ? 200.0 * hits / all : 100;
}

void score_clip(
    const KisaClip& truth,
    const KisaClip& result,
    KisaWindow window,
    std::map<std::string, KisaScore>& scores
) {
    CostTable costs(truth.alarms.size(), result.alarms.size());
    for (std::size_t t = 0; t < truth.alarms.size(); ++t) {
        for (std::size_t r = 0; r < result.alarms.size(); ++r) {
            const double late = result.alarms[r].start - truth.alarms[t].start;
            const bool is_same = truth.alarms[t].event == result.alarms[r].event;
            if (is_same && late >= -window.before && late <= window.after) {
                costs.at(t, r) = std::abs(late);
            }
        }
    }
    const std::vector<int> pairs = assign(costs);
    for (const KisaAlarm& alarm : result.alarms) {
        ++scores[alarm.event].false_alarms;
    }
    for (std::size_t t = 0; t < truth.alarms.size(); ++t) {
        KisaScore& score = scores[truth.alarms[t].event];
        if (pairs[t] == kUnassigned) {
            ++score.misses;
        } else {
            ++score.hits;
            --score.false_alarms;
        }
    }
}

}  // namespace bongsu::eval
