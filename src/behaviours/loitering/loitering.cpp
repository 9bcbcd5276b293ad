// Someone stays in an area too long. The event is due when the dwell time is reached and is raised
// at the first look from then on that sees the person inside, or while he is hidden and was last
// seen so deep inside that he cannot have strolled out since.
// Who is seen inside for the first time came in since the look before, and who is then seen outside
// left since the look before: that time is shared, half a time between two looks at either end of
// the stay. The default of 10 s is the definition of the Korean performance test for intelligent
// CCTV (KISA, table of items).
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace bongsu::behaviours::loitering {
namespace {

/// A share of the dwell time; more is never added at one end to what was seen of a stay.
constexpr int kMostUnseen = 20;
/// The time between looks is a running mean over some eight of them.
constexpr int kLooksOfMean = 8;
/// Whoever stays about a place strolls at most so fast, body heights a second (1 m/s at 1.70 m).
constexpr float kStroll = 0.6F;

struct Memory {
    Visits visits;
    std::optional<WallTime> looked;
    Duration between{};  ///< two looks, in the mean

    void note(WallTime time) {
        if (looked && time > *looked) {
            const Duration step = time - *looked;
            between = between == Duration{} ? step : between + (step - between) / kLooksOfMean;
        }
        looked = time;
    }
};

class Loitering final : public BehaviourWith<Memory> {
public:
    Loitering(PresenceSettings presence, Duration dwell, std::vector<Zone> zones)
        : presence_(std::move(presence)), dwell_(dwell), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const std::vector<Place> places = places_of(zones_, scene);
        memory.note(scene.time);
        const Duration unseen = std::min(memory.between / 2, dwell_ / kMostUnseen);
        for (const Visit& visit : memory.visits.update(scene, places, presence_)) {
            sink.end(visit.episode, visit.last_inside);
        }
        for (Visit& visit : memory.visits.open()) {
            if (visit.episode != EpisodeId{}) {
                sink.update(visit.episode, finding(places, visit, scene.time));
            } else if (has_dwelt(visit, scene, unseen) && visit.is_mostly_inside()) {
                visit.episode = sink.begin(finding(places, visit, scene.time));
            }
        }
    }

private:
    /// `unseen`: what is not seen of a stay at one of its ends.
    bool has_dwelt(const Visit& visit, const Scene& scene, Duration unseen) const {
        const Duration stay = latest_inside(visit, scene) - visit.entered;
        return stay + (visit.was_outside ? 2 : 1) * unseen >= dwell_;
    }

    /// Who is hidden is still inside while he is too far from every border of the area to have
    /// reached one since he was seen.
    static WallTime latest_inside(const Visit& visit, const Scene& scene) {
        const auto hidden = static_cast<float>(to_seconds(scene.time - visit.last_inside));
        const bool is_inside =
            !visit.was_outside && std::isfinite(visit.depth) && hidden * kStroll < visit.depth;
        return is_inside ? scene.time : visit.last_inside;
    }

    Finding finding(const std::vector<Place>& places, const Visit& visit, WallTime now) const {
        const auto dwelt = std::chrono::duration_cast<std::chrono::seconds>(dwell_);
        return {
            .zone = places[visit.place].zone,
            .started = visit.entered,
            .time = std::min(visit.entered + dwell_, now),
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
