#include "scenelog/activity.hpp"

#include <algorithm>

namespace bongsu::scenelog {
namespace {

constexpr Duration kLeastStep = std::chrono::milliseconds{100};
constexpr std::int64_t kMostSteps = 1'000'000;

ActivityStep count(const Scene& scene) {
    ActivityStep now;
    for (const Track& track : scene.tracks) {
        if (track.state != TrackState::Confirmed) {
            continue;
        }
        auto& number = track.cls == ObjectClass::Person ? now.people
                       : is_vehicle(track.cls)          ? now.vehicles
                                                        : now.others;
        ++number;
    }
    return now;
}

}  // namespace

Result<std::vector<ActivityStep>> activity(
    const SceneReader& reader, const CameraId& camera, TimeSpan span, Duration step
) {
    if (step < kLeastStep || (span.to - span.from) / step >= kMostSteps) {
        return fail(
            ErrorKind::InvalidArgument,
            "the steps of activity are too short: at least 0.1 s, at most 1,000,000 of them"
        );
    }
    const auto size = std::max<std::int64_t>(0, (span.to - span.from + step - Duration{1}) / step);
    std::vector<ActivityStep> steps(static_cast<std::size_t>(size));
    const auto read = reader.read_busy(camera, span, [&](const Scene& scene) {
        const ActivityStep now = count(scene);
        ActivityStep& most = steps[static_cast<std::size_t>((scene.time - span.from) / step)];
        most.people = std::max(most.people, now.people);
        most.vehicles = std::max(most.vehicles, now.vehicles);
        most.others = std::max(most.others, now.others);
        return true;
    });
    if (!read) {
        return fail(read.error());
    }
    return steps;
}

}  // namespace bongsu::scenelog
