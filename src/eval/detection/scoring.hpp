#pragma once

#include "domain/detection.hpp"
#include "eval/detection/labels.hpp"

#include <limits>
#include <vector>

namespace bongsu::eval {

/// What is found in one picture and what should be.
struct LookedAtPicture {
    PictureTruth truth;
    std::vector<Detection> people;  ///< any order, from a low threshold on
};

/// Heights in pixels, low <= h < high.
struct HeightBand {
    float low = 0;
    float high = std::numeric_limits<float>::infinity();

    bool holds(float height) const { return height >= low && height < high; }
};

/// One step of the curve: counts with all detections of at least `score`.
struct OperatingPoint {
    float score = 0;
    double recall = 0;
    double precision = 0;
    double false_per_picture = 0;
};

/// How good detections are at every threshold.
class DetectionCurve {
public:
    DetectionCurve(std::vector<OperatingPoint> points, int truth_boxes)
        : points_(std::move(points)), truth_boxes_(truth_boxes) {}

    int truth_boxes() const { return truth_boxes_; }

    /// Average precision: the area below the best precision at each recall, all points.
    double average_precision() const;

    /// With all detections of at least `score`; recall 0 when there are none.
    OperatingPoint at_score(float score) const;

    /// The most sensitive point with at most so many false boxes per picture.
    OperatingPoint at_false_per_picture(double most) const;

    /// By falling score.
    const std::vector<OperatingPoint>& points() const { return points_; }

private:
    std::vector<OperatingPoint> points_;
    int truth_boxes_;
};

/// Pairs detections, best first, with the true box that they overlap most and at least by
/// `min_iou`. Left out: detections that lie by half or more in an ignored box, and, as in COCO,
/// true boxes outside `band` with whatever finds them, and unpaired detections outside it.
DetectionCurve score_detections(
    const std::vector<LookedAtPicture>& pictures, double min_iou, HeightBand band = {}
);

}  // namespace bongsu::eval
