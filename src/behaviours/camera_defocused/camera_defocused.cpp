// The picture has become blurred. Blur takes sharpness away but leaves most of the contrast;
// dimming, fog and rain take both. So sharpness is judged per grey level of contrast, against what
// is usual at the present brightness. A lens that drifts out of focus over hours is learnt as usual
// and not found.
#include "behaviours/fault.hpp"
#include "behaviours/view_baseline.hpp"

#include <algorithm>

namespace bongsu::behaviours::camera_defocused {
namespace {

constexpr float kContrastShare =
    0.5F;  ///< of the usual relative contrast: less is a cover, fog or rain
constexpr float kLeastContrast = 10;  ///< grey levels; an emptier picture has no edges to judge
constexpr float kClearMargin = 1.2F;  ///< the event ends above this multiple of the threshold

struct Memory {
    ViewBaseline usual;
    FaultEpisode episode;
};

class CameraDefocused final : public BehaviourWith<Memory> {
public:
    CameraDefocused(Hold::Times times, float share) : times_(times), share_(share) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        if (!scene.quality || scene.signal == SignalState::Lost) {
            return;
        }
        const FaultSign sign = judge(scene, *scene.quality, memory);
        if (sign.verdict == Verdict::No) {
            memory.usual.learn(*scene.quality, scene.time);
        }
        memory.episode.report(scene, sign, times_, sink);
    }

private:
    FaultSign judge(const Scene& scene, const ViewQuality& quality, const Memory& memory) const {
        if (is_view_blocked(scene) || quality.contrast < kLeastContrast) {
            return {};
        }
        const auto usual = memory.usual.usual_at(quality.mean_luma);
        if (!usual) {
            // Another light than was ever learnt: learn it, but do not end what goes on.
            return {.verdict = memory.episode.is_on() ? Verdict::Unknown : Verdict::No};
        }
        const ViewFigures now = ViewFigures::of(quality);
        if (now.relative_contrast < kContrastShare * usual->relative_contrast) {
            return {};
        }
        const float ratio = now.focus / std::max(usual->focus, 1e-3F);
        const float needed = memory.episode.is_on() ? share_ * kClearMargin : share_;
        if (ratio >= needed) {
            return {.verdict = Verdict::No};
        }
        return {Verdict::Yes, std::clamp(1 - ratio, 0.0F, 1.0F), "view=blurred"};
    }

    Hold::Times times_;
    float share_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = fault_fields(30, 10);
    fields.push_back(
        {.name = "sharpness_share",
         .type = FieldType::Number,
         .fallback = 0.5,
         .min = 0.1,
         .max = 0.9,
         .unit = "1",
         .help = "Below this share of its usual sharpness the picture counts as blurred."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    return std::make_unique<CameraDefocused>(
        parse_fault_times(context.settings),
        static_cast<float>(context.settings.number("sharpness_share"))
    );
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "camera_defocused",
         .help = "The picture has become blurred.",
         .scope = Scope::WholePicture,
         .needs = {.view_quality = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::camera_defocused
