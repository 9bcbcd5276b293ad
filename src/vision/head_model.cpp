#include "vision/head_model.hpp"

#include "vision/model_store.hpp"
#include "vision/self_check.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bongsu::vision {
namespace {

/// As tools/train/bongsu_train/heads.py names it.
constexpr const char* kOutput = "probability";

}  // namespace

HeadModel::HeadModel(std::string name, onnx::InferenceSession session)
    : name_(std::move(name)), session_(std::move(session)) {}

Result<HeadModel> HeadModel::open(
    const std::filesystem::path& models, const std::string& name, std::size_t numbers
) {
    BONGSU_ASSIGN(const ModelDescription model, read_model_description(models, name));
    const ModelVariant& variant = model.variants.front();
    if (variant.numbers != numbers) {
        return fail(
            ErrorKind::Corrupt,
            "the installed model '" + name + "' takes " + std::to_string(variant.numbers) +
                " numbers, this program gives " + std::to_string(numbers) +
                ": run tools/models/fetch_models"
        );
    }
    BONGSU_ASSIGN(auto runtime, onnx::Runtime::open(runtime_library(models)));
    BONGSU_ASSIGN(auto session, onnx::InferenceSession::create(std::move(runtime), variant.file));
    BONGSU_TRY(self_check(session, model, variant));
    if (session.output(kOutput).size() != 1) {
        return fail(
            ErrorKind::Corrupt,
            variant.file.string() + ": the output '" + kOutput +
                "' is not one number. Run tools/models/fetch_models --verify"
        );
    }
    return HeadModel(name, std::move(session));
}

Result<float> HeadModel::probability(std::span<const float> features) {
    if (features.size() != session_.input().size()) {
        return fail(
            ErrorKind::InvalidArgument,
            "the model '" + name_ + "' was given " + std::to_string(features.size()) +
                " numbers instead of " + std::to_string(session_.input().size())
        );
    }
    std::ranges::copy(features, session_.input().begin());
    BONGSU_TRY(session_.run());
    const float answer = session_.output(kOutput).front();
    if (!std::isfinite(answer)) {
        return fail(ErrorKind::Internal, "the model '" + name_ + "' answered no number");
    }
    return std::clamp(answer, 0.F, 1.F);
}

}  // namespace bongsu::vision
