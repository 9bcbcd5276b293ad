#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"
#include "domain/detection.hpp"
#include "domain/frame.hpp"
#include "vision/detectors/registry.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bongsu::vision {

/// A part of a picture to look at; `region` in pixels of the frame.
struct View {
    const Frame* frame = nullptr;
    Box region;
    /// Of the smallest object that is known to be there; 0: nothing is known. A large one is looked
    /// for in a shrunken copy.
    float object_height = 0;
};

/// Finds people, vehicles, animals and bags in pictures.
/// Runs on: one thread at a time; make one per worker (40 to 110 MB each).
class Detector {
public:
    virtual ~Detector() = default;

    /// What is in the frame: everywhere, or in the given regions (padded and merged as needed).
    /// Boxes in pixels of the frame, in descending order of score.
    virtual Result<std::vector<Detection>> detect(
        const Frame& frame, std::span<const Box> regions = {}
    ) = 0;

    /// Looks at parts of several frames, of any cameras, in as few inferences as possible. Item i
    /// of the result belongs to views[i]. An object cut by the edge of its region is not reported:
    /// give regions with some surroundings (see plan_regions).
    virtual Result<std::vector<std::vector<Detection>>> detect_packed(std::span<const View> views
    ) = 0;
};

struct DetectorSettings {
    std::string network = "nanodet";
    std::string precision = "int8";
    /// Detections below are not reported. Between this and `sure_score` they are doubtful: pass
    /// them through a StillGate, or use them only to continue tracks.
    float min_score = 0.32F;
    float sure_score = 0.5F;
    /// The smallest person that must be found, as a share of the picture's height. Decides the
    /// network's input size and whether the picture is cut into tiles.
    float smallest_person = 0.06F;
    /// Tiles of a picture may be drawn so many times larger than they are.
    float most_enlarged = 1;
    std::filesystem::path models;  ///< folder of installed models
};

const SettingsSchema& detector_schema();
DetectorSettings detector_settings(const Settings& settings);

/// Makes the detector that the settings name. NotFound when models are not installed: the program
/// must then say so and must not run without detection.
Result<std::unique_ptr<Detector>> make_detector(
    const DetectorSettings& settings,
    const detectors::Registry& registry,
    const Clock& clock,
    Metrics& metrics
);

}  // namespace bongsu::vision
