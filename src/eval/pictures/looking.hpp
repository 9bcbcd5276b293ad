#pragma once

#include "eval/mot/sequence.hpp"
#include "eval/suite.hpp"
#include "tracking/settings.hpp"
#include "vision/detector.hpp"

#include <memory>
#include <vector>

namespace bongsu::eval {

/// What the detector found in each picture of a sequence, and how long it took.
struct Looks {
    std::vector<std::vector<Detection>> found;  ///< by picture
    double seconds_per_picture = 0;
};

/// The product's detector; its weakest detections are what the tracker can still use. NotFound when
/// no model is installed.
Result<std::unique_ptr<vision::Detector>> make_eval_detector(
    const EvalOptions& options, float min_score, Metrics& metrics
);

/// Reads each picture of the sequence once and shows it to the detector.
Result<Looks> look_at(
    const MotSequence& sequence, vision::Detector& detector, const SuiteContext& context
);

/// The tracker's settings for labelled footage: the defaults, but only people of at least 7 % of
/// the picture's height are followed, as a camera's owner would set it. (IEC 62676-4 wants 10 % for
/// detecting a person.)
tracking::TrackerSettings tracker_for(const SequenceInfo& info);

}  // namespace bongsu::eval
