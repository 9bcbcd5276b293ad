#include "eval/pictures/looking.hpp"

#include "eval/pictures/picture_file.hpp"
#include "vision/model_store.hpp"

#include <algorithm>

namespace bongsu::eval {
namespace {

constexpr float kSmallestPerson = 0.07F;  // share of the picture's height

}  // namespace

Result<std::unique_ptr<vision::Detector>> make_eval_detector(
    const EvalOptions& options, float min_score, Metrics& metrics
) {
    static const SystemClock kClock;
    detectors::Registry registry;
    detectors::register_all(registry);
    vision::DetectorSettings settings;
    settings.min_score = min_score;
    settings.models = options.models.empty() ? vision::default_models_folder() : options.models;
    return vision::make_detector(settings, registry, kClock, metrics);
}

Result<Looks> look_at(
    const MotSequence& sequence, vision::Detector& detector, const SuiteContext& context
) {
    const SystemClock clock;
    const MonoTime started = clock.mono();
    ProgressMeter meter(context, sequence.info.name, sequence.info.length);
    Looks looks;
    for (int i = 1; i <= sequence.info.length; ++i) {
        BONGSU_ASSIGN(const Frame frame, load_picture(sequence.picture(i)));
        BONGSU_ASSIGN(auto found, detector.detect(frame));
        looks.found.push_back(std::move(found));
        meter.step();
    }
    looks.seconds_per_picture =
        to_seconds(clock.mono() - started) / std::max(1, sequence.info.length);
    return looks;
}

tracking::TrackerSettings tracker_for(const SequenceInfo& info) {
    tracking::TrackerSettings settings;
    settings.smallest_height = kSmallestPerson * static_cast<float>(info.height);
    return settings;
}

}  // namespace bongsu::eval
