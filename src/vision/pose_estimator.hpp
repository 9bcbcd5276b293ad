#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"
#include "domain/geometry.hpp"
#include "domain/pose.hpp"

namespace bongsu::vision {

/// Finds the joints of one person. Runs on: one thread at a time.
class PoseEstimator {
public:
    virtual ~PoseEstimator() = default;

    /// `person` in pixels of the frame, not empty; may reach over the edge. Joints in pixels of the
    /// frame.
    virtual Result<Pose> estimate(const Frame& frame, const Box& person) = 0;
};

}  // namespace bongsu::vision
