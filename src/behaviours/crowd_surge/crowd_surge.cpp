// Many people come together at once: within a short while the number in an area grows by a share
// and by a number. Crowding is about how many there are, this about how fast.
#include "behaviours/crowd_surge/count_history.hpp"
#include "behaviours/hold.hpp"
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace bongsu::behaviours::crowd_surge {
namespace {

/// Once raised, a surge goes on while half of what came is still there, but no longer than so many
/// times the window: then the crowd is no news any more.
constexpr double kStays = 0.5;
constexpr int kLongest = 6;

struct SurgeSettings {
    PresenceSettings presence;
    double growth = 1;  ///< share
    double number = 8;
    Duration window{};
    Hold::Times times;
};

struct Surge {
    CountHistory history;
    Hold hold;
    EpisodeId episode;
    Finding finding;
    double base = 0;  ///< people before it began
    double peak = 0;
};

struct Memory {
    Visits visits;
    std::vector<Surge> surges;  ///< by place
};

class CrowdSurge final : public BehaviourWith<Memory> {
public:
    CrowdSurge(SurgeSettings settings, std::vector<Zone> zones)
        : settings_(std::move(settings)), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        if (scene.signal == SignalState::Lost) {
            return;
        }
        const std::vector<Place> places = places_of(zones_, scene);
        memory.visits.update(scene, places, settings_.presence);
        memory.surges.resize(places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            judge(scene, count(scene, places, i, memory.visits), memory.surges[i], sink);
        }
    }

private:
    Finding count(
        const Scene& scene, const std::vector<Place>& places, std::size_t place, Visits& visits
    ) const {
        Finding here{.zone = places[place].zone, .started = scene.time, .time = scene.time};
        for (const Visit& visit : visits.open()) {
            const bool is_here =
                !visit.was_outside && scene.time - visit.last_inside <= settings_.presence.gap;
            if (visit.place == place && is_here) {
                here.tracks.push_back(visit.tracks.back());
                here.box = enclosing(here.box, visit.box);
                here.confidence += visit.confidence();
            }
        }
        here.confidence /= static_cast<float>(std::max<std::size_t>(1, here.tracks.size()));
        return here;
    }

    void judge(const Scene& scene, Finding here, Surge& surge, EventSink& sink) const {
        // The first scenes of a camera that was asleep show people who have been there all along.
        if (scene.level == TriageLevel::T3) {
            surge.history.add(scene.time, static_cast<double>(here.tracks.size()));
        }
        const std::optional<double> now = surge.history.now();
        const std::optional<double> least = surge.history.least(settings_.window);
        Verdict verdict = Verdict::Unknown;
        if (surge.hold.is_on()) {
            surge.peak = std::max(surge.peak, now.value_or(0));
            const bool is_old = scene.time - surge.finding.started > settings_.window * kLongest;
            const double stays = surge.base + kStays * (surge.peak - surge.base);
            verdict = is_old || (now && *now < stays) ? Verdict::No : Verdict::Yes;
        } else if (now && least) {
            const bool has_grown =
                *now - *least >= settings_.number && *now >= *least * (1 + settings_.growth);
            verdict = has_grown ? Verdict::Yes : Verdict::No;
        }
        const Hold::Change change = surge.hold.update(scene.time, verdict, settings_.times);
        if (change == Hold::Change::Began) {
            surge.base = least.value_or(0);
            surge.peak = now.value_or(0);
            sink.propose();
        }
        report(change, std::move(here), surge, sink);
    }

    void report(Hold::Change change, Finding here, Surge& surge, EventSink& sink) const {
        here.detail = "count=" + std::to_string(here.tracks.size()) +
                      ";before=" + std::to_string(std::lround(surge.base));
        switch (change) {
            case Hold::Change::Began:
                here.started = surge.hold.since().value_or(here.time);
                surge.finding = here;
                surge.episode = sink.begin(std::move(here));
                break;
            case Hold::Change::Ended:
                sink.end(surge.episode, here.time);
                surge.history.forget();
                break;
            case Hold::Change::None:
                if (surge.hold.is_on()) {
                    here.started = surge.finding.started;
                    sink.update(surge.episode, std::move(here));
                }
                break;
        }
    }

    SurgeSettings settings_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = presence_fields(2.0);
    fields.push_back(
        {.name = "growth",
         .type = FieldType::Number,
         .fallback = 1.0,
         .min = 0.1,
         .max = 20,
         .unit = "1",
         .help = "By which share of what it was the number of people must grow; 1 doubles it."}
    );
    fields.push_back(
        {.name = "number",
         .type = FieldType::Integer,
         .fallback = 8,
         .min = 2,
         .max = 1000,
         .unit = "1",
         .help = "By how many people it must grow at least."}
    );
    fields.push_back(
        {.name = "window",
         .type = FieldType::Seconds,
         .fallback = 20.0,
         .min = 6,
         .max = 230,
         .unit = "s",
         .help = "Within which time."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    SurgeSettings settings;
    BONGSU_ASSIGN(settings.presence, parse_presence(given, context.path));
    settings.growth = given.number("growth");
    settings.number = static_cast<double>(given.integer("number"));
    settings.window = given.duration("window");
    settings.times = {
        .after = std::chrono::seconds{1},
        .clear_after = std::chrono::seconds{3},
        .tolerated_no = Duration{0},
        .samples = 3
    };
    return std::make_unique<CrowdSurge>(std::move(settings), context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "crowd_surge",
         .help = "Many people come together at once.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::crowd_surge
