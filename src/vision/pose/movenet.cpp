#include "vision/pose/movenet.hpp"

#include "vision/model_store.hpp"
#include "vision/pose/person_crop.hpp"
#include "vision/self_check.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace bongsu::vision {
namespace {

constexpr const char* kModel = "movenet-lightning";
constexpr const char* kOutput = "keypoints";
constexpr std::size_t kNumbers = kJoints * 3;

/// The input takes colours as they are, 0..255.
constexpr Normalisation kInput{.mean = {0, 0, 0}, .scale = {1, 1, 1}, .is_rgb = true};

bool is_drawable(const Frame& frame, const Box& person) {
    const Box picture{0, 0, static_cast<float>(frame.width), static_cast<float>(frame.height)};
    const bool is_finite = std::isfinite(person.x) && std::isfinite(person.y) &&
                           std::isfinite(person.w) && std::isfinite(person.h);
    return is_finite && intersection(person, picture).area() >= 1 &&
           std::ranges::all_of(frame.planes, [](const Plane& p) { return p.data != nullptr; });
}

}  // namespace

MoveNet::MoveNet(onnx::InferenceSession session, int side)
    : session_(std::move(session)), canvas_(session_.input(), side, side, kInput) {}

Result<std::unique_ptr<PoseEstimator>> MoveNet::create(const std::filesystem::path& models) {
    BONGSU_ASSIGN(const ModelDescription model, read_model_description(models, kModel));
    const ModelVariant& variant = model.variants.front();
    const bool is_ours = model.decoder_family == "movenet" && variant.width == variant.height &&
                         model.is_rgb == kInput.is_rgb && model.mean == kInput.mean &&
                         model.scale == kInput.scale;
    if (!is_ours) {
        return fail(
            ErrorKind::Corrupt,
            std::string("the installed model '") + kModel +
                "' is not a MoveNet that this program knows: run tools/models/fetch_models " +
                kModel
        );
    }
    BONGSU_ASSIGN(auto runtime, onnx::Runtime::open(runtime_library(models)));
    BONGSU_ASSIGN(auto session, onnx::InferenceSession::create(std::move(runtime), variant.file));
    BONGSU_TRY(self_check(session, model, variant));
    if (session.output(kOutput).size() != kNumbers) {
        return fail(
            ErrorKind::Corrupt,
            variant.file.string() + ": the output '" + kOutput + "' has not " +
                std::to_string(kNumbers) + " numbers. Run tools/models/fetch_models --verify"
        );
    }
    return std::unique_ptr<PoseEstimator>(new MoveNet(std::move(session), variant.width));
}

Result<Pose> MoveNet::estimate(const Frame& frame, const Box& person) {
    if (!is_drawable(frame, person)) {
        return fail(
            ErrorKind::InvalidArgument,
            "camera " + frame.camera.value() + ": a pose was asked for outside the picture"
        );
    }
    const PersonCrop crop = crop_person(person, frame.width, frame.height, canvas_.width());
    canvas_.clear();
    canvas_.draw(frame, crop.source, crop.target);
    BONGSU_TRY(session_.run());
    const auto keypoints = session_.output(kOutput);
    if (!std::ranges::all_of(keypoints, [](float number) { return std::isfinite(number); })) {
        return fail(ErrorKind::Internal, std::string(kModel) + " answered no numbers");
    }
    return read_joints(keypoints, crop.square);
}

}  // namespace bongsu::vision
