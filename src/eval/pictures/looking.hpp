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

/// The product's detector, but with this least score. NotFound when
/// no model is installed.
Result<std::unique_ptr<vision::Detector>> make_eval_detector(
    const EvalOptions& options, float min_score, Metrics& metrics
);

/// Reads each picture of the sequence once and shows it to the detector.
Result<Looks> look_at(
    const MotSequence& sequence, vision::Detector& detector, const SuiteContext& context
);

/// The tracker's settings for labelled footage: the defaults, but only people of at least 7 % of
/// the picture's height are followed, as the owner of a camera may set it; ground truth seldom
/// labels smaller ones.
tracking::TrackerSettings tracker_for(const SequenceInfo& info);

}  // namespace bongsu::eval
