#pragma once

#include "core/result.hpp"
#include "vision/canvas.hpp"
#include "vision/onnx/runtime.hpp"
#include "vision/pose_estimator.hpp"

#include <filesystem>
#include <memory>

namespace bongsu::vision {

/// MoveNet SinglePose Lightning (models/movenet-lightning/card.md): some 4 ms a person. It always
/// answers; how far to believe it say the scores of the joints. Runs on: one thread at a time.
class MoveNet final : public PoseEstimator {
public:
    /// Loads and self-tests the model installed below `models`. NotFound, saying how to install
    /// it, when it is absent; Corrupt when it is not what it should be.
    static Result<std::unique_ptr<PoseEstimator>> create(const std::filesystem::path& models);

    Result<Pose> estimate(const Frame& frame, const Box& person) override;

private:
    MoveNet(onnx::InferenceSession session, int side);

    onnx::InferenceSession session_;
    Canvas canvas_;
};

}  // namespace bongsu::vision
