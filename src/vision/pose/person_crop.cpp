#include "vision/pose/person_crop.hpp"

#include "vision/regions.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace bongsu::vision {
namespace {

/// Room for limbs that the detector's box cuts.
constexpr float kRoom = 1.25F;
constexpr std::size_t kNumbersOfAJoint = 3;

}  // namespace

PersonCrop crop_person(const Box& person, int width, int height, int side) {
    const float edge = kRoom * std::max(person.w, person.h);
    const Point middle = person.centre();
    PersonCrop crop;
    crop.square = {middle.x - edge / 2, middle.y - edge / 2, edge, edge};
    crop.source = to_pixels(crop.square, width, height);
    const float scale = static_cast<float>(side) / edge;
    const auto on_input = [&](int picture, float origin) {
        const auto at = std::lround((static_cast<float>(picture) - origin) * scale);
        return std::clamp(static_cast<int>(at), 0, side);
    };
    const int left = std::min(on_input(crop.source.x, crop.square.x), side - 1);
    const int top = std::min(on_input(crop.source.y, crop.square.y), side - 1);
    const int right = on_input(crop.source.x + crop.source.w, crop.square.x);
    const int bottom = on_input(crop.source.y + crop.source.h, crop.square.y);
    crop.target = {left, top, std::max(1, right - left), std::max(1, bottom - top)};
    return crop;
}

Pose read_joints(std::span<const float> keypoints, const Box& square) {
    assert(keypoints.size() == kJoints * kNumbersOfAJoint);
    Pose pose;
    for (std::size_t i = 0; i < kJoints; ++i) {
        const auto row = keypoints.subspan(i * kNumbersOfAJoint, kNumbersOfAJoint);
        JointPoint& joint = pose.joints.at(i);
        joint.at = {square.x + row[1] * square.w, square.y + row[0] * square.h};
        joint.score = std::clamp(row[2], 0.0F, 1.0F);
        pose.score += joint.score / static_cast<float>(kJoints);
    }
    return pose;
}

}  // namespace bongsu::vision
