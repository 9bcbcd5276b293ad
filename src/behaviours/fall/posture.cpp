#include "behaviours/fall/posture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

namespace bongsu::behaviours::fall {
namespace {

constexpr float kBelieved = 0.3F;  ///< score of a joint, or mean of a pair, that counts
constexpr float kUpright = 30;     ///< degrees of lean
constexpr float kAnklesToEyes = 0.90F;
constexpr float kShouldersToHips = 0.36F;

constexpr std::array kHead{
    Joint::Nose, Joint::LeftEye, Joint::RightEye, Joint::LeftEar, Joint::RightEar
};
constexpr std::array kShoulders{Joint::LeftShoulder, Joint::RightShoulder};
constexpr std::array kHips{Joint::LeftHip, Joint::RightHip};
constexpr std::array kAnkles{Joint::LeftAnkle, Joint::RightAnkle};

/// Several joints as one, each weighing as much as it is sure.
JointPoint mean_of(const Pose& pose, std::span<const Joint> joints) {
    JointPoint mean;
    for (const Joint joint : joints) {
        const JointPoint& point = pose[joint];
        mean.at.x += point.score * point.at.x;
        mean.at.y += point.score * point.at.y;
        mean.score += point.score;
    }
    if (mean.score > 0) {
        mean.at.x /= mean.score;
        mean.at.y /= mean.score;
    }
    mean.score /= static_cast<float>(joints.size());
    return mean;
}

Box extent_of(const Pose& pose) {
    Box extent;
    for (const JointPoint& joint : pose.joints) {
        if (joint.score >= kBelieved) {
            extent = enclosing(extent, {joint.at.x - 0.5F, joint.at.y - 0.5F, 1, 1});
        }
    }
    return extent;
}

/// The larger of two guesses: who sits has his ankles near, who faces away has a short trunk.
float standing_height(const Posture& posture, const JointPoint& ankles) {
    if (posture.lean > kUpright) {
        return 0;
    }
    const bool has_ankles = ankles.score >= kBelieved;
    const float by_legs = has_ankles ? (ankles.at.y - posture.head.y) / kAnklesToEyes : 0;
    return std::max(by_legs, posture.trunk / kShouldersToHips);
}

}  // namespace

std::optional<Posture> read_posture(const Pose& pose) {
    const JointPoint head = mean_of(pose, kHead);
    const JointPoint shoulders = mean_of(pose, kShoulders);
    const JointPoint hips = mean_of(pose, kHips);
    const float sureness = (head.score + shoulders.score + hips.score) / 3;
    if (sureness < kBelieved || shoulders.score < kBelieved) {
        return std::nullopt;
    }
    Posture posture{
        .head = head.at, .shoulders = shoulders.at, .hips = hips.at, .sureness = sureness
    };
    const float across = posture.shoulders.x - posture.hips.x;
    const float up = posture.hips.y - posture.shoulders.y;
    posture.trunk = std::hypot(across, up);
    posture.lean = std::atan2(std::abs(across), up) * 180 / std::numbers::pi_v<float>;
    posture.height = standing_height(posture, mean_of(pose, kAnkles));
    posture.extent = extent_of(pose);
    return posture;
}

}  // namespace bongsu::behaviours::fall
