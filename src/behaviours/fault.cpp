#include "behaviours/fault.hpp"

#include <algorithm>

namespace bongsu::behaviours {
namespace {

/// Share of the picture that one object must fill to make the view unjudgeable.
constexpr float kBlockingShare = 0.3F;

}  // namespace

std::vector<FieldSpec> fault_fields(double after, double clear_after) {
    return {
        {.name = "after",
         .type = FieldType::Seconds,
         .fallback = after,
         .min = 0,
         .max = 3600,
         .unit = "s",
         .help = "How long the fault must last before the event is raised."},
        {.name = "clear_after",
         .type = FieldType::Seconds,
         .fallback = clear_after,
         .min = 0,
         .max = 3600,
         .unit = "s",
         .help = "How long the view must be good again before the event ends."}
    };
}

Hold::Times parse_fault_times(const Settings& settings) {
    return {
        .after = settings.duration("after"),
        .clear_after = settings.duration("clear_after"),
        .tolerated_no = Duration{0},
        .samples = 3
    };
}

void FaultEpisode::report(
    const Scene& scene, const FaultSign& sign, const Hold::Times& times, EventSink& sink
) {
    const Hold::Change change = hold_.update(scene.time, sign.verdict, times);
    if (change == Hold::Change::Ended) {
        sink.end(episode_, *hold_.ceased());
        return;
    }
    if (!hold_.is_on()) {
        return;
    }
    if (sign.verdict == Verdict::Yes) {
        last_.started = *hold_.since();
        last_.time = scene.time;
        last_.confidence = sign.confidence;
        last_.detail = sign.detail;
    }
    if (change == Hold::Change::Began) {
        episode_ = sink.begin(last_);
    } else {
        sink.update(episode_, last_);
    }
}

bool is_view_blocked(const Scene& scene) {
    const float picture = static_cast<float>(scene.width) * static_cast<float>(scene.height);
    return std::ranges::any_of(scene.tracks, [&](const Track& track) {
        return track.state != TrackState::Lost && track.box.area() > kBlockingShare * picture;
    });
}

}  // namespace bongsu::behaviours
