#pragma once

#include "core/result.hpp"
#include "eval/roc.hpp"
#include "selective/truth.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace bongsu::bench {

/// The tiers whose scores are swept: T0 sizes of coded pictures, T1 the key-frame gate, T2 the
/// detector.
inline constexpr std::size_t kTiers = 3;

/// A window of a group of pictures: up to and including the key frame that ends it.
struct TierWindow {
    double time = 0;  ///< of the key frame, seconds of the film
    bool has_event = false;
    std::array<double, kTiers> scores{};
    std::array<bool, kTiers> passes{};  ///< what the product would let through
};

struct TierScores {
    std::string camera;
    std::string condition;  ///< the camera's name for somebody else's footage
    std::vector<TierWindow> windows;
};

/// Runs the product's own classes over the films in this process: ByteBaseline, KeyframeGate with
/// the discounts that the pipeline gives it, and the detector on every key frame, whether the gate
/// would have let it through or not. A window belongs to an event when that is visible for at
/// least half of it; windows that hold less, or somebody too small, are left out.
/// One thread per processor.
Result<std::vector<TierScores>> score_tiers(const std::vector<LabelledFilm>& films);

/// One line a window: camera, time, truth, the three scores, what passes; with tabs between.
Status write_scores(const std::vector<TierScores>& films, const std::filesystem::path& file);

std::vector<eval::ScoredCase> cases_of(const std::vector<TierWindow>& windows, std::size_t tier);

/// What the product's own settings do.
eval::RocPoint working_point(const std::vector<TierWindow>& windows, std::size_t tier);

}  // namespace bongsu::bench
