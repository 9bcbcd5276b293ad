// The camera sends the same picture again and again. Pictures of a living sensor always differ by
// noise; that two of them agree bit for bit happens in quiet night streams now and then, for
// seconds on end it does not.
#include "behaviours/fault.hpp"

namespace bongsu::behaviours::camera_frozen {
namespace {

class CameraFrozen final : public BehaviourWith<FaultEpisode> {
public:
    explicit CameraFrozen(Hold::Times times) : times_(times) {}

protected:
    void look(const Scene& scene, FaultEpisode& episode, EventSink& sink) const override {
        Verdict verdict = Verdict::Unknown;
        if (scene.quality && scene.signal == SignalState::Up) {
            verdict = scene.quality->is_identical ? Verdict::Yes : Verdict::No;
        }
        episode.report(scene, {.verdict = verdict, .detail = "picture=identical"}, times_, sink);
    }

private:
    Hold::Times times_;
};

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    Hold::Times times = parse_fault_times(context.settings);
    times.samples = 5;
    return std::make_unique<CameraFrozen>(times);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "camera_frozen",
         .help = "The camera sends the same picture again and again.",
         .scope = Scope::WholePicture,
         .needs = {.view_quality = true},
         .schema = SettingsSchema(fault_fields(15, 2)),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::camera_frozen
