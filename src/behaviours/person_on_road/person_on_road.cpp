// Somebody is on the road on foot and not on a crossing. Riders and people in vehicles are traffic.
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/traffic/road.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace bongsu::behaviours::person_on_road {
namespace {

/// So near to a crossing, in body heights, people still use it.
constexpr float kBesideCrossing = 0.3F;
/// A person of whom so much lies in the box of a vehicle may sit in it or on it.
constexpr float kInVehicle = 0.5F;
/// Feet that end so far above the vehicle's lower edge, in heights of its box, are not before it.
constexpr float kAboveGround = 0.05F;
/// Body heights a second; who goes faster beside a bicycle rides it.
constexpr float kWalking = 1.4F;

/// Somebody who rides, drives or is driven.
bool is_in_traffic(const Scene& scene, const Track& person) {
    const float speed =
        std::hypot(person.velocity.x, person.velocity.y) / std::max(person.box.h, 1.0F);
    return std::ranges::any_of(scene.tracks, [&](const Track& other) {
        if (!is_vehicle(other.cls) || other.state == TrackState::Tentative) {
            return false;
        }
        const bool has_two_wheels =
            other.cls == ObjectClass::Bicycle || other.cls == ObjectClass::Motorcycle;
        const Box both = intersection(person.box, other.box);
        if (has_two_wheels) {
            const bool is_on_it = both.area() > kInVehicle * kInVehicle * other.box.area();
            return is_on_it && (other.cls == ObjectClass::Motorcycle || speed > kWalking);
        }
        return both.area() > kInVehicle * person.box.area() &&
               person.box.bottom() < other.box.bottom() - kAboveGround * other.box.h;
    });
}

struct RoadSettings {
    PresenceSettings presence;
    Duration dwell{};
};

struct Memory {
    Visits visits;
};

class PersonOnRoad final : public BehaviourWith<Memory> {
public:
    PersonOnRoad(RoadSettings settings, traffic::Road road)
        : settings_(std::move(settings)), road_(std::move(road)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        if (scene.signal == SignalState::Lost) {
            return;
        }
        const std::vector<Place> places = places_of(road_.areas, scene);
        const std::vector<Track> pedestrians = pedestrians_of(scene);
        Scene on_foot = scene;
        on_foot.tracks = pedestrians;
        for (const Visit& visit : memory.visits.update(on_foot, places, settings_.presence)) {
            if (visit.episode != EpisodeId{}) {
                sink.end(visit.episode, visit.last_inside);
            }
        }
        for (Visit& visit : memory.visits.open()) {
            if (visit.episode != EpisodeId{}) {
                sink.update(visit.episode, finding(places, visit));
            } else if (visit.inside >= settings_.dwell && visit.is_mostly_inside()) {
                sink.propose();
                visit.episode = sink.begin(finding(places, visit));
            }
        }
    }

private:
    /// Who is on foot; those on a crossing are left out, as if they were hidden.
    std::vector<Track> pedestrians_of(const Scene& scene) const {
        std::vector<Track> pedestrians;
        for (const Track& track : scene.tracks) {
            const float margin = kBesideCrossing * track.box.h;
            const bool is_off_crossing = road_.exempt.empty() ||
                                         traffic::area_at(road_, scene, track.box, margin) ||
                                         !traffic::area_at({road_.areas, {}}, scene, track.box, 0);
            if (settings_.presence.watches(track) && is_off_crossing &&
                !is_in_traffic(scene, track)) {
                pedestrians.push_back(track);
            }
        }
        return pedestrians;
    }

    Finding finding(const std::vector<Place>& places, const Visit& visit) const {
        const auto dwell = std::chrono::duration_cast<std::chrono::seconds>(settings_.dwell);
        return {
            .zone = places[visit.place].zone,
            .started = visit.entered,
            .time = visit.entered + settings_.dwell,
            .confidence = visit.confidence(),
            .tracks = visit.tracks,
            .box = visit.box,
            .detail = "dwell=" + std::to_string(dwell.count())
        };
    }

    RoadSettings settings_;
    traffic::Road road_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = presence_fields(2.0);
    std::erase_if(fields, [](const FieldSpec& field) {
        return field.name == "classes" || field.name == "hit_test" || field.name == "corners";
    });
    fields.push_back(
        {.name = "dwell",
         .type = FieldType::Seconds,
         .fallback = 3.0,
         .min = 0.5,
         .max = 600,
         .unit = "s",
         .help = "How long somebody must have been on the road outside the crossings."}
    );
    fields.push_back(traffic::exempt_field(
        "crossings", "Which of the rule's zones are crossings: people may be there."
    ));
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    RoadSettings settings;
    settings.presence.min_score = static_cast<float>(given.number("min_score"));
    settings.presence.gap = given.duration("gap");
    settings.presence.handover = static_cast<float>(given.number("handover"));
    settings.dwell = given.duration("dwell");
    BONGSU_ASSIGN(traffic::Road road, traffic::parse_road(context, "crossings"));
    return std::make_unique<PersonOnRoad>(std::move(settings), std::move(road));
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "person_on_road",
         .help = "Somebody is on the road on foot and not on a crossing.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::person_on_road
