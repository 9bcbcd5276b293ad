// The camera looks elsewhere: the picture is as rich and sharp as ever, but not the usual view. The
// event ends when the camera is turned back, or when triage has learnt the new view as its
// background.
#include "behaviours/fault.hpp"
#include "behaviours/view_baseline.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::behaviours::camera_turned {
namespace {

constexpr float kLeastUsualSimilarity =
    0.3F;  ///< a view that never resembles its background cannot be judged
constexpr float kSimilarity = 0.2F;
constexpr float kSimilarityShare = 0.4F;  ///< of the usual similarity
constexpr float kBackShare = 0.5F;        ///< of the usual similarity: the usual view again
constexpr float kContrastShare = 0.4F;    ///< of the usual relative contrast: less is a cover
constexpr float kFocusShare = 0.5F;       ///< of the usual focus: less is blur
constexpr float kSettled = 8;     ///< change between pictures; a camera on the move is judged later
constexpr float kLightStep = 20;  ///< grey levels, and
constexpr float kLightShare = 0.4F;  ///< share of the usual brightness, that make it another light
/// Shadows and infrared change edges; triage's background, whose memory is ten minutes, takes this
/// long to know them.
constexpr Duration kNewLight = std::chrono::minutes{5};

struct Memory {
    ViewBaseline usual;
    FaultEpisode episode;
    std::optional<WallTime> new_light;  ///< since when the brightness is far from the usual
};

class CameraTurned final : public BehaviourWith<Memory> {
public:
    explicit CameraTurned(Hold::Times times) : times_(times) {}

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
    static FaultSign judge(const Scene& scene, const ViewQuality& quality, Memory& memory) {
        const auto usual = memory.usual.latest();
        if (!usual) {
            return {.verdict = Verdict::No};
        }
        const bool is_new_light = note_light(scene.time, quality.mean_luma, usual->luma, memory);
        const ViewFigures now = ViewFigures::of(quality);
        if (now.similarity >= kBackShare * usual->similarity) {
            return {.verdict = Verdict::No};
        }
        const bool is_judgeable =
            !is_new_light && !is_view_blocked(scene) && quality.change <= kSettled &&
            usual->similarity >= kLeastUsualSimilarity &&
            now.relative_contrast >= kContrastShare * usual->relative_contrast &&
            now.focus >= kFocusShare * usual->focus;
        const float unlike = std::min(kSimilarity, kSimilarityShare * usual->similarity);
        if (!is_judgeable || now.similarity >= unlike) {
            return {};
        }
        const float confidence = 1 - std::max(now.similarity, 0.0F) / usual->similarity;
        return {Verdict::Yes, std::clamp(confidence, 0.0F, 1.0F), "view=other"};
    }

    /// Whether the light has changed too recently to compare edges.
    static bool note_light(WallTime now, float luma, float usual_luma, Memory& memory) {
        if (std::abs(luma - usual_luma) <= std::max(kLightStep, kLightShare * usual_luma)) {
            memory.new_light.reset();
            return false;
        }
        memory.new_light = memory.new_light.value_or(now);
        return now - *memory.new_light < kNewLight;
    }

    Hold::Times times_;
};

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    return std::make_unique<CameraTurned>(parse_fault_times(context.settings));
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "camera_turned",
         .help = "The camera looks elsewhere than usual.",
         .scope = Scope::WholePicture,
         .needs = {.view_quality = true},
         .schema = SettingsSchema(fault_fields(10, 10)),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::camera_turned
