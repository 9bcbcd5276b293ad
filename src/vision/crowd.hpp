#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "domain/detection.hpp"
#include "vision/detector.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace bongsu::vision {

/// A detector that looks for everybody in tiles that are drawn up to 2.2 times larger, and reports
/// doubtful boxes too: for expected_people(). Five to seven inferences a picture. NotFound when the
/// models are not installed.
Result<std::unique_ptr<Detector>> make_crowd_detector(
    const std::filesystem::path& models, const Clock& clock, Metrics& metrics
);

/// The people among the detections, each with the share of a person that it counts for as its
/// score: doubtful boxes are so many in a crowd that a threshold either loses the half hidden or
/// counts shadows, while the sum of shares hardly depends on where it lies. Boxes that count for
/// nothing are left out. Measurements: docs/design/recognise-weather.md.
std::vector<Detection> expected_people(std::vector<Detection> detections);

}  // namespace bongsu::vision
