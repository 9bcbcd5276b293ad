#include "vision/crowd.hpp"

#include "vision/detectors/registry.hpp"
#include "vision/model_store.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::vision {
namespace {

// Scores of this network are low in crowds. A box counts from the one score on, and as a whole
// person from the other on; half-way between them lies the score from which tracks begin.
constexpr float kCountsFrom = 0.26F;
constexpr float kCountsWholly = 0.40F;

constexpr float kSmallestPerson = 0.025F;
constexpr float kMostEnlarged = 2.2F;

}  // namespace

Result<std::unique_ptr<Detector>> make_crowd_detector(
    const std::filesystem::path& models, const Clock& clock, Metrics& metrics
) {
    detectors::Registry registry;
    detectors::register_all(registry);
    DetectorSettings settings;
    settings.models = models.empty() ? default_models_folder() : models;
    settings.min_score = kCountsFrom;
    settings.smallest_person = kSmallestPerson;
    settings.most_enlarged = kMostEnlarged;
    return make_detector(settings, registry, clock, metrics);
}

std::vector<Detection> expected_people(std::vector<Detection> detections) {
    std::erase_if(detections, [](const Detection& detection) {
        return detection.cls != ObjectClass::Person || detection.score <= kCountsFrom;
    });
    for (Detection& detection : detections) {
        detection.score =
            std::min(1.F, (detection.score - kCountsFrom) / (kCountsWholly - kCountsFrom));
    }
    return detections;
}

}  // namespace bongsu::vision
