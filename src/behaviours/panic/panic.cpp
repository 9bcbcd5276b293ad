// Many people who walked or stood begin to run at the same time.
#include "behaviours/kinematics.hpp"
#include "behaviours/place.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/size_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>

namespace bongsu::behaviours::panic {
namespace {

constexpr Duration kWindow = std::chrono::milliseconds{1200};
/// Who is slower than this share of the limit does not run.
constexpr float kCalm = 0.6F;
/// Somebody counts as a runner for so long after he was seen to run: looks do not see all at once.
constexpr Duration kStillRuns = std::chrono::milliseconds{1500};
/// Mean direction of all runners, 0..1: above, they run one way.
constexpr float kOneWay = 0.8F;
/// Trackers lose whoever sets off faster than they expect, and find him again as somebody new.
/// Nobody gets further than so many body heights a second meanwhile, and half a height for the
/// boxes.
constexpr float kFastest = 4;
constexpr float kBoxes = 0.5F;
/// The event ends when so long fewer than half of the people needed run.
constexpr Duration kOver = std::chrono::seconds{3};

struct PanicSettings {
    int people = 5;
    float share = 0.5F;
    float speed = 1.5F;  ///< body heights a second
    Duration together = std::chrono::seconds{4};
    GroundPlane plane;
};

struct Runner {
    WallTime seen{};     ///< latest time that he was detected
    WallTime calm{};     ///< latest time that he did not run
    WallTime started{};  ///< of running, after calm
    WallTime ran{};      ///< latest time that he ran
    Point direction;
    Box box;
};

struct Memory {
    SizeMap sizes;
    std::map<TrackId, Runner> people;
    EpisodeId episode;
    WallTime last_true{};
};

class Panic final : public BehaviourWith<Memory> {
public:
    Panic(PanicSettings settings, std::vector<Zone> zones)
        : settings_(settings), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        memory.sizes.learn(scene, settings_.plane);
        measure(scene, memory);
        const std::vector<TrackId> runners = runners_of(scene, memory);
        const auto count = static_cast<int>(runners.size());
        const auto needed =
            settings_.share * static_cast<float>(std::max<std::size_t>(memory.people.size(), 1));
        const bool is_panic = count >= settings_.people && static_cast<float>(count) >= needed;
        if (memory.episode == EpisodeId{}) {
            if (is_panic) {
                sink.propose();
                memory.episode = sink.begin(finding(scene, memory, runners));
                memory.last_true = scene.time;
            }
            return;
        }
        if (2 * count >= settings_.people) {
            memory.last_true = scene.time;
            sink.update(memory.episode, finding(scene, memory, runners));
        } else if (scene.time - memory.last_true > kOver) {
            sink.end(std::exchange(memory.episode, {}), memory.last_true);
        }
    }

private:
    void measure(const Scene& scene, Memory& memory) const {
        const std::vector<Place> places = places_of(zones_, scene);
        for (const Track& track : scene.tracks) {
            const bool counts = track.cls == ObjectClass::Person &&
                                track.state == TrackState::Confirmed &&
                                std::ranges::any_of(places, [&](const Place& place) {
                                    return hit(place, track.box, HitTest::Foot, 1).is_inside;
                                });
            const auto pace =
                counts ? pace_of(track, scene.time, kWindow, memory.sizes) : std::nullopt;
            if (!pace || is_riding(track, scene.tracks)) {
                continue;
            }
            Runner& person = memory.people[track.id];
            person.seen = track.last_seen;
            person.box = track.box;
            if (pace->speed < kCalm * settings_.speed) {
                person.calm = scene.time;
            } else if (pace->speed >= settings_.speed) {
                if (person.calm == WallTime{}) {
                    person.calm = take_over_calm(track, memory.people);
                }
                person.started = person.started > person.calm ? person.started : scene.time;
                person.ran = scene.time;
                person.direction = pace->direction;
            }
        }
        std::erase_if(memory.people, [&](const auto& entry) {
            return scene.time - std::max(entry.second.calm, entry.second.ran) > kOver;
        });
    }

    /// When the calm person was last calm who vanished where this runner first appeared: one person
    /// under two numbers. Never, where there is none: he came running.
    static WallTime take_over_calm(const Track& runner, std::map<TrackId, Runner>& people) {
        const TrackPoint& first = runner.history.front();
        auto nearest = people.end();
        float nearest_way = std::numeric_limits<float>::infinity();
        for (auto other = people.begin(); other != people.end(); ++other) {
            const Runner& before = other->second;
            const bool is_gone = before.seen < runner.first_seen && before.calm != WallTime{};
            const auto hidden = static_cast<float>(to_seconds(runner.first_seen - before.seen));
            const float way = distance(first.box.foot(), before.box.foot());
            const float reach = (kFastest * hidden + kBoxes) * before.box.h;
            if (other->first != runner.id && is_gone && way <= reach && way < nearest_way) {
                nearest = other;
                nearest_way = way;
            }
        }
        if (nearest == people.end()) {
            return {};
        }
        const WallTime calm = nearest->second.calm;
        people.erase(nearest);
        return calm;
    }

    /// Those who run now, were seen not to run before, and began about when the latest one did. A
    /// race comes into the picture running.
    std::vector<TrackId> runners_of(const Scene& scene, const Memory& memory) const {
        std::vector<TrackId> runners;
        for (const auto& [id, person] : memory.people) {
            const bool has_begun = person.calm != WallTime{} && person.started > person.calm;
            const bool is_new =
                scene.time - person.started <= settings_.together || memory.episode != EpisodeId{};
            if (has_begun && is_new && scene.time - person.ran <= kStillRuns) {
                runners.push_back(id);
            }
        }
        return runners;
    }

    static Finding finding(
        const Scene& scene, const Memory& memory, const std::vector<TrackId>& runners
    ) {
        Finding found{.zone = {}, .started = scene.time, .time = scene.time, .tracks = runners};
        Point sum;
        for (const TrackId id : runners) {
            const Runner& runner = memory.people.at(id);
            found.started = std::min(found.started, runner.started);
            found.box = enclosing(found.box, runner.box);
            sum.x += runner.direction.x;
            sum.y += runner.direction.y;
        }
        const auto count = static_cast<float>(std::max<std::size_t>(runners.size(), 1));
        const bool is_one_way = std::hypot(sum.x, sum.y) / count > kOneWay;
        const auto present = static_cast<float>(std::max<std::size_t>(memory.people.size(), 1));
        found.confidence = std::min(1.0F, 0.5F + 0.5F * count / present);
        found.detail = "count=" + std::to_string(runners.size()) +
                       (is_one_way ? ";direction=one_way" : ";direction=spread");
        return found;
    }

    PanicSettings settings_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = ground_plane_fields();
    fields.push_back(
        {.name = "people",
         .type = FieldType::Integer,
         .fallback = 5,
         .min = 2,
         .max = 200,
         .unit = "1",
         .help = "How many people must begin to run."}
    );
    fields.push_back(
        {.name = "share",
         .type = FieldType::Number,
         .fallback = 0.5,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "Of all the people whose pace can be told."}
    );
    fields.push_back(
        {.name = "speed",
         .type = FieldType::Number,
         .fallback = 1.5,
         .min = 0.5,
         .max = 10,
         .unit = "heights/s",
         .help = "From here on it is running."}
    );
    fields.push_back(
        {.name = "together",
         .type = FieldType::Seconds,
         .fallback = 4.0,
         .min = 1,
         .max = 30,
         .unit = "s",
         .help = "They begin within so long."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    PanicSettings settings;
    settings.people = static_cast<int>(context.settings.integer("people"));
    settings.share = static_cast<float>(context.settings.number("share"));
    settings.speed = static_cast<float>(context.settings.number("speed"));
    settings.together = context.settings.duration("together");
    BONGSU_ASSIGN(settings.plane, parse_ground_plane(context.settings, context.path));
    return std::make_unique<Panic>(settings, context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "panic",
         .help = "Many people begin to run at the same time.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::panic
