#pragma once

#include "domain/track.hpp"
#include "eval/measurements.hpp"
#include "eval/mot/clear.hpp"
#include "eval/mot/hota.hpp"
#include "eval/mot/identity.hpp"
#include "eval/mot/sequence.hpp"
#include "eval/report.hpp"

#include <span>
#include <string>
#include <vector>

namespace bongsu::eval {

/// All scores of one sequence.
struct TrackingScores {
    ClearScore clear;
    IdentityScore identity;
    HotaScore hota;
};

TrackingScores score_tracks(const MotFrames& truth, const MotFrames& tracks);

/// Adds <prefix>.mota, idf1, hota, deta, assa, fp, fn, ids, fm.
void add_scores(
    Measurements& measurements, const std::string& prefix, const TrackingScores& scores
);

/// One row "name, MOTA, IDF1, HOTA, DetA, AssA, FP, FN, IDs, FM" and its head.
std::vector<std::string> score_head();
std::vector<std::string> score_row(const std::string& name, const TrackingScores& scores);

/// What a person would have been shown: the confirmed tracks of this scene.
std::vector<MotRow> shown_rows(std::span<const Track> tracks);

/// How many pictures to advance so that about `looks_per_second` are looked at; at least 1.
int thinning_step(double frame_rate, double looks_per_second);

/// Every `step`-th frame, the first included.
MotFrames thinned(const MotFrames& frames, int step);

}  // namespace bongsu::eval
