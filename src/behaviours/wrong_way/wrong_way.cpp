// A vehicle drives against the direction of its lane. The zones of the rule are lines, drawn like
// arrows along the lanes: vehicles go from the first point to the second.
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/wrong_way/against.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

namespace bongsu::behaviours::wrong_way {
namespace {

constexpr std::size_t kMostRuns = 128;
constexpr double kDegree = std::numbers::pi / 180;
/// Who has not been seen for so long has gone.
constexpr Duration kGone = std::chrono::seconds{3};
constexpr Duration kLeastRun = std::chrono::milliseconds{800};

struct WrongWaySettings {
    std::vector<ObjectClass> classes;
    float reach = 1;  ///< how far from the arrow a vehicle is in its lane, lengths of its box
    Against::Limits limits;
};

struct Run {
    Against against;
    std::size_t lane = 0;
    Track track;
    EpisodeId episode;
};

struct Memory {
    std::map<TrackId, Run> runs;
};

class WrongWay final : public BehaviourWith<Memory> {
public:
    WrongWay(WrongWaySettings settings, std::vector<Zone> lanes)
        : settings_(std::move(settings)), lanes_(std::move(lanes)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        for (const Track& track : scene.tracks) {
            if (track.state == TrackState::Confirmed &&
                std::ranges::find(settings_.classes, track.cls) != settings_.classes.end()) {
                follow(scene, track, memory, sink);
            }
        }
        std::erase_if(memory.runs, [&](auto& entry) {
            const bool is_gone = scene.time - entry.second.against.seen() > kGone;
            if (is_gone && entry.second.episode != EpisodeId{}) {
                sink.end(entry.second.episode, entry.second.against.seen());
            }
            return is_gone;
        });
    }

private:
    static float length_of(const Box& box) { return std::max({box.w, box.h, 1.0F}); }

    Segment arrow_of(std::size_t lane, const Scene& scene) const {
        const Polygon ends = to_pixels(lanes_[lane].corners, scene.width, scene.height);
        return {ends[0], ends[1]};
    }

    /// The nearest arrow beside which a vehicle is.
    std::optional<std::size_t> lane_of(const Scene& scene, const Box& box) const {
        std::optional<std::size_t> nearest;
        float least = settings_.reach * length_of(box);
        for (std::size_t i = 0; i < lanes_.size(); ++i) {
            const float apart = distance(arrow_of(i, scene), box.foot());
            if (apart <= least) {
                least = apart;
                nearest = i;
            }
        }
        return nearest;
    }

    /// A track that begins where another vanished goes on with its run: the tracker changed the
    /// number.
    static void inherit(const Scene& scene, const Track& track, std::map<TrackId, Run>& runs) {
        const Box first = track.history.empty() ? track.box : track.history.front().box;
        const auto before = std::ranges::find_if(runs, [&](const auto& entry) {
            const Box& last = entry.second.track.box;
            const bool is_there = std::ranges::any_of(scene.tracks, [&](const Track& other) {
                return other.id == entry.first && other.state == TrackState::Confirmed;
            });
            return !is_there && track.first_seen > entry.second.against.seen() &&
                   distance(first.foot(), last.foot()) <= length_of(track.box);
        });
        if (before != runs.end()) {
            auto run = runs.extract(before);
            run.key() = track.id;
            runs.insert(std::move(run));
        }
    }

    void follow(const Scene& scene, const Track& track, Memory& memory, EventSink& sink) const {
        const std::optional<std::size_t> lane = lane_of(scene, track.box);
        const auto known = memory.runs.find(track.id);
        if (!lane || (known == memory.runs.end() && memory.runs.size() >= kMostRuns)) {
            return;
        }
        if (known == memory.runs.end()) {
            inherit(scene, track, memory.runs);
        }
        Run& run = memory.runs[track.id];
        if (run.lane != *lane && run.episode == EpisodeId{}) {
            run.against = Against();
            run.lane = *lane;
        }
        run.track = track;
        run.track.history.clear();
        const bool is_wrong = run.against.step(
            arrow_of(run.lane, scene),
            track.box.foot(),
            length_of(track.box),
            scene.time,
            settings_.limits
        );
        if (run.episode != EpisodeId{} && run.against.has_turned()) {
            sink.end(std::exchange(run.episode, EpisodeId{}), scene.time);
        } else if (run.episode != EpisodeId{}) {
            sink.update(run.episode, finding(scene, run));
        } else if (is_wrong) {
            sink.propose();
            run.episode = sink.begin(finding(scene, run));
        }
    }

    Finding finding(const Scene& scene, const Run& run) const {
        return {
            .zone = lanes_[run.lane].id,
            .started = run.against.since(),
            .time = scene.time,
            .confidence = std::clamp(run.track.score, 0.0F, 1.0F),
            .tracks = {run.track.id},
            .box = run.track.box,
            .detail = ""
        };
    }

    WrongWaySettings settings_;
    std::vector<Zone> lanes_;
};

SettingsSchema schema() {
    FieldSpec classes = classes_field();
    classes.fallback = Value::List{"car", "bus", "truck", "motorcycle"};
    return SettingsSchema(
        {classes,
         {.name = "distance",
          .type = FieldType::Number,
          .fallback = 2.0,
          .min = 0.5,
          .max = 20,
          .unit = "1",
          .help = "How far a vehicle must have driven the wrong way, in lengths of its box."},
         {.name = "tolerance",
          .type = FieldType::Number,
          .fallback = 40.0,
          .min = 5,
          .max = 80,
          .unit = "deg",
          .help = "How far its way may deviate from the lane's and still count as the wrong way."},
         {.name = "reach",
          .type = FieldType::Number,
          .fallback = 0.7,
          .min = 0.1,
          .max = 5,
          .unit = "1",
          .help = "How far from the line a vehicle is in its lane, in lengths of its box."},
         {.name = "looks",
          .type = FieldType::Integer,
          .fallback = 4,
          .min = 2,
          .max = 50,
          .unit = "1",
          .help = "How many times it must have been seen meanwhile."}}
    );
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    WrongWaySettings settings;
    BONGSU_ASSIGN(settings.classes, parse_classes(given, context.path));
    settings.reach = static_cast<float>(given.number("reach"));
    settings.limits = {
        .distance = static_cast<float>(given.number("distance")),
        .most_sideways = static_cast<float>(std::tan(given.number("tolerance") * kDegree)),
        .looks = static_cast<int>(given.integer("looks")),
        .least = kLeastRun
    };
    return std::make_unique<WrongWay>(std::move(settings), context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "wrong_way",
         .help = "A vehicle drives against the direction of its lane, which a line shows from its "
                 "first to its second point.",
         .scope = Scope::Line,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::wrong_way
