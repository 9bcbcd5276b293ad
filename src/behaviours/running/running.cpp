// Somebody runs, for longer than to catch a bus.
#include "behaviours/kinematics.hpp"
#include "behaviours/place.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/size_map.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <utility>

namespace bongsu::behaviours::running {
namespace {

constexpr Duration kWindow = std::chrono::milliseconds{1500};
/// A pace below this share of the limit ends a run.
constexpr float kGoesOn = 0.75F;
/// A runner whose pace could not be measured for so long is given up.
constexpr Duration kUnknown = std::chrono::seconds{2};

struct RunningSettings {
    float speed = 1.6F;  ///< body heights a second
    Duration duration = std::chrono::seconds{3};
    GroundPlane plane;
};

struct Run {
    WallTime since;
    WallTime measured;  ///< latest time that his pace was known
    WallTime ran;       ///< latest time that it was that of a runner
    float fastest = 0;
    bool is_proposed = false;
    EpisodeId episode;
};

struct Memory {
    SizeMap sizes;
    std::map<TrackId, Run> runs;
};

class Running final : public BehaviourWith<Memory> {
public:
    Running(RunningSettings settings, std::vector<Zone> zones)
        : settings_(settings), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        memory.sizes.learn(scene, settings_.plane);
        for (const Track& track : scene.tracks) {
            if (track.cls == ObjectClass::Person && track.state == TrackState::Confirmed) {
                judge(scene, track, memory, sink);
            }
        }
        std::erase_if(memory.runs, [&](const auto& entry) {
            const bool is_over = scene.time - entry.second.measured > kUnknown;
            if (is_over) {
                sink.end(entry.second.episode, entry.second.measured);
            }
            return is_over;
        });
    }

private:
    void judge(const Scene& scene, const Track& track, Memory& memory, EventSink& sink) const {
        const std::optional<Pace> pace = pace_of(track, scene.time, kWindow, memory.sizes);
        if (!pace) {
            return;
        }
        const auto known = memory.runs.find(track.id);
        const bool is_running = known != memory.runs.end();
        const float limit = is_running ? kGoesOn * settings_.speed : settings_.speed;
        if (pace->speed < limit || is_riding(track, scene.tracks)) {
            if (is_running) {
                sink.end(known->second.episode, scene.time);
                memory.runs.erase(known);
            }
            return;
        }
        Run& run = memory.runs[track.id];
        if (!is_running) {
            run.since = scene.time - pace->spanned / 2;
        }
        run.measured = scene.time;
        run.ran = pace->speed >= settings_.speed ? scene.time : run.ran;
        run.fastest = std::max(run.fastest, pace->speed);
        report(scene, track, run, sink);
    }

    void report(const Scene& scene, const Track& track, Run& run, EventSink& sink) const {
        if (!std::exchange(run.is_proposed, true)) {
            sink.propose();
        }
        if (run.episode == EpisodeId{} && run.ran - run.since < settings_.duration) {
            return;
        }
        for (const Place& place : places_of(zones_, scene)) {
            if (!hit(place, track.box, HitTest::Foot, 1).is_inside) {
                continue;
            }
            Finding found = finding(scene, track, run, place.zone);
            if (run.episode == EpisodeId{}) {
                run.episode = sink.begin(std::move(found));
            } else {
                sink.update(run.episode, std::move(found));
            }
            return;
        }
    }

    static Finding finding(
        const Scene& scene, const Track& track, const Run& run, const ZoneId& zone
    ) {
        std::array<char, 32> detail{};
        std::snprintf(
            detail.data(),
            detail.size(),
            "speed=%.1f;unit=heights_per_s",
            static_cast<double>(run.fastest)
        );
        return {
            .zone = zone,
            .started = run.since,
            .time = scene.time,
            .confidence = track.score,
            .tracks = {track.id},
            .box = track.box,
            .detail = detail.data()
        };
    }

    RunningSettings settings_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = ground_plane_fields();
    fields.push_back(
        {.name = "speed",
         .type = FieldType::Number,
         .fallback = 1.6,
         .min = 0.5,
         .max = 10,
         .unit = "heights/s",
         .help = "From here on it is running; walking is about 0.8 body heights a second. Higher "
                 "for cameras that look down steeply."}
    );
    fields.push_back(
        {.name = "duration",
         .type = FieldType::Seconds,
         .fallback = 3.0,
         .min = 1,
         .max = 60,
         .unit = "s",
         .help = "How long somebody must run."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    RunningSettings settings;
    settings.speed = static_cast<float>(context.settings.number("speed"));
    settings.duration = context.settings.duration("duration");
    BONGSU_ASSIGN(settings.plane, parse_ground_plane(context.settings, context.path));
    return std::make_unique<Running>(settings, context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "running",
         .help = "Somebody runs.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::running
