// No pictures arrive from the camera.
#include "behaviours/fault.hpp"

namespace bongsu::behaviours::camera_lost {
namespace {

class CameraLost final : public BehaviourWith<FaultEpisode> {
public:
    explicit CameraLost(Hold::Times times) : times_(times) {}

protected:
    void look(const Scene& scene, FaultEpisode& episode, EventSink& sink) const override {
        const Verdict verdict = scene.signal == SignalState::Lost ? Verdict::Yes : Verdict::No;
        episode.report(scene, {.verdict = verdict, .detail = "signal=lost"}, times_, sink);
    }

private:
    Hold::Times times_;
};

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    Hold::Times times = parse_fault_times(context.settings);
    times.samples = 1;  // ingest is certain; without pictures, looks are rare
    return std::make_unique<CameraLost>(times);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "camera_lost",
         .help = "No pictures arrive from the camera.",
         .scope = Scope::WholePicture,
         .needs = {.signal = true},
         .schema = SettingsSchema(fault_fields(5, 3)),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::camera_lost
