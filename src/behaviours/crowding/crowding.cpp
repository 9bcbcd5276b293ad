// Too many people in an area, by number, by density or both. People who are followed stay counted
// over missed detections for the gap tolerance, so that a flickering count raises nothing and ends
// nothing. In a dense crowd many cannot be followed: then everybody is counted by second looks.
#include "behaviours/crowding/census.hpp"
#include "behaviours/hold.hpp"
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace bongsu::behaviours::crowding {
namespace {

struct CrowdSettings {
    PresenceSettings presence;
    std::optional<double> count;  ///< threshold, people
    std::optional<double>
        density;  ///< threshold, people per square metre, or per picture without area_m2
    std::optional<double> area_m2;
    double release = 0;          ///< share of the threshold
    std::vector<double> levels;  ///< multiples of the threshold, ascending
    Hold::Times times;
    bool counts_everybody = false;  ///< by second looks, not by tracks
};

struct Memory {
    struct Crowd {
        Hold hold;
        EpisodeId episode;
    };

    Visits visits;
    Census census;
    std::vector<Crowd> crowds;  ///< by place
};

/// What is in one place now.
struct Load {
    std::vector<TrackId> tracks;  ///< of those who are followed
    double people = 0;
    Box box;
    float confidence = 0;
    double density = 0;
    double ratio = 0;  ///< to the nearest threshold; 1 = reached
};

class Crowding final : public BehaviourWith<Memory> {
public:
    Crowding(CrowdSettings settings, std::vector<Zone> zones)
        : settings_(std::move(settings)), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const std::vector<Place> places = places_of(zones_, scene);
        memory.crowds.resize(places.size());
        if (settings_.counts_everybody) {
            look_at_everybody(scene, places, memory, sink);
            return;
        }
        memory.visits.update(scene, places, settings_.presence);
        for (std::size_t i = 0; i < places.size(); ++i) {
            judge(scene, places[i].zone, load_of(scene, i, memory.visits), memory.crowds[i], sink);
        }
    }

private:
    /// Between two looks nothing is judged; without any for a minute there is no crowd to speak of.
    void look_at_everybody(
        const Scene& scene, const std::vector<Place>& places, Memory& memory, EventSink& sink
    ) const {
        const bool is_new = memory.census.update(scene, places, settings_.presence);
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::optional<Headcount> count = memory.census.count(i, scene.time);
            if (is_new || !count) {
                const Headcount known = count.value_or(Headcount{});
                Load load{.people = known.people, .box = known.box, .confidence = known.sureness};
                weigh(load, i);
                judge(scene, places[i].zone, load, memory.crowds[i], sink);
            }
        }
    }

    Load load_of(const Scene& scene, std::size_t place, Visits& visits) const {
        Load load;
        float score_sum = 0;
        for (const Visit& visit : visits.open()) {
            const bool is_here =
                !visit.was_outside && scene.time - visit.last_inside <= settings_.presence.gap;
            if (visit.place == place && is_here) {
                load.tracks.push_back(visit.tracks.back());
                load.box = enclosing(load.box, visit.box);
                score_sum += visit.confidence();
            }
        }
        load.people = static_cast<double>(load.tracks.size());
        load.confidence = score_sum / std::max(1.0F, static_cast<float>(load.people));
        weigh(load, place);
        return load;
    }

    void weigh(Load& load, std::size_t place) const {
        load.density = load.people / area_of(place);
        if (settings_.count) {
            load.ratio = load.people / *settings_.count;
        }
        if (settings_.density) {
            load.ratio = std::max(load.ratio, load.density / *settings_.density);
        }
    }

    double area_of(std::size_t place) const {
        if (settings_.area_m2) {
            return *settings_.area_m2;
        }
        return zones_.empty() ? 1.0 : static_cast<double>(area(zones_[place].corners));
    }

    void judge(
        const Scene& scene,
        const ZoneId& zone,
        const Load& load,
        Memory::Crowd& crowd,
        EventSink& sink
    ) const {
        const double needed = crowd.hold.is_on() ? settings_.release : 1.0;
        // Ratios of whole numbers of people: a thousandth forgives rounding and nothing else.
        const Verdict verdict = load.ratio >= needed - 1e-3 ? Verdict::Yes : Verdict::No;
        switch (crowd.hold.update(scene.time, verdict, settings_.times)) {
            case Hold::Change::Began:
                crowd.episode = sink.begin(finding(scene, zone, load, crowd));
                break;
            case Hold::Change::Ended:
                sink.end(crowd.episode, *crowd.hold.ceased());
                break;
            case Hold::Change::None:
                if (crowd.hold.is_on()) {
                    sink.update(crowd.episode, finding(scene, zone, load, crowd));
                }
                break;
        }
    }

    Finding finding(
        const Scene& scene, const ZoneId& zone, const Load& load, const Memory::Crowd& crowd
    ) const {
        const auto level = std::ranges::count_if(settings_.levels, [&](double multiple) {
            return load.ratio >= multiple - 1e-3;
        });
        std::array<char, 96> detail{};
        std::snprintf(
            detail.data(),
            detail.size(),
            "count=%.0f;density=%.3g;unit=%s;level=%ld",
            load.people,
            load.density,
            settings_.area_m2 ? "per_m2" : "per_picture",
            static_cast<long>(level)
        );
        return {
            .zone = zone,
            .started = crowd.hold.since().value_or(scene.time),
            .time = scene.time,
            .confidence = load.confidence,
            .tracks = load.tracks,
            .box = load.box,
            .detail = detail.data()
        };
    }

    CrowdSettings settings_;
    std::vector<Zone> zones_;
};

std::vector<FieldSpec> threshold_fields() {
    return {
        {.name = "count",
         .type = FieldType::Integer,
         .min = 1,
         .max = 10000,
         .unit = "1",
         .help = "So many people in the zone are too many. Give count, density or both.",
         .is_optional = true},
        {.name = "density",
         .type = FieldType::Number,
         .min = 0.001,
         .max = 100000,
         .unit = "1",
         .help = "So many people per square metre (with area_m2), or per whole picture (without), "
                 "are too many.",
         .is_optional = true},
        {.name = "area_m2",
         .type = FieldType::Number,
         .min = 0.1,
         .max = 1e6,
         .unit = "m2",
         .help = "Ground area of the zone, measured on site or on a map.",
         .is_optional = true},
        {.name = "levels",
         .type = FieldType::NumberList,
         .fallback = Value::List{1.0, 1.5, 2.0},
         .unit = "1",
         .help =
             "Multiples of the threshold at which level 1, 2, 3 ... of the event's detail begin."},
        {.name = "hold",
         .type = FieldType::Seconds,
         .fallback = 3.0,
         .min = 0,
         .max = 3600,
         .unit = "s",
         .help = "How long the threshold must be reached before the event is raised."},
        {.name = "release",
         .type = FieldType::Number,
         .fallback = 0.8,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "The event goes on while this share of the threshold is reached."},
        {.name = "clear_after",
         .type = FieldType::Seconds,
         .fallback = 3.0,
         .min = 0,
         .max = 3600,
         .unit = "s",
         .help = "How long there must be fewer people than that before the event ends."},
        {.name = "counting",
         .type = FieldType::Choice,
         .fallback = "tracks",
         .choices = {"tracks", "everybody"},
         .help = "tracks: people who are followed; everybody: a look at the whole picture in "
                 "enlarged parts every five seconds, which also counts half hidden and far "
                 "people; for crowds of more than about ten."}
    };
}

SettingsSchema schema() {
    std::vector<FieldSpec> fields = presence_fields(1.5);
    std::ranges::move(threshold_fields(), std::back_inserter(fields));
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    CrowdSettings settings;
    BONGSU_ASSIGN(settings.presence, parse_presence(given, context.path));
    if (!given.has("count") && !given.has("density")) {
        return fail(
            ErrorKind::InvalidArgument,
            "count_or_density"_code,
            context.path + ": give count, density or both"
        );
    }
    if (given.has("count")) {
        settings.count = static_cast<double>(given.integer("count"));
    }
    if (given.has("density")) {
        settings.density = given.number("density");
    }
    if (given.has("area_m2")) {
        settings.area_m2 = given.number("area_m2");
        if (context.zones.size() > 1) {
            return fail(
                ErrorKind::InvalidArgument,
                "one_zone_only"_code,
                context.path + ".area_m2 belongs to one zone; write one rule for each measured zone"
            );
        }
    }
    settings.levels = given.numbers("levels");
    if (!std::ranges::is_sorted(settings.levels)) {
        return fail(
            ErrorKind::InvalidArgument,
            "must_ascend"_code,
            context.path + ".levels must ascend, such as [1, 1.5, 2]"
        );
    }
    settings.counts_everybody = given.text("counting") == "everybody";
    settings.release = given.number("release");
    settings.times = {
        .after = given.duration("hold"),
        .clear_after = given.duration("clear_after"),
        .tolerated_no = settings.presence.gap,
        .samples = 2
    };
    return std::make_unique<Crowding>(std::move(settings), context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "crowding",
         .help = "Too many people in an area, by number or by density.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::crowding
