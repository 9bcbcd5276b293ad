#include "vision/verifiers/fire/fire.hpp"

#include "vision/model_store.hpp"
#include "vision/self_check.hpp"
#include "vision/verifiers/fire/flame_part.hpp"
#include "vision/verifiers/fire/flicker.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace bongsu::verifiers::fire {
namespace {

constexpr const char* kModel = "fire";
constexpr const char* kFamily = "classifier";
constexpr const char* kOutput = "logit";

constexpr int kSmallest = 24;  ///< pixels of a side

/// What the picture alone must say when there is movement to judge: from `kKnown` on it is a fire
/// that only has to move like one; below `kPossible` even the right movement counts less and less.
/// Small flames far away look like little to a network that learnt from photographs: this low, two
/// thirds of what is asked about in films without fire still counts less.
constexpr float kKnown = 0.5F;
constexpr float kPossible = 0.03F;

vision::PixelRect pixels_of(const Box& where, const Frame& frame) {
    const int left = std::clamp(static_cast<int>(std::floor(where.x)), 0, frame.width);
    const int top = std::clamp(static_cast<int>(std::floor(where.y)), 0, frame.height);
    const int right = std::clamp(static_cast<int>(std::ceil(where.right())), left, frame.width);
    const int bottom = std::clamp(static_cast<int>(std::ceil(where.bottom())), top, frame.height);
    return {left, top, right - left, bottom - top};
}

/// Half the part, around what boils: a wide part shows more of what burns than of the flames.
vision::PixelRect heart_of(const Box& where, Point heart, const Frame& frame) {
    const float side = std::max(std::max(where.w, where.h) / 2, static_cast<float>(kSmallest));
    const Box square{heart.x - side / 2, heart.y - side / 2, side, side};
    const Box inside =
        clipped(square, static_cast<float>(frame.width), static_cast<float>(frame.height));
    return pixels_of(inside, frame);
}

float probability_of(float logit) {
    return 1 / (1 + std::exp(-logit));
}

bool has_planes(const Frame& frame) {
    return std::ranges::all_of(frame.planes, [](const Plane& p) { return p.data != nullptr; });
}

}  // namespace

FireVerifier::FireVerifier(vision::onnx::InferenceSession session, vision::Canvas canvas)
    : session_(std::move(session)), canvas_(std::move(canvas)) {}

Result<std::unique_ptr<Verifier>> FireVerifier::create(const std::filesystem::path& models) {
    BONGSU_ASSIGN(const auto model, vision::read_model_description(models, kModel));
    const vision::ModelVariant& variant = model.variants.front();
    if (model.decoder_family != kFamily) {
        return fail(
            ErrorKind::Corrupt,
            std::string("the installed model '") + kModel +
                "' is not a classifier of pictures: run tools/models/fetch_models --verify"
        );
    }
    BONGSU_ASSIGN(auto runtime, vision::onnx::Runtime::open(vision::runtime_library(models)));
    BONGSU_ASSIGN(
        auto session, vision::onnx::InferenceSession::create(std::move(runtime), variant.file)
    );
    BONGSU_TRY(vision::self_check(session, model, variant));
    if (session.output(kOutput).size() != 1) {
        return fail(
            ErrorKind::Corrupt,
            variant.file.string() + ": the output '" + kOutput +
                "' is not one number. Run tools/models/fetch_models --verify"
        );
    }
    vision::Canvas canvas(
        session.input(), variant.width, variant.height, {model.mean, model.scale, model.is_rgb}
    );
    return std::unique_ptr<Verifier>(new FireVerifier(std::move(session), std::move(canvas)));
}

Result<float> FireVerifier::infer() {
    BONGSU_TRY(session_.run());
    const float logit = session_.output(kOutput).front();
    if (!std::isfinite(logit)) {
        return fail(
            ErrorKind::Internal, std::string("the model '") + kModel + "' answered no number"
        );
    }
    return logit;
}

Result<float> FireVerifier::look(const Frame& frame, const vision::PixelRect& part) {
    canvas_.draw(frame, part, {0, 0, canvas_.width(), canvas_.height()});
    BONGSU_ASSIGN(const float logit, infer());
    return probability_of(logit);
}

Result<float> FireVerifier::look_thrice(const Frame& frame, const Box& where) {
    const vision::PixelRect all{0, 0, canvas_.width(), canvas_.height()};
    canvas_.draw(frame, pixels_of(where, frame), all);
    BONGSU_ASSIGN(float sum, infer());
    const std::span<float> drawn = session_.input();
    const auto row = static_cast<std::size_t>(canvas_.width());
    for (std::size_t start = 0; start < drawn.size(); start += row) {
        std::ranges::reverse(drawn.subspan(start, row));
    }
    BONGSU_ASSIGN(const float mirrored, infer());
    sum += mirrored;
    int views = 2;
    if (const auto flames = flame_part(frame, where)) {
        canvas_.draw(frame, pixels_of(*flames, frame), all);
        BONGSU_ASSIGN(const float closer, infer());
        sum += closer;
        ++views;
    }
    return probability_of(sum / static_cast<float>(views));
}

Result<std::optional<float>> FireVerifier::verify(std::span<const Frame> recent, const Box& where) {
    const Frame& frame = recent.back();
    const vision::PixelRect part = pixels_of(where, frame);
    if (part.w < kSmallest || part.h < kSmallest || !has_planes(frame)) {
        return std::nullopt;
    }
    if (recent.size() == 1) {
        return look_thrice(frame, where);
    }
    const auto flicker = measure_flicker(recent, where);
    if (!flicker) {
        return std::nullopt;
    }
    if (like_flames(*flicker, false) <= 0) {
        return 0.F;
    }
    BONGSU_ASSIGN(float looks_like, look(frame, part));
    if (looks_like < kKnown) {
        BONGSU_ASSIGN(const float closer, look(frame, heart_of(where, flicker->heart, frame)));
        looks_like = std::max(looks_like, closer);
    }
    return like_flames(*flicker, looks_like < kKnown) * std::min(1.F, looks_like / kPossible);
}

void register_plugin(Registry& registry) {
    registry.add(
        {.name = kModel, .help = "Flames in a part of the picture.", .make = FireVerifier::create}
    );
}

}  // namespace bongsu::verifiers::fire
