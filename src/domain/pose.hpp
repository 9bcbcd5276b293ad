#pragma once

#include "domain/geometry.hpp"

#include <array>
#include <cstddef>

namespace bongsu {

/// Key points of a person in the order of the COCO data set (Lin et al. 2014).
enum class Joint : std::size_t {
    Nose,
    LeftEye,
    RightEye,
    LeftEar,
    RightEar,
    LeftShoulder,
    RightShoulder,
    LeftElbow,
    RightElbow,
    LeftWrist,
    RightWrist,
    LeftHip,
    RightHip,
    LeftKnee,
    RightKnee,
    LeftAnkle,
    RightAnkle,
};
inline constexpr std::size_t kJoints = 17;

struct JointPoint {
    Point at;         ///< pixels of the source frame
    float score = 0;  ///< 0..1
};

/// How a person holds his body in one picture.
struct Pose {
    std::array<JointPoint, kJoints> joints{};
    float score = 0;  ///< mean of the joints, 0..1

    const JointPoint& operator[](Joint joint) const {
        return joints[static_cast<std::size_t>(joint)];
    }
};

}  // namespace bongsu
