#include "vision/detectors/nanodet/nanodet.hpp"

#include "vision/self_check.hpp"
#include "vision/suppression.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::detectors::nanodet {
namespace {

constexpr const char* kModel = "nanodet-416";
constexpr float kMaxOverlap =
    0.5F;  // of the non-maximum suppression; as upstream evaluates (0.6), tightened for streets

Status check(const vision::ModelDescription& model) {
    if (model.decoder_family != "nanodet" || model.strides.empty() || model.bins < 2 ||
        model.bins > 64 || model.classes < 1 || model.classes > 10'000 ||
        std::ranges::any_of(model.strides, [](int stride) { return stride < 1; })) {
        return fail(
            ErrorKind::Corrupt,
            "the installed model '" + model.name +
                "' is not a NanoDet: run tools/models/fetch_models --verify"
        );
    }
    return {};
}

Result<DecodeRules> decode_rules(const vision::ModelDescription& model) {
    DecodeRules rules;
    rules.bins = model.bins;
    rules.classes.resize(static_cast<std::size_t>(model.classes));
    for (const auto& [number, name] : model.class_map) {
        const auto cls = parse_object_class(name);
        if (!cls || number < 0 || number >= model.classes) {
            return fail(
                ErrorKind::Corrupt,
                "the model '" + model.name + "' maps class " + std::to_string(number) + " to '" +
                    name + "', which does not exist"
            );
        }
        rules.classes[static_cast<std::size_t>(number)] = cls;
    }
    return rules;
}

}  // namespace

NanoDet::NanoDet(std::shared_ptr<vision::onnx::Runtime> runtime, vision::ModelDescription model)
    : runtime_(std::move(runtime)), model_(std::move(model)), loaded_(model_.variants.size()) {
    for (const vision::ModelVariant& variant : model_.variants) {
        sizes_.push_back({variant.width, variant.height});
    }
}

Result<std::unique_ptr<vision::Network>> NanoDet::create(const NetworkOptions& options) {
    BONGSU_ASSIGN(auto model, vision::read_model_description(options.models, kModel));
    BONGSU_TRY(check(model));
    BONGSU_ASSIGN(DecodeRules rules, decode_rules(model));
    std::erase_if(model.variants, [&](const vision::ModelVariant& variant) {
        return variant.precision != options.precision;
    });
    if (model.variants.empty()) {
        return fail(
            ErrorKind::InvalidArgument,
            std::string("the model '") + kModel + "' has no variant of precision '" +
                options.precision + "'; there are int8 and fp32"
        );
    }
    std::ranges::sort(model.variants, {}, [](const vision::ModelVariant& v) {
        return std::pair(v.width * v.height, v.width);
    });
    BONGSU_ASSIGN(
        auto runtime, vision::onnx::Runtime::open(vision::runtime_library(options.models))
    );
    std::unique_ptr<NanoDet> network(new NanoDet(std::move(runtime), std::move(model)));
    network->rules_ = std::move(rules);
    // The smallest size proves at start that library and weights work; the others follow on demand.
    BONGSU_TRY(network->loaded(0));
    return network;
}

Result<NanoDet::Loaded> NanoDet::load(const vision::ModelVariant& variant) const {
    BONGSU_ASSIGN(auto session, vision::onnx::InferenceSession::create(runtime_, variant.file));
    BONGSU_TRY(vision::self_check(session, model_, variant));
    Loaded out{
        std::move(session),
        {},
        {},
    };
    out.canvas = vision::Canvas(
        out.session.input(),
        variant.width,
        variant.height,
        {model_.mean, model_.scale, model_.is_rgb}
    );
    for (const int stride : model_.strides) {
        Level level;
        level.stride = stride;
        level.columns = variant.width / stride;
        level.rows = variant.height / stride;
        level.scores = out.session.output("scores_" + std::to_string(stride));
        level.boxes = out.session.output("boxes_" + std::to_string(stride));
        const std::size_t cells =
            static_cast<std::size_t>(level.columns) * static_cast<std::size_t>(level.rows);
        if (level.scores.size() != cells * rules_.classes.size() ||
            level.boxes.size() != cells * 4 * static_cast<std::size_t>(rules_.bins)) {
            return fail(
                ErrorKind::Corrupt,
                variant.file.string() + ": the outputs of stride " + std::to_string(stride) +
                    " do not have the expected size"
            );
        }
        out.levels.push_back(level);
    }
    return out;
}

Result<NanoDet::Loaded*> NanoDet::loaded(std::size_t index) {
    std::optional<Loaded>& slot = loaded_.at(index);
    if (!slot) {
        BONGSU_ASSIGN(slot, load(model_.variants[index]));
    }
    return &*slot;
}

Result<vision::Canvas*> NanoDet::canvas(std::size_t index) {
    BONGSU_ASSIGN(Loaded * slot, loaded(index));
    return &slot->canvas;
}

Result<std::vector<Detection>> NanoDet::infer(std::size_t index, float min_score) {
    BONGSU_ASSIGN(Loaded * slot, loaded(index));
    BONGSU_TRY(slot->session.run());
    rules_.min_score = min_score;
    std::vector<Detection> found;
    for (const Level& level : slot->levels) {
        decode_level(level, rules_, found);
    }
    for (Detection& detection : found) {
        detection.box = clipped(
            detection.box,
            static_cast<float>(slot->canvas.width()),
            static_cast<float>(slot->canvas.height())
        );
    }
    return vision::suppress_overlaps(std::move(found), kMaxOverlap);
}

void register_plugin(Registry& registry) {
    registry.add({
        "nanodet",
        "NanoDet-g: people, vehicles, animals and bags; 20 ms at 416x416 on one core, 9 ms as "
        "int8.",
        NanoDet::create,
    });
}

}  // namespace bongsu::detectors::nanodet
