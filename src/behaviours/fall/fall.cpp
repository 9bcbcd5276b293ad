// Somebody falls and stays down. The postures of people are followed with poses (BodyWatch), each
// is judged by what his head, hips and trunk do (FallJudge). Of whom no pose can be read, only a
// box that turns over says something.
#include "behaviours/fall/body_watch.hpp"
#include "behaviours/fall/box_judge.hpp"
#include "behaviours/fall/fall_judge.hpp"
#include "behaviours/place.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/size_map.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace bongsu::behaviours::fall {
namespace {

constexpr float kSureOfPose = 0.9F;
constexpr float kSureOfMotion = 0.5F;
constexpr float kElbowRoom = 0.2F;  ///< around a body, in heights

struct Suspect {
    FallJudge judge;
    bool is_proposed = false;
    bool is_crowded = false;  ///< somebody else is so near that losing him says nothing
    EpisodeId episode;
    Finding finding;
};

struct Memory {
    SizeMap sizes;
    BodyWatch watch;
    std::map<std::uint64_t, Suspect> suspects;  ///< by number of the body
    std::map<TrackId, EpisodeId> turned;        ///< tracks of whom no pose can be read
};

class Fall final : public BehaviourWith<Memory> {
public:
    Fall(FallSettings settings, const GroundPlane& plane, std::vector<Zone> zones)
        : settings_(settings), plane_(plane), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        memory.sizes.learn(scene, plane_);
        memory.watch.update(scene);
        end_of_the_gone(scene, memory, sink);
        const std::deque<Body>& all = memory.watch.bodies();
        for (Body& body : memory.watch.bodies()) {
            if (body.detected.area() > 0) {
                body.usual_height = memory.sizes.height_at(body.detected.bottom()).value_or(0);
            }
            Suspect& suspect = memory.suspects[body.number];
            suspect.is_crowded = is_crowded(scene, body, all);
            judge(scene, body, suspect, sink);
        }
        look_at_boxes(scene, memory, sink);
    }

private:
    void look_at_boxes(const Scene& scene, Memory& memory, EventSink& sink) const {
        const Box picture{0, 0, static_cast<float>(scene.width), static_cast<float>(scene.height)};
        for (const Track& track : scene.tracks) {
            const bool counts = track.cls == ObjectClass::Person &&
                                track.state == TrackState::Confirmed &&
                                !memory.turned.contains(track.id) && !has_pose(memory, track.id);
            const auto since =
                counts ? turned_over(track, picture, settings_) : std::optional<WallTime>{};
            const auto zone =
                since ? zone_around(zones_, scene, track.box, HitTest::Centre) : std::nullopt;
            if (!zone) {
                continue;
            }
            sink.propose();
            memory.turned[track.id] = sink.begin(
                {.zone = *zone,
                 .started = *since,
                 .time = scene.time,
                 .confidence = kSureOfMotion,
                 .tracks = {track.id},
                 .box = track.box,
                 .detail = "basis=motion"}
            );
        }
        std::erase_if(memory.turned, [&](const auto& entry) {
            const auto track = std::ranges::find(scene.tracks, entry.first, &Track::id);
            const bool is_over = track == scene.tracks.end() ||
                                 (track->history.back().is_observed && track->box.w < track->box.h);
            if (is_over) {
                sink.end(entry.second, scene.time);
            }
            return is_over;
        });
    }

    static bool has_pose(const Memory& memory, TrackId track) {
        return std::ranges::any_of(memory.watch.bodies(), [&](const Body& body) {
            return body.track == track && !body.samples.empty();
        });
    }

    void judge(const Scene& scene, Body& body, Suspect& suspect, EventSink& sink) const {
        const Box picture{0, 0, static_cast<float>(scene.width), static_cast<float>(scene.height)};
        const Stage stage = suspect.judge.judge(body, scene.time, picture, settings_);
        body.is_watched = stage != Stage::Up;
        if (stage == Stage::Up) {
            suspect.is_proposed = false;
            sink.end(std::exchange(suspect.episode, {}), scene.time);
            return;
        }
        if (!std::exchange(suspect.is_proposed, true)) {
            sink.propose();
        }
        const bool is_guess = suspect.judge.basis() == Basis::Motion && suspect.is_crowded;
        if (stage != Stage::Fallen || (is_guess && suspect.episode == EpisodeId{})) {
            return;
        }
        if (suspect.episode != EpisodeId{}) {
            sink.update(suspect.episode, finding(scene, body, suspect, suspect.finding.zone));
            return;
        }
        if (const std::optional<ZoneId> zone =
                zone_around(zones_, scene, body.samples.back().posture.extent, HitTest::Centre)) {
            suspect.finding = finding(scene, body, suspect, *zone);
            suspect.episode = sink.begin(suspect.finding);
        }
    }

    static bool is_crowded(const Scene& scene, const Body& body, const std::deque<Body>& all) {
        if (body.samples.empty()) {
            return false;
        }
        const Box place = padded(body.samples.back().posture.extent, kElbowRoom * body.height());
        const bool has_track = std::ranges::any_of(scene.tracks, [&](const Track& track) {
            return track.id != body.track && track.cls == ObjectClass::Person &&
                   track.state != TrackState::Tentative &&
                   intersection(track.box, place).area() > 0;
        });
        return has_track || std::ranges::any_of(all, [&](const Body& other) {
                   return other.number != body.number && !other.samples.empty() &&
                          other.misses == 0 &&
                          intersection(other.samples.back().posture.extent, place).area() > 0;
               });
    }

    static Finding finding(
        const Scene& scene, const Body& body, const Suspect& suspect, const ZoneId& zone
    ) {
        const bool is_by_pose = suspect.judge.basis() == Basis::Pose;
        const Posture& latest = body.samples.back().posture;
        Finding finding{
            .zone = zone,
            .started = suspect.judge.began(),
            .time = scene.time,
            .confidence = is_by_pose ? kSureOfPose : kSureOfMotion,
            .tracks = {},
            .box = latest.extent,
            .detail = is_by_pose ? "basis=pose" : "basis=motion"
        };
        if (body.track != TrackId{}) {
            finding.tracks.push_back(body.track);
        }
        return finding;
    }

    static void end_of_the_gone(const Scene& scene, Memory& memory, EventSink& sink) {
        std::erase_if(memory.suspects, [&](const auto& entry) {
            const bool is_gone =
                std::ranges::find(memory.watch.bodies(), entry.first, &Body::number) ==
                memory.watch.bodies().end();
            if (is_gone) {
                sink.end(entry.second.episode, scene.time);
            }
            return is_gone;
        });
    }

    FallSettings settings_;
    GroundPlane plane_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    const FallSettings plain;
    std::vector<FieldSpec> fields = ground_plane_fields();
    fields.push_back(
        {.name = "least_drop",
         .type = FieldType::Number,
         .fallback = 0.4,
         .min = 0.2,
         .max = 1,
         .unit = "1",
         .help = "How far the head must have come down, in heights of the standing person."}
    );
    fields.push_back(
        {.name = "longest_drop",
         .type = FieldType::Seconds,
         .fallback = to_seconds(plain.longest_drop),
         .min = 0.4,
         .max = 5,
         .unit = "s",
         .help = "Who takes longer to get down lies down on purpose."}
    );
    fields.push_back(
        {.name = "stays_down",
         .type = FieldType::Seconds,
         .fallback = to_seconds(plain.stays_down),
         .min = 0.4,
         .max = 60,
         .unit = "s",
         .help = "How long somebody must stay down after the fall."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    FallSettings settings;
    settings.least_drop = static_cast<float>(context.settings.number("least_drop"));
    settings.longest_drop = context.settings.duration("longest_drop");
    settings.stays_down = context.settings.duration("stays_down");
    BONGSU_ASSIGN(const GroundPlane plane, parse_ground_plane(context.settings, context.path));
    return std::make_unique<Fall>(settings, plane, context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "fall",
         .help = "Somebody falls and stays down. People must be at least 60 pixels tall.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::fall
