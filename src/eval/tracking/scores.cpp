#include "eval/tracking/scores.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bongsu::eval {

TrackingScores score_tracks(const MotFrames& truth, const MotFrames& tracks) {
    return {
        .clear = clear_mot(truth, tracks),
        .identity = identity_score(truth, tracks),
        .hota = hota(truth, tracks),
    };
}

void add_scores(
    Measurements& measurements, const std::string& prefix, const TrackingScores& scores
) {
    measurements.add(prefix + ".mota", scores.clear.mota());
    measurements.add(prefix + ".idf1", scores.identity.idf1());
    measurements.add(prefix + ".hota", scores.hota.hota);
    measurements.add(prefix + ".deta", scores.hota.deta);
    measurements.add(prefix + ".assa", scores.hota.assa);
    measurements.add(prefix + ".fp", scores.clear.false_positives);
    measurements.add(prefix + ".fn", scores.clear.misses);
    measurements.add(prefix + ".ids", scores.clear.switches);
    measurements.add(prefix + ".fm", scores.clear.fragmentations);
}

std::vector<std::string> score_head() {
    return {"", "MOTA", "IDF1", "HOTA", "DetA", "AssA", "FP", "FN", "IDs", "FM"};
}

std::vector<std::string> score_row(const std::string& name, const TrackingScores& scores) {
    const auto percent = [](double share) { return fmt::format("{:.1f}", 100 * share); };
    return {
        name,
        percent(scores.clear.mota()),
        percent(scores.identity.idf1()),
        percent(scores.hota.hota),
        percent(scores.hota.deta),
        percent(scores.hota.assa),
        std::to_string(scores.clear.false_positives),
        std::to_string(scores.clear.misses),
        std::to_string(scores.clear.switches),
        std::to_string(scores.clear.fragmentations),
    };
}

std::vector<MotRow> shown_rows(std::span<const Track> tracks) {
    std::vector<MotRow> rows;
    for (const Track& track : tracks) {
        if (track.state == TrackState::Confirmed) {
            rows.push_back(
                {.id = static_cast<int>(track.id.value()), .box = track.box, .score = track.score}
            );
        }
    }
    return rows;
}

int thinning_step(double frame_rate, double looks_per_second) {
    return std::max(1, static_cast<int>(std::lround(frame_rate / looks_per_second)));
}

MotFrames thinned(const MotFrames& frames, int step) {
    MotFrames kept;
    for (std::size_t f = 0; f < frames.size(); f += static_cast<std::size_t>(step)) {
        kept.push_back(frames[f]);
    }
    return kept;
}

}  // namespace bongsu::eval
