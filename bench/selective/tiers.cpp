#include "selective/tiers.hpp"

#include "core/metrics.hpp"
#include "media/decoder/decoder.hpp"
#include "media/testing/clip.hpp"
#include "pipeline/settings.hpp"
#include "selective/judgement.hpp"
#include "triage/byte_baseline.hpp"
#include "triage/keyframe_gate.hpp"
#include "vision/detector.hpp"
#include "vision/model_store.hpp"
#include "vision/still_gate.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bongsu::bench {
namespace {

constexpr double kLearning = 10;     // seconds
constexpr double kCertain = 1e6;     // a blind gate asks the detector whatever the threshold
constexpr double kHalfWindow = 0.5;  // of it

/// The objects of one camera's ladder, without its scheduling.
class Ladder {
public:
    explicit Ladder(vision::Detector& detector) : detector_(detector) {}

    /// Takes the units up to the next key frame; the window's scores when one has come.
    Result<std::optional<TierWindow>> take(const AccessUnit& unit) {
        excess_ = std::max(excess_, baseline_.observe(unit.bytes->size(), unit.is_key));
        if (!unit.is_key) {
            return std::nullopt;
        }
        BONGSU_ASSIGN(const Frame frame, decoder_.decode_key(unit));
        const triage::GateVerdict verdict = gate_.look(frame);
        BONGSU_ASSIGN(const std::vector<Detection> found, detector_.detect(frame));
        const double confirmed = best_of(found, verdict);
        TierWindow window;
        window.scores = {
            std::exchange(excess_, 0.0F), verdict.is_blind() ? kCertain : verdict.score, confirmed
        };
        window.passes = {
            window.scores[0] >= config_.early_wake,
            verdict.has_motion() || verdict.is_blind(),
            confirmed >= config_.wake_score
        };
        baseline_.set_quiet(!verdict.has_motion());
        discount(found, verdict);
        return window;
    }

private:
    static bool touches(const Box& box, const std::vector<Box>& regions) {
        return std::ranges::any_of(regions, [&](const Box& region) {
            return intersection(box, region).area() > 0;
        });
    }

    /// The pipeline's rule for who wakes a camera, with the score instead of yes or no.
    static double best_of(const std::vector<Detection>& found, const triage::GateVerdict& verdict) {
        double best = 0;
        for (const Detection& one : found) {
            const bool moves = touches(one.box, verdict.regions);
            const bool is_sure =
                one.cls == ObjectClass::Person && one.score >= vision::StillGateRules{}.sure_score;
            const bool is_wanted = one.cls == ObjectClass::Person || is_vehicle(one.cls);
            if (is_wanted && (moves || is_sure)) {
                best = std::max(best, static_cast<double>(one.score));
            }
        }
        return best;
    }

    void discount(const std::vector<Detection>& found, const triage::GateVerdict& verdict) {
        std::vector<Box> empty;
        for (const Box& region : verdict.regions) {
            const bool has_object = std::ranges::any_of(found, [&](const Detection& one) {
                return intersection(one.box, region).area() > 0;
            });
            if (!has_object) {
                empty.push_back(region);
            }
        }
        gate_.discount(empty);
    }

    const pipeline::AnalysisConfig config_;
    vision::Detector& detector_;
    triage::ByteBaseline baseline_;
    triage::KeyframeGate gate_;
    media::Decoder decoder_{{.skip_loop_filter = true}};
    float excess_ = 0;
};

/// Whether an event fills the window; nothing when that is not clear.
std::optional<bool> truth_of(const LabelledFilm& film, const eval::TimeSpan& window) {
    double seen = 0;
    for (const TrueEvent& event : film.events) {
        const eval::TimeSpan common{
            std::max(window.begin, event.span.begin), std::min(window.end, event.span.end)
        };
        if (common.length() > 0 && !film.is_clip() && !is_promised(event)) {
            return std::nullopt;
        }
        seen += common.length();
    }
    if (seen > 0 && seen < kHalfWindow * window.length()) {
        return std::nullopt;
    }
    return seen > 0;
}

Result<TierScores> score_film(const LabelledFilm& film, vision::Detector& detector) {
    const WallTime start{std::chrono::seconds{1'750'000'000}};
    BONGSU_ASSIGN(
        const auto units, media::testing::read_units(film.film, CameraId{film.camera}, start)
    );
    TierScores scores{
        .camera = film.camera,
        .condition = film.is_clip() ? film.camera : film.condition,
        .windows = {}
    };
    Ladder ladder(detector);
    double before = 0;
    for (const AccessUnitPtr& unit : units) {
        BONGSU_ASSIGN(std::optional<TierWindow> window, ladder.take(*unit));
        if (!window) {
            continue;
        }
        const double now = to_seconds(unit->wall - start);
        const std::optional<bool> truth = truth_of(film, {before, now});
        before = now;
        if (truth && now > kLearning) {
            window->time = now;
            window->has_event = *truth;
            scores.windows.push_back(*window);
        }
    }
    return scores;
}

Result<std::unique_ptr<vision::Detector>> make_detector(const Clock& clock, Metrics& metrics) {
    detectors::Registry registry;
    detectors::register_all(registry);
    vision::DetectorSettings settings;
    settings.models = vision::default_models_folder();
    return vision::make_detector(settings, registry, clock, metrics);
}

}  // namespace

Result<std::vector<TierScores>> score_tiers(const std::vector<LabelledFilm>& films) {
    const SystemClock clock;
    Metrics metrics;
    std::vector<std::unique_ptr<vision::Detector>> detectors;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
        BONGSU_ASSIGN(auto detector, make_detector(clock, metrics));
        detectors.push_back(std::move(detector));
    }
    std::vector<std::optional<Result<TierScores>>> scores(films.size());
    std::atomic<std::size_t> next{0};
    {
        std::vector<std::jthread> threads;
        for (const auto& detector : detectors) {
            threads.emplace_back([&, mine = detector.get()] {
                for (std::size_t i = next++; i < films.size(); i = next++) {
                    scores[i] = score_film(films[i], *mine);
                }
            });
        }
    }
    std::vector<TierScores> out;
    for (auto& one : scores) {
        BONGSU_TRY(*one);
        out.push_back(**std::move(one));
    }
    return out;
}

Status write_scores(const std::vector<TierScores>& films, const std::filesystem::path& file) {
    std::ofstream out(file);
    for (const TierScores& film : films) {
        for (const TierWindow& one : film.windows) {
            out << fmt::format(
                "{}\t{:.1f}\t{:d}\t{:.3f}\t{}\n",
                film.camera,
                one.time,
                one.has_event,
                fmt::join(one.scores, "\t"),
                fmt::join(one.passes, "\t")
            );
        }
    }
    return out.flush() ? Status{}
                       : Status{fail(ErrorKind::Unavailable, "cannot write " + file.string())};
}

std::vector<eval::ScoredCase> cases_of(const std::vector<TierWindow>& windows, std::size_t tier) {
    std::vector<eval::ScoredCase> cases;
    for (const TierWindow& window : windows) {
        cases.push_back({window.scores.at(tier), window.has_event});
    }
    return cases;
}

eval::RocPoint working_point(const std::vector<TierWindow>& windows, std::size_t tier) {
    std::vector<eval::ScoredCase> cases;
    for (const TierWindow& window : windows) {
        cases.push_back({window.passes.at(tier) ? 1.0 : 0.0, window.has_event});
    }
    return eval::roc_at(cases, 1);
}

}  // namespace bongsu::bench
