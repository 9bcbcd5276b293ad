// Someone enters an area where nobody should be. One event per visit of an object, or with `join:
// zone` one per occupation of the area, from the first who comes to the last who leaves.
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace bongsu::behaviours::intrusion {
namespace {

struct IntrusionSettings {
    PresenceSettings presence;
    Duration min_presence{};
    float margin = 0;  ///< box heights
    bool is_joined = false;
};

struct Memory {
    Visits visits;
    std::map<std::size_t, EpisodeId> occupied;  ///< by place, with join: zone
};

class Intrusion final : public BehaviourWith<Memory> {
public:
    Intrusion(IntrusionSettings settings, std::vector<Zone> zones)
        : settings_(std::move(settings)), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const std::vector<Place> places = places_of(zones_, scene);
        const std::vector<Visit> ended = memory.visits.update(scene, places, settings_.presence);
        if (settings_.is_joined) {
            look_at_areas(scene, places, memory, sink);
            return;
        }
        for (const Visit& visit : ended) {
            sink.end(visit.episode, visit.last_inside);
        }
        for (Visit& visit : memory.visits.open()) {
            if (visit.episode != EpisodeId{}) {
                sink.update(visit.episode, finding(scene, places, visit));
            } else if (is_intrusion(visit)) {
                visit.episode = sink.begin(finding(scene, places, visit));
            }
        }
    }

private:
    bool is_intrusion(const Visit& visit) const {
        return visit.inside >= settings_.min_presence && visit.deepest >= settings_.margin &&
               visit.is_mostly_inside();
    }

    static Finding finding(
        const Scene& scene, const std::vector<Place>& places, const Visit& visit
    ) {
        return {
            .zone = places[visit.place].zone,
            .started = visit.entered,
            .time = scene.time,
            .confidence = visit.confidence(),
            .tracks = visit.tracks,
            .box = visit.box,
            .detail = ""
        };
    }

    void look_at_areas(
        const Scene& scene, const std::vector<Place>& places, Memory& memory, EventSink& sink
    ) const {
        std::map<std::size_t, Finding> found;
        for (Visit& visit : memory.visits.open()) {
            // Once an intruder, always one for the rest of the visit: the mark is any episode but
            // the empty one.
            if (visit.episode == EpisodeId{} && !is_intrusion(visit)) {
                continue;
            }
            visit.episode = EpisodeId{1};
            join(found, visit.place, finding(scene, places, visit));
        }
        for (auto& [place, all] : found) {
            all.detail = "count=" + std::to_string(all.tracks.size());
            const auto known = memory.occupied.find(place);
            if (known != memory.occupied.end()) {
                sink.update(known->second, all);
            } else {
                memory.occupied[place] = sink.begin(all);
            }
        }
        std::erase_if(memory.occupied, [&](const auto& entry) {
            const bool is_left = !found.contains(entry.first);
            if (is_left) {
                sink.end(entry.second, scene.time);
            }
            return is_left;
        });
    }

    static void join(std::map<std::size_t, Finding>& found, std::size_t place, Finding more) {
        const auto [at, is_first] = found.try_emplace(place, more);
        if (is_first) {
            at->second.tracks = {more.tracks.back()};
            return;
        }
        Finding& all = at->second;
        all.started = std::min(all.started, more.started);
        all.confidence = std::max(all.confidence, more.confidence);
        all.tracks.push_back(more.tracks.back());
        all.box = enclosing(all.box, more.box);
    }

    IntrusionSettings settings_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = presence_fields(1.0);
    fields.push_back(
        {.name = "min_presence",
         .type = FieldType::Seconds,
         .fallback = 0.4,
         .min = 0,
         .max = 60,
         .unit = "s",
         .help = "How long an object must have been seen inside before the event is raised."}
    );
    fields.push_back(
        {.name = "margin",
         .type = FieldType::Number,
         .fallback = 0.03,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "How far beyond the border an object must have come at least once, in heights of "
                 "its box."}
    );
    fields.push_back(
        {.name = "join",
         .type = FieldType::Choice,
         .fallback = "track",
         .choices = {"track", "zone"},
         .help = "track: one event per object and visit; zone: one event while anybody is inside."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    IntrusionSettings settings;
    BONGSU_ASSIGN(settings.presence, parse_presence(context.settings, context.path));
    settings.min_presence = context.settings.duration("min_presence");
    settings.margin = static_cast<float>(context.settings.number("margin"));
    settings.is_joined = context.settings.text("join") == "zone";
    return std::make_unique<Intrusion>(std::move(settings), context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "intrusion",
         .help = "Someone enters an area where nobody should be.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::intrusion
