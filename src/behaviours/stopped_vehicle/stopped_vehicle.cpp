// A vehicle stands where vehicles should not. One minute is what the i-LIDS scenario "parked
// vehicle" of the UK Home Office asks. Vehicles that stand in a queue are not meant: a queue is
// several that stand at once, and each that creeps on stands anew.
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/stopped_vehicle/stop.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace bongsu::behaviours::stopped_vehicle {
namespace {

/// While a vehicle has stood for less than the rule asks, the camera is followed.
constexpr Duration kKeepLooking = std::chrono::seconds{3};
/// From then on a vehicle counts as one of a queue.
constexpr Duration kQueued = std::chrono::seconds{5};
/// A queue excuses nobody for longer than so many times the dwell time.
constexpr int kPatience = 3;
constexpr int kSightings = 4;

struct StoppedSettings {
    std::vector<ObjectClass> classes;
    Duration dwell{};
    std::int64_t queue = 0;  ///< 0: queues count too
    Stops::Limits limits;
};

struct Memory {
    Stops stops;
};

class StoppedVehicle final : public BehaviourWith<Memory> {
public:
    StoppedVehicle(StoppedSettings settings, traffic::Road road)
        : settings_(std::move(settings)), road_(std::move(road)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        if (scene.signal == SignalState::Lost) {
            return;
        }
        for (const Stop& stop :
             memory.stops.update(scene, road_, settings_.classes, settings_.limits)) {
            if (stop.episode != EpisodeId{}) {
                sink.end(stop.episode, stop.seen);
            }
        }
        const auto standing = std::ranges::count_if(memory.stops.open(), [&](const Stop& stop) {
            return stop.seen - stop.since >= kQueued;
        });
        const bool is_queue = settings_.queue > 0 && standing >= settings_.queue;
        for (Stop& stop : memory.stops.open()) {
            if (stop.episode != EpisodeId{}) {
                sink.update(stop.episode, finding(stop));
                continue;
            }
            const Duration stood = stop.seen - stop.since;
            stop.is_queued = stop.is_queued || is_queue;
            if (stood >= settings_.dwell * (stop.is_queued ? kPatience : 1) &&
                stop.sightings >= kSightings && stop.seen == scene.time) {
                sink.propose();
                stop.episode = sink.begin(finding(stop));
            } else if (stood >= kQueued && scene.second_look != nullptr) {
                scene.second_look->keep_looking(kKeepLooking);
            }
        }
    }

private:
    Finding finding(const Stop& stop) const {
        const auto dwell = std::chrono::duration_cast<std::chrono::seconds>(settings_.dwell);
        return {
            .zone = stop.zone,
            .started = stop.since,
            .time = stop.since + settings_.dwell,
            .confidence = std::clamp(stop.score, 0.0F, 1.0F),
            .tracks = stop.tracks,
            .box = stop.box,
            .detail = "dwell=" + std::to_string(dwell.count())
        };
    }

    StoppedSettings settings_;
    traffic::Road road_;
};

SettingsSchema schema() {
    FieldSpec classes = classes_field();
    classes.fallback = Value::List{"car", "bus", "truck", "motorcycle"};
    return SettingsSchema(
        {classes,
         {.name = "dwell",
          .type = FieldType::Seconds,
          .fallback = 60.0,
          .min = 5,
          .max = 86400,
          .unit = "s",
          .help = "How long a vehicle must have stood in the same place."},
         {.name = "moved",
          .type = FieldType::Number,
          .fallback = 0.35,
          .min = 0.1,
          .max = 2,
          .unit = "1",
          .help = "A vehicle that is further away than this, in lengths of its box, has moved."},
         {.name = "gap",
          .type = FieldType::Seconds,
          .fallback = 20.0,
          .min = 1,
          .max = 600,
          .unit = "s",
          .help = "A vehicle that was looked for so long without being seen has gone."},
         {.name = "queue",
          .type = FieldType::Integer,
          .fallback = 4,
          .min = 0,
          .max = 100,
          .unit = "1",
          .help = "So many vehicles that stand at once are a queue, which is given three times as "
                  "long; 0: never."},
         traffic::exempt_field(
             "parking", "Which of the rule's zones are for parking: standing there is allowed."
         )}
    );
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    StoppedSettings settings;
    BONGSU_ASSIGN(settings.classes, parse_classes(given, context.path));
    BONGSU_ASSIGN(traffic::Road road, traffic::parse_road(context, "parking"));
    settings.dwell = given.duration("dwell");
    settings.queue = given.integer("queue");
    settings.limits = {
        .moved = static_cast<float>(given.number("moved")), .gap = given.duration("gap")
    };
    return std::make_unique<StoppedVehicle>(std::move(settings), std::move(road));
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "stopped_vehicle",
         .help = "A vehicle stands where vehicles should not.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::stopped_vehicle
