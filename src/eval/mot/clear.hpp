#pragma once

#include "eval/mot/sequence.hpp"

namespace bongsu::eval {

/// The CLEAR-MOT measures (Bernardin and Stiefelhagen 2008) as py-motmetrics counts them.
struct ClearScore {
    int truth_boxes = 0;
    int matches = 0;  ///< switches included
    int false_positives = 0;
    int misses = 0;
    int switches = 0;
    int fragmentations = 0;   ///< a followed object is lost and found again
    double distance_sum = 0;  ///< of 1 - IoU over matches

    double mota() const;  ///< at most 1, may be below 0
    double motp() const;  ///< mean of 1 - IoU over matches; 0 is best
    double recall() const;
    double precision() const;
};

/// In each frame, pairs of the last time an object was matched are made again when they still
/// overlap by `min_iou`; the rest are paired optimally on 1 - IoU. Frames beyond the shorter list
/// count as empty.
ClearScore clear_mot(const MotFrames& truth, const MotFrames& tracks, double min_iou = 0.5);

}  // namespace bongsu::eval
