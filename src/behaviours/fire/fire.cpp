// Flames. A region of flame colour that appears or moves, and stays where it is, is proposed; the
// verifier `fire` must say yes to three of its last four pictures.
#include "behaviours/fire/flame_map.hpp"
#include "behaviours/fire/suspect.hpp"
#include "behaviours/inquiry.hpp"
#include "behaviours/place.hpp"
#include "behaviours/registry.hpp"
#include "core/setting_fields.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace bongsu::behaviours::fire {
namespace {

constexpr const char* kVerifier = "fire";

/// The places of a picture that are looked into at a time; the largest come first.
constexpr std::size_t kMostSuspects = 3;

constexpr Duration kKeep = std::chrono::seconds{3};
/// Without any movement the whole picture is still looked at so often: a fire that the background
/// has swallowed does not end.
constexpr Duration kWhenStill = std::chrono::seconds{2};
/// Two pictures further apart than this say nothing about flicker.
constexpr Duration kCloseEnough = std::chrono::seconds{5};
/// Flame colour that came or went by so much between two pictures counts as movement.
constexpr float kAppears = 0.2F;
/// And by so many cells: small orange things tremble with the noise of the camera.
constexpr float kLeastCells = 1;

/// What is asked about may be so much smaller than what is reported: fire grows, and boxes are as
/// coarse as cells of the map.
constexpr float kMayGrow = 0.5F;

/// A region of which a tracked person covers so much is something that he wears or carries.
constexpr float kWornShare = 0.6F;

/// The same with people whom no track follows. A man who stands beside a fire or puts it out covers
/// little of it; a hand is at the edge of the box of whom it belongs to, or just beyond.
constexpr float kSomebodysShare = 0.35F;
constexpr float kReach = 0.05F;  ///< of the person's height
constexpr float kLeastPerson = 0.5F;

/// The second look sees a square around the region: so many times its longer side, and at least so
/// many pixels.
constexpr float kSurroundings = 1.5F;
constexpr float kLeastSide = 32;

struct FireSettings {
    float threshold = 0;
    float min_size = 0;  ///< share of the picture's height
    Duration clear_after{};
};

struct Memory {
    std::optional<FlameMap> map;
    WallTime looked;
    std::vector<Suspect> suspects;
};

Box square_around(const Box& region, const Scene& scene) {
    const auto width = static_cast<float>(scene.width);
    const auto height = static_cast<float>(scene.height);
    const float wanted = std::max(kSurroundings * std::max(region.w, region.h), kLeastSide);
    const float side = std::min({wanted, width, height});
    const Point centre = region.centre();
    return {
        std::clamp(centre.x - side / 2, 0.F, width - side),
        std::clamp(centre.y - side / 2, 0.F, height - side),
        side,
        side
    };
}

class Fire final : public BehaviourWith<Memory> {
public:
    Fire(FireSettings settings, std::vector<Zone> zones)
        : settings_(settings), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const bool is_seeing = scene.signal == SignalState::Up && scene.second_look != nullptr;
        if (is_seeing && scene.frame != nullptr && is_worth_a_look(scene, memory)) {
            look_at_picture(scene, memory, sink);
        }
        if (is_seeing) {
            keep_looking(scene, memory);
        }
        forget_or_end(memory.suspects, scene, settings_.clear_after, sink);
    }

private:
    static bool is_worth_a_look(const Scene& scene, const Memory& memory) {
        return !scene.moving.empty() || !memory.suspects.empty() ||
               scene.time - memory.looked >= kWhenStill;
    }

    void look_at_picture(const Scene& scene, Memory& memory, EventSink& sink) const {
        std::optional<FlameMap> map = flame_map(*scene.frame);
        if (!map) {
            return;
        }
        if (scene.time - memory.looked > kCloseEnough) {
            memory.map.reset();
        }
        for (const FlameRegion& region : flame_regions(*map)) {
            see(scene, region, *map, memory, sink);
        }
        look_for_people(scene, memory);
        for (Suspect& suspect : memory.suspects) {
            ask(scene, suspect, sink);
        }
        memory.map = std::move(map);
        memory.looked = scene.time;
    }

    void see(
        const Scene& scene,
        const FlameRegion& region,
        const FlameMap& map,
        Memory& memory,
        EventSink& sink
    ) const {
        std::optional<float> change;
        if (memory.map) {
            change = flame_change(*memory.map, map, region.box);
        }
        const auto known = std::ranges::find_if(memory.suspects, [&](const Suspect& suspect) {
            return suspect.is(region);
        });
        if (known != memory.suspects.end()) {
            // Regions come largest first: a smaller part of the same fire changes nothing.
            if (known->seen() != scene.time) {
                known->see(region, change, scene.time);
            }
            return;
        }
        if (is_suspicious(scene, region, change) && has_room(memory, scene.time)) {
            memory.suspects.emplace_back(region, scene.time);
            sink.propose();
        }
    }

    /// Who rests makes room for what is new.
    static bool has_room(Memory& memory, WallTime now) {
        if (memory.suspects.size() < kMostSuspects) {
            return true;
        }
        const auto resting = std::ranges::find_if(memory.suspects, [&](const Suspect& suspect) {
            return suspect.episode == EpisodeId{} && suspect.is_resting(now);
        });
        if (resting == memory.suspects.end()) {
            return false;
        }
        memory.suspects.erase(resting);
        return true;
    }

    /// `share`: of the smallest that is reported.
    bool is_large_enough(const Scene& scene, const Box& box, float share = 1) const {
        return box.h >= share * settings_.min_size * static_cast<float>(scene.height);
    }

    /// Orange clothes move with whom they clothe.
    static bool is_worn(const Scene& scene, const Box& box) {
        return std::ranges::any_of(scene.tracks, [&](const Track& track) {
            return track.cls == ObjectClass::Person && track.state != TrackState::Lost &&
                   intersection(track.box, box).area() >= kWornShare * box.area();
        });
    }

    /// Whom no track follows: one who sits behind a table, lies, or has only just come in.
    void look_for_people(const Scene& scene, Memory& memory) const {
        const bool is_wanted = std::ranges::any_of(memory.suspects, [&](const Suspect& suspect) {
            return suspect.wants_people(scene.time) && is_large_enough(scene, suspect.box());
        });
        if (!is_wanted) {
            return;
        }
        const auto people = scene.second_look->everybody();
        if (!people) {
            return;
        }
        for (Suspect& suspect : memory.suspects) {
            if (suspect.episode != EpisodeId{}) {
                continue;
            }
            suspect.hear_of_people(is_somebodys(*people, suspect.box()), scene.time);
        }
    }

    static bool is_somebodys(std::span<const Detection> people, const Box& box) {
        return std::ranges::any_of(people, [&](const Detection& person) {
            const Box within_reach = padded(person.box, kReach * person.box.h);
            return person.score >= kLeastPerson &&
                   intersection(within_reach, box).area() >= kSomebodysShare * box.area();
        });
    }

    bool is_suspicious(const Scene& scene, const FlameRegion& region, std::optional<float> change)
        const {
        if (is_worn(scene, region.box)) {
            return false;
        }
        if (!is_large_enough(scene, region.box, kMayGrow) ||
            !zone_around(zones_, scene, region.box, HitTest::Centre)) {
            return false;
        }
        const bool is_moving = std::ranges::any_of(scene.moving, [&](const Box& moving) {
            return intersection(moving, region.box).area() > 0;
        });
        return is_moving || change.value_or(0) >= std::max(kAppears, kLeastCells / region.size);
    }

    void ask(const Scene& scene, Suspect& suspect, EventSink& sink) const {
        const bool is_burning = suspect.episode != EpisodeId{};
        const bool is_there = suspect.seen() == scene.time && !is_worn(scene, suspect.box());
        if (suspect.is_due(scene.time) && (is_there || is_burning)) {
            const Box where = square_around(suspect.box(), scene);
            suspect.ask(scene, kVerifier, where, settings_.threshold);
        }
        if (is_burning) {
            sink.update(suspect.episode, finding(scene, suspect));
        } else if (suspect.is_confirmed(scene.time) && is_large_enough(scene, suspect.box())) {
            suspect.episode = sink.begin(finding(scene, suspect));
        }
    }

    Finding finding(const Scene& scene, const Suspect& suspect) const {
        return {
            .zone = zone_around(zones_, scene, suspect.box(), HitTest::Centre).value_or(ZoneId{}),
            .started = suspect.first(),
            .time = scene.time,
            .confidence = suspect.confidence(),
            .tracks = {},
            .box = suspect.box(),
            .detail = "kind=flame"
        };
    }

    static void keep_looking(const Scene& scene, const Memory& memory) {
        const bool is_wanted = std::ranges::any_of(memory.suspects, [&](const Suspect& suspect) {
            return suspect.wants_pictures(scene.time);
        });
        if (is_wanted) {
            scene.second_look->keep_looking(kKeep);
        }
    }

    FireSettings settings_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    return SettingsSchema({
        fields::number(
            "min_confidence",
            0.5,
            0.05,
            0.99,
            "1",
            "How sure the second look must be; at 0.5 one in a hundred pictures without fire "
            "passed it in training. Three of four pictures must pass."
        ),
        fields::number(
            "min_size", 0.05, 0, 1, "of the picture's height", "Smaller flames are ignored."
        ),
        fields::seconds(
            "clear_after",
            "10s",
            2,
            600,
            "The event ends when no flame has been recognised for so long."
        ),
    });
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const FireSettings settings{
        .threshold = static_cast<float>(context.settings.number("min_confidence")),
        .min_size = static_cast<float>(context.settings.number("min_size")),
        .clear_after = context.settings.duration("clear_after")
    };
    return std::make_unique<Fire>(settings, context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "fire",
         .help = "Flames: something of the colour of fire flickers in one place.",
         .scope = Scope::Area,
         .needs = {},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::fire
