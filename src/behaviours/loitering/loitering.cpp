// Someone stays in an area too long. The event is due when the dwell time is reached and is raised
// at the first look from then on that sees the person inside: never on a guess during an occlusion.
// The default of 10 s is the definition of the Korean performance test for intelligent CCTV (KISA,
// table of items).
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"

#include <utility>

namespace bongsu::behaviours::loitering {
namespace {

struct Memory {
    Visits visits;
};

class Loitering final : public BehaviourWith<Memory> {
public:
    Loitering(PresenceSettings presence, Duration dwell, std::vector<Zone> zones)
        : presence_(std::move(presence)), dwell_(dwell), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const std::vector<Place> places = places_of(zones_, scene);
        for (const Visit& visit : memory.visits.update(scene, places, presence_)) {
            sink.end(visit.episode, visit.last_inside);
        }
        for (Visit& visit : memory.visits.open()) {
            if (visit.episode != EpisodeId{}) {
                sink.update(visit.episode, finding(places, visit));
            } else if (visit.last_inside - visit.entered >= dwell_ && visit.is_mostly_inside()) {
                visit.episode = sink.begin(finding(places, visit));
            }
        }
    }

private:
    Finding finding(const std::vector<Place>& places, const Visit& visit) const {
        const auto dwelt = std::chrono::duration_cast<std::chrono::seconds>(dwell_);
        return {
            .zone = places[visit.place].zone,
            .started = visit.entered,
            .time = visit.entered + dwell_,
            .confidence = visit.confidence(),
            .tracks = visit.tracks,
            .box = visit.box,
            .detail = "dwell=" + std::to_string(dwelt.count())
        };
    }

    PresenceSettings presence_;
    Duration dwell_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = presence_fields(3.0);
    fields.push_back(
        {.name = "dwell",
         .type = FieldType::Seconds,
         .fallback = 10.0,
         .min = 1,
         .max = 86400,
         .unit = "s",
         .help = "How long someone must stay in the zone; time and start of the event tell when it "
                 "was due and since "
                 "when."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    BONGSU_ASSIGN(PresenceSettings presence, parse_presence(context.settings, context.path));
    return std::make_unique<Loitering>(
        std::move(presence), context.settings.duration("dwell"), context.zones
    );
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "loitering",
         .help = "Someone stays in an area longer than is usual there.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::loitering
