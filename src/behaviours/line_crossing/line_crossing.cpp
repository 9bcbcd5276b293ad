// Someone crosses a directed line. One event, begun and ended at once, per crossing.
#include "behaviours/line_crossing/line_path.hpp"
#include "behaviours/presence.hpp"
#include "behaviours/registry.hpp"

#include <algorithm>
#include <map>
#include <ranges>
#include <utility>

namespace bongsu::behaviours::line_crossing {
namespace {

enum class Direction { AToB, BToA, Both };

struct LineSettings {
    PresenceSettings who;  ///< of it: classes, min_score, gap, handover
    Direction direction = Direction::Both;
    bool is_centre = false;
    float band = 0;  ///< box heights
};

using Paths = std::map<TrackId, LinePath>;

struct Memory {
    std::vector<Paths> lines;
    std::optional<WallTime> since;
};

class LineCrossing final : public BehaviourWith<Memory> {
public:
    LineCrossing(LineSettings settings, std::vector<Zone> zones)
        : settings_(std::move(settings)), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        memory.since = memory.since.value_or(scene.time);
        memory.lines.resize(zones_.size());
        for (std::size_t i = 0; i < zones_.size(); ++i) {
            const Polygon ends = to_pixels(zones_[i].corners, scene.width, scene.height);
            const Segment line{ends[0], ends[1]};
            for (const Track& track : scene.tracks) {
                if (track.state == TrackState::Confirmed && settings_.who.watches(track)) {
                    LinePath& path = path_of(scene, memory.lines[i], track);
                    follow(scene, *memory.since, {zones_[i].id, line}, track, path, sink);
                }
            }
            forget(scene, memory.lines[i]);
        }
    }

private:
    struct Line {
        ZoneId zone;
        Segment segment;
    };

    Point point_of(const Box& box) const { return settings_.is_centre ? box.centre() : box.foot(); }

    /// The path of this track; a new one continues the path of a track that vanished just there.
    LinePath& path_of(const Scene& scene, Paths& paths, const Track& track) const {
        const auto known = paths.find(track.id);
        if (known != paths.end()) {
            return known->second;
        }
        const Point first = point_of(track.history.empty() ? track.box : track.history.front().box);
        auto nearest = paths.end();
        float nearest_distance = settings_.who.handover * track.box.h;
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const auto before = std::ranges::find(scene.tracks, path->first, &Track::id);
            const bool is_gone = before == scene.tracks.end() || before->state == TrackState::Lost;
            const Point last = path->second.last_point();
            const float apart = distance(first, last);
            if (is_gone && track.first_seen > path->second.last_time() &&
                apart < nearest_distance) {
                nearest = path;
                nearest_distance = apart;
            }
        }
        LinePath path;
        if (nearest != paths.end()) {
            path = nearest->second;
            paths.erase(nearest);
        }
        return paths[track.id] = path;
    }

    /// Walks through all positions since the last look; the history of a track that is shown for
    /// the first time reaches back to before it was confirmed.
    void follow(
        const Scene& scene,
        WallTime since,
        const Line& line,
        const Track& track,
        LinePath& path,
        EventSink& sink
    ) const {
        const auto step = [&](const Box& box, WallTime time) {
            if (path.has_begun() && time <= path.last_time()) {
                return;
            }
            if (path.has_begun() && time - path.last_time() > settings_.who.gap) {
                path.restart();
            }
            const float band = settings_.band * box.h;
            const auto crossing = path.step(line.segment, point_of(box), time, band);
            if (crossing && is_wanted(*crossing)) {
                report(scene, line.zone, track, *crossing, sink);
            }
        };
        for (const TrackPoint& point : track.history) {
            if (point.is_observed && point.time >= since && point.time < scene.time) {
                step(point.box, point.time);
            }
        }
        step(track.box, scene.time);
    }

    bool is_wanted(const LinePath::Crossing& crossing) const {
        return settings_.direction == Direction::Both ||
               crossing.is_a_to_b == (settings_.direction == Direction::AToB);
    }

    static void report(
        const Scene& scene,
        const ZoneId& zone,
        const Track& track,
        const LinePath::Crossing& crossing,
        EventSink& sink
    ) {
        const EpisodeId episode = sink.begin(
            {.zone = zone,
             .started = crossing.time,
             .time = scene.time,
             .confidence = track.score,
             .tracks = {track.id},
             .box = track.box,
             .detail = crossing.is_a_to_b ? "direction=a_to_b" : "direction=b_to_a"}
        );
        sink.end(episode, scene.time);
    }

    void forget(const Scene& scene, Paths& paths) const {
        std::erase_if(paths, [&](const auto& entry) {
            return scene.time - entry.second.last_time() > settings_.who.gap;
        });
    }

    LineSettings settings_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    std::vector<FieldSpec> fields = presence_fields(3.0);
    std::erase_if(fields, [](const FieldSpec& f) {
        return f.name == "hit_test" || f.name == "corners";
    });
    fields.push_back(
        {.name = "direction",
         .type = FieldType::Choice,
         .fallback = "both",
         .choices = {"a_to_b", "b_to_a", "both"},
         .help = "Which crossings count. Walking along the line from its first to its second "
                 "point, a is on the left "
                 "and b on the right."}
    );
    fields.push_back(
        {.name = "point",
         .type = FieldType::Choice,
         .fallback = "foot",
         .choices = {"foot", "centre"},
         .help = "Which point of the object must cross: the foot point or the centre of its box."}
    );
    fields.push_back(
        {.name = "hysteresis",
         .type = FieldType::Number,
         .fallback = 0.05,
         .min = 0,
         .max = 1,
         .unit = "1",
         .help = "How far from the line, in heights of its box, an object must come to be on the "
                 "other side."}
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    LineSettings settings;
    BONGSU_ASSIGN(settings.who.classes, parse_classes(given, context.path));
    settings.who.min_score = static_cast<float>(given.number("min_score"));
    settings.who.gap = given.duration("gap");
    settings.who.handover = static_cast<float>(given.number("handover"));
    settings.band = static_cast<float>(given.number("hysteresis"));
    settings.is_centre = given.text("point") == "centre";
    const std::string& direction = given.text("direction");
    settings.direction = direction == "both"     ? Direction::Both
                         : direction == "a_to_b" ? Direction::AToB
                                                 : Direction::BToA;
    return std::make_unique<LineCrossing>(std::move(settings), context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "line_crossing",
         .help = "Someone crosses a line, in one direction or either.",
         .scope = Scope::Line,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::line_crossing
