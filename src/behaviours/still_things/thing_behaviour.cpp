#include "behaviours/still_things/thing_behaviour.hpp"

#include "behaviours/place.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace bongsu::behaviours::still_things {
namespace {

/// From this sure a pose estimator is, what lies there is somebody.
constexpr float kIsSomebody = 0.5F;

struct Memory {
    ThingWatch watch;
};

class ThingBehaviour final : public BehaviourWith<Memory> {
public:
    ThingBehaviour(ThingRules rules, std::vector<Zone> zones)
        : rules_(rules), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const ThingWatch::Outcome outcome = memory.watch.look(scene, rules_);
        for (const Thing& thing : outcome.ended) {
            if (thing.episode != EpisodeId{}) {
                sink.end(thing.episode, scene.time);
            }
        }
        for (int i = 0; i < outcome.noticed; ++i) {
            sink.propose();
        }
        for (Thing& thing : memory.watch.things()) {
            if (thing.episode != EpisodeId{}) {
                sink.update(thing.episode, finding(scene, thing));
            } else if (ThingWatch::is_due(thing, scene, rules_)) {
                raise(scene, thing, sink);
            }
        }
    }

private:
    void raise(const Scene& scene, Thing& thing, EventSink& sink) const {
        if (!zone_around(zones_, scene, thing.box, HitTest::Foot)) {
            return;
        }
        if (is_somebody(scene, thing)) {
            thing.is_over = true;
            return;
        }
        thing.episode = sink.begin(finding(scene, thing));
    }

    /// Somebody who lies or sits where the detector does not see him.
    bool is_somebody(const Scene& scene, const Thing& thing) const {
        if (scene.second_look == nullptr || rules_.wanted != Change::Came) {
            return false;
        }
        const auto pose = scene.second_look->pose(thing.box);
        return pose && pose->score >= kIsSomebody;
    }

    Finding finding(const Scene& scene, const Thing& thing) const {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
            rules_.waits ? rules_.left_for : rules_.rest
        );
        const float contrast = rules_.wanted == Change::Went ? 1 / thing.edges : thing.edges;
        return {
            .zone = zone_around(zones_, scene, thing.box, HitTest::Foot).value_or(ZoneId{}),
            .started = thing.came,
            .time = scene.time,
            .confidence = std::clamp(0.6F + 0.15F * (contrast - 1), 0.6F, 0.95F),
            .tracks = thing.keepers.tracks(),
            .box = thing.box,
            .detail = (rules_.waits ? "left_for=" : "gone_for=") + std::to_string(seconds.count())
        };
    }

    ThingRules rules_;
    std::vector<Zone> zones_;
};

}  // namespace

std::unique_ptr<Behaviour> make_thing_behaviour(ThingRules rules, std::vector<Zone> zones) {
    return std::make_unique<ThingBehaviour>(rules, std::move(zones));
}

std::vector<FieldSpec> size_fields(const std::string& unit) {
    return {
        {.name = "largest",
         .type = FieldType::Number,
         .fallback = 0.8,
         .min = 0.1,
         .max = 3,
         .unit = "1",
         .help = "Longer side of the largest thing, " + unit + "."},
        {.name = "smallest",
         .type = FieldType::Number,
         .fallback = 0.1,
         .min = 0.02,
         .max = 1,
         .unit = "1",
         .help = "Longer side of the smallest thing, " + unit + "."}
    };
}

}  // namespace bongsu::behaviours::still_things
