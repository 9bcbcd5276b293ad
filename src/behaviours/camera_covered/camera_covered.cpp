// Something covers the lens: the picture is still lit but shows almost nothing, and nothing of the
// usual view. Contrast is taken relative to brightness, so that switching off a light, which dims
// everything alike, is no cover. A picture that turns fully black looks the same for tape over the
// lens and for a lightless room: it belongs to camera_dark unless `black_counts`.
#include "behaviours/fault.hpp"
#include "behaviours/view_baseline.hpp"

#include <algorithm>

namespace bongsu::behaviours::camera_covered {
namespace {

constexpr float kBlackLuma = 24;           ///< limited-range video cannot be darker than 16
constexpr float kFeaturelessContrast = 4;  ///< no scene is this even, whatever is usual
constexpr float kContrastShare = 0.35F;    ///< of the usual relative contrast
constexpr float kSimilarity = 0.15F;
constexpr float kSimilarityShare = 0.5F;  ///< of the usual similarity
constexpr float kStill = 4;               ///< change between pictures; what moves is a passer-by

struct Memory {
    ViewBaseline usual;
    FaultEpisode episode;
};

class CameraCovered final : public BehaviourWith<Memory> {
public:
    CameraCovered(Hold::Times times, bool does_black_count)
        : times_(times), does_black_count_(does_black_count) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        if (!scene.quality || scene.signal == SignalState::Lost) {
            return;
        }
        const FaultSign sign = judge(scene, *scene.quality, memory.usual);
        if (sign.verdict == Verdict::No) {
            memory.usual.learn(*scene.quality, scene.time);
        }
        memory.episode.report(scene, sign, times_, sink);
    }

private:
    FaultSign judge(const Scene& scene, const ViewQuality& quality, const ViewBaseline& baseline)
        const {
        if (is_view_blocked(scene)) {
            return {};
        }
        const bool is_featureless = quality.contrast < kFeaturelessContrast;
        if (quality.mean_luma < kBlackLuma && is_featureless) {
            return {does_black_count_ ? Verdict::Yes : Verdict::Unknown, 0.6F, "view=black"};
        }
        if (is_featureless) {
            return {Verdict::Yes, 0.9F, "view=featureless"};
        }
        const auto usual = baseline.latest();
        if (!usual) {
            return {.verdict = Verdict::No};
        }
        const ViewFigures now = ViewFigures::of(quality);
        const float contrast = now.relative_contrast / std::max(usual->relative_contrast, 1e-3F);
        const float unlike = std::min(kSimilarity, kSimilarityShare * usual->similarity);
        if (contrast >= kContrastShare || now.similarity >= unlike) {
            return {.verdict = Verdict::No};
        }
        if (quality.change > kStill) {
            return {};
        }
        return {Verdict::Yes, std::clamp(1 - contrast, 0.0F, 1.0F), "view=covered"};
    }

    Hold::Times times_;
    bool does_black_count_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = fault_fields(8, 5);
    fields.push_back(
        {.name = "black_counts",
         .type = FieldType::Bool,
         .fallback = false,
         .help = "A black picture counts as covered. For places that are never without light."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    return std::make_unique<CameraCovered>(
        parse_fault_times(context.settings), context.settings.flag("black_counts")
    );
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "camera_covered",
         .help = "Something covers the lens.",
         .scope = Scope::WholePicture,
         .needs = {.view_quality = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::camera_covered
