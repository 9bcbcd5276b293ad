// Some people go against the stream of the many: at an exit, on a stair, in a one-way passage.
#include "behaviours/counter_flow/flow.hpp"
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace bongsu::behaviours::counter_flow {
namespace {

/// Against the stream is within 45 degrees of its opposite.
constexpr float kAgainst = -0.7F;
/// Who has not gone against it for so long does not any more.
constexpr Duration kEndsAfter = std::chrono::seconds{3};
constexpr std::size_t kMostPeople = 256;

struct FlowSettings {
    PresenceSettings presence;
    std::size_t many = 6;
    double share = 0.7;
    std::size_t some = 1;
    Duration hold{};
    Duration window{};
    float least_way = 0.4F;  ///< body heights in two seconds
};

/// Somebody who goes against the stream.
struct Opposing {
    WallTime since;
    WallTime seen;
    Course course;
};

struct Flow {
    Stream stream;
    std::map<TrackId, Opposing> opposing;
    EpisodeId episode;
    WallTime started;
};

struct Memory {
    std::vector<Flow> flows;  ///< by place
};

class CounterFlow final : public BehaviourWith<Memory> {
public:
    CounterFlow(FlowSettings settings, std::vector<Zone> zones)
        : settings_(std::move(settings)), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        if (scene.signal == SignalState::Lost) {
            return;
        }
        const std::vector<Place> places = places_of(zones_, scene);
        memory.flows.resize(places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            observe(scene, places[i], memory.flows[i]);
            report(scene, places[i], memory.flows[i], sink);
        }
    }

private:
    void observe(const Scene& scene, const Place& place, Flow& flow) const {
        std::vector<Course> courses;
        for (const Track& track : scene.tracks) {
            const bool is_here =
                track.state == TrackState::Confirmed && settings_.presence.watches(track) &&
                hit(place, track.box, settings_.presence.hit_test, settings_.presence.corners_needed
                )
                    .is_inside;
            if (const auto course =
                    is_here ? course_of(track, scene.time, settings_.least_way) : std::nullopt) {
                courses.push_back(*course);
                flow.stream.add(*course);
            }
        }
        flow.stream.forget_before(scene.time - settings_.window);
        const std::optional<Point> stream = flow.stream.direction(settings_.many, settings_.share);
        for (const Course& course : courses) {
            if (!stream || along(*stream, course.direction) > kAgainst) {
                continue;
            }
            if (flow.opposing.size() >= kMostPeople && !flow.opposing.contains(course.track)) {
                continue;
            }
            const auto [at, is_new] = flow.opposing.try_emplace(course.track);
            at->second.since = is_new ? scene.time : at->second.since;
            at->second.seen = scene.time;
            at->second.course = course;
        }
        std::erase_if(flow.opposing, [&](const auto& entry) {
            return scene.time - entry.second.seen > kEndsAfter;
        });
    }

    void report(const Scene& scene, const Place& place, Flow& flow, EventSink& sink) const {
        Finding finding{.zone = place.zone, .started = scene.time, .time = scene.time};
        for (const auto& [track, opposing] : flow.opposing) {
            if (opposing.seen - opposing.since < settings_.hold) {
                continue;
            }
            finding.tracks.push_back(track);
            finding.started = std::min(finding.started, opposing.since);
            finding.confidence = std::max(finding.confidence, opposing.course.score);
            finding.box = enclosing(finding.box, opposing.course.box);
        }
        finding.detail = "count=" + std::to_string(finding.tracks.size());
        const bool is_on = flow.episode != EpisodeId{};
        if (!is_on && finding.tracks.size() >= settings_.some) {
            sink.propose();
            flow.started = finding.started;
            flow.episode = sink.begin(std::move(finding));
        } else if (is_on && finding.tracks.empty()) {
            sink.end(std::exchange(flow.episode, EpisodeId{}), scene.time);
        } else if (is_on) {
            finding.started = flow.started;
            sink.update(flow.episode, std::move(finding));
        }
    }

    FlowSettings settings_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = watch_fields();
    fields.push_back(
        {.name = "many",
         .type = FieldType::Integer,
         .fallback = 6,
         .min = 2,
         .max = 200,
         .unit = "1",
         .help = "So many people, at least, must go one way to be a stream."}
    );
    fields.push_back(
        {.name = "share",
         .type = FieldType::Number,
         .fallback = 0.7,
         .min = 0.5,
         .max = 1,
         .unit = "1",
         .help = "And so large a share of all who move."}
    );
    fields.push_back(
        {.name = "some",
         .type = FieldType::Integer,
         .fallback = 1,
         .min = 1,
         .max = 200,
         .unit = "1",
         .help = "So many must go against it."}
    );
    fields.push_back(
        {.name = "hold",
         .type = FieldType::Seconds,
         .fallback = 2.0,
         .min = 0,
         .max = 60,
         .unit = "s",
         .help = "For so long."}
    );
    fields.push_back(
        {.name = "window",
         .type = FieldType::Seconds,
         .fallback = 20.0,
         .min = 2,
         .max = 300,
         .unit = "s",
         .help = "How long those who have passed go on counting as part of the stream."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    FlowSettings settings;
    BONGSU_ASSIGN(settings.presence, parse_watch(given, context.path));
    settings.many = static_cast<std::size_t>(given.integer("many"));
    settings.share = given.number("share");
    settings.some = static_cast<std::size_t>(given.integer("some"));
    settings.hold = given.duration("hold");
    settings.window = given.duration("window");
    return std::make_unique<CounterFlow>(std::move(settings), context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "counter_flow",
         .help = "Some people go against the stream of the many.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::counter_flow
