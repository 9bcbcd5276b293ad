// People who fight. Where something moves before a camera that is followed, the verifier `fight`
// looks for people within reach of each other and at how they move; the event is raised when its
// latest answers agree, and goes on while they do. Tracks are not asked for: people in a clinch are
// often not detected twice in a row.
#include "behaviours/behaviour.hpp"
#include "behaviours/fight/passers_by.hpp"
#include "behaviours/fight/usual_places.hpp"
#include "behaviours/lasting_state.hpp"
#include "behaviours/place.hpp"
#include "behaviours/registry.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bongsu::behaviours::fight {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kVerifier = "fight";

/// Pictures are kept for so long after each movement, and in any case when the camera has just been
/// woken: a second look needs those of 1.2 s.
constexpr Duration kKeep = milliseconds{1500};
constexpr Duration kJustWoken = seconds{2};

/// What moved is remembered for so long: the gate does not look at every picture.
constexpr Duration kMovement = milliseconds{1200};
/// Around what moves, in shares of its size: feet and arms that did not move.
constexpr float kMargin = 0.3F;

/// The latest answers that are averaged, and how old one may be. None suffices alone: for an
/// instant somebody who falls is taken for two who fight.
constexpr std::size_t kAnswers = 4;
constexpr Duration kAnswerAge = seconds{2};

/// Where two could walk past each other, the answers must agree for so long, up to the latest: the
/// verifier judges the pictures of two seconds, and after these those who passed have parted in
/// nearly all of them.
constexpr Duration kPassing = milliseconds{2400};

/// From one look to the next when there was no reason for more; a look costs some 50 ms.
constexpr Duration kEasy = milliseconds{400};
/// After so many such answers.
constexpr int kCalmAnswers = 6;
constexpr Duration kCalm = seconds{2};
/// An answer above this share of the threshold is followed by another look at once.
constexpr float kSuspicious = 0.65F;
/// After so long without movement the next one is a new suspicion.
constexpr Duration kForgotten = seconds{3};

struct FightSettings {
    float threshold = 0;
    float release = 0;  ///< share of the threshold
    Duration clear_after{};
};

struct Answer {
    WallTime time;
    float sure = 0;
};

struct Movement {
    WallTime time;
    Box box;
};

/// What goes on in one area.
struct Watch {
    std::deque<Movement> moved;
    std::deque<Answer> answers;
    WallTime since;      ///< the first movement
    WallTime last_sign;  ///< the latest
    WallTime next_look;
    WallTime last_fight;                  ///< the answers agreed
    std::optional<WallTime> agree_since;  ///< the answers, until now
    int calm = 0;                         ///< answers in a row that gave no reason for more
    std::optional<EpisodeId> episode;

    /// How sure the latest answers are together.
    float sureness() const {
        if (answers.size() < kAnswers) {
            return 0;
        }
        const float sum =
            std::accumulate(answers.begin(), answers.end(), 0.0F, [](float s, const Answer& a) {
                return s + a.sure;
            });
        return sum / static_cast<float>(answers.size());
    }

    Box region() const {
        Box all;
        for (const Movement& movement : moved) {
            all = enclosing(all, movement.box);
        }
        return {
            all.x - kMargin * all.w,
            all.y - kMargin * all.h,
            all.w * (1 + 2 * kMargin),
            all.h * (1 + 2 * kMargin)
        };
    }
};

struct Memory {
    std::vector<Watch> watches;  ///< by place
    UsualPlaces usual;
    PassersBy passers_by;
    std::optional<WallTime> followed_since;

    std::string kept() const { return usual.kept(); }

    Status recall(std::string_view kept) { return usual.recall(kept); }
};

/// What makes a fight harder to believe.
struct Circumstances {
    const Usual& usual;
    const PassersBy& passers_by;
};

class Fight final : public BehaviourWithLasting<Memory> {
public:
    Fight(FightSettings settings, std::vector<Zone> zones)
        : settings_(settings), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const std::vector<Place> places = places_of(zones_, scene);
        memory.watches.resize(places.size());
        const bool can_see = scene.signal == SignalState::Up && scene.second_look != nullptr &&
                             scene.width > 0 && scene.level == TriageLevel::T3;
        if (can_see) {
            memory.followed_since = memory.followed_since.value_or(scene.time);
            memory.passers_by.watch(scene);
        } else {
            memory.followed_since.reset();
        }
        for (std::size_t i = 0; i < places.size(); ++i) {
            Watch& watch = memory.watches[i];
            if (can_see) {
                Usual& usual = memory.usual.at(places[i].zone);
                note_movement(scene, places[i], watch, sink);
                keep_looking(scene, memory, watch);
                ask(scene, watch, usual);
                judge(scene, places[i], watch, {usual, memory.passers_by}, sink);
            }
            if (watch.episode && scene.time - watch.last_fight > settings_.clear_after) {
                sink.end(*watch.episode, scene.time);
                watch = {};
            }
        }
    }

private:
    static void note_movement(
        const Scene& scene, const Place& place, Watch& watch, EventSink& sink
    ) {
        std::erase_if(watch.moved, [&](const Movement& movement) {
            return scene.time - movement.time > kMovement;
        });
        for (const Box& box : scene.moving) {
            if (!hit(place, box, HitTest::Centre, 0).is_inside) {
                continue;
            }
            watch.moved.push_back({scene.time, box});
            if (scene.time - watch.last_sign > kForgotten) {
                sink.propose();
                watch.since = scene.time;
                watch.calm = 0;
            }
            watch.last_sign = scene.time;
        }
    }

    static void keep_looking(const Scene& scene, const Memory& memory, const Watch& watch) {
        const bool is_just_woken = scene.time - *memory.followed_since < kJustWoken;
        const bool is_worth_it = !watch.moved.empty() && watch.calm < kCalmAnswers;
        if (is_just_woken || is_worth_it || watch.episode || has_people(scene, watch)) {
            scene.second_look->keep_looking(kKeep);
        }
    }

    /// Where people are known to be near what moves, no patience is too long.
    static bool has_people(const Scene& scene, const Watch& watch) {
        const Box region = watch.region();
        return std::ranges::any_of(scene.tracks, [&](const Track& track) {
            return track.cls == ObjectClass::Person && intersection(track.box, region).area() > 0;
        });
    }

    void ask(const Scene& scene, Watch& watch, Usual& usual) const {
        std::erase_if(watch.answers, [&](const Answer& answer) {
            return scene.time - answer.time > kAnswerAge;
        });
        if (watch.moved.empty() || scene.time < watch.next_look) {
            return;
        }
        const std::optional<float> sure = scene.second_look->verify(kVerifier, watch.region());
        if (!sure) {
            return;
        }
        watch.answers.push_back({scene.time, *sure});
        while (watch.answers.size() > kAnswers) {
            watch.answers.pop_front();
        }
        if (*sure > 0) {
            usual.hear(*sure, settings_.threshold, scene.time);
        }
        watch.calm = *sure < kSuspicious * settings_.threshold ? watch.calm + 1 : 0;
        if (watch.calm > 0) {
            watch.next_look = scene.time + (watch.calm < kCalmAnswers ? kEasy : kCalm);
        }
    }

    /// Notes whether the answers agree; true when they have for long enough.
    bool note_agreement(const Scene& scene, Watch& watch, const Circumstances& around) const {
        const float needed = watch.episode ? settings_.threshold * settings_.release
                                           : std::max(
                                                 around.usual.needed(settings_.threshold),
                                                 around.passers_by.needed(settings_.threshold)
                                             );
        if (watch.sureness() < needed || watch.answers.size() < kAnswers) {
            watch.agree_since.reset();
            return false;
        }
        if (!watch.agree_since) {
            watch.agree_since = scene.time;
        }
        const Answer& latest = watch.answers.back();
        const bool is_going_on = latest.time == scene.time && latest.sure >= needed;
        return watch.episode || !around.passers_by.may_pass() ||
               (is_going_on && scene.time - *watch.agree_since >= kPassing);
    }

    void judge(
        const Scene& scene,
        const Place& place,
        Watch& watch,
        const Circumstances& around,
        EventSink& sink
    ) const {
        if (!note_agreement(scene, watch, around)) {
            return;
        }
        watch.last_fight = scene.time;
        Finding finding{
            .zone = place.zone,
            .started = watch.since,
            .time = scene.time,
            .confidence = watch.sureness(),
            .tracks = {},
            .box = clipped(
                watch.region(), static_cast<float>(scene.width), static_cast<float>(scene.height)
            ),
            .detail = ""
        };
        for (const Track& track : scene.tracks) {
            if (track.cls == ObjectClass::Person &&
                intersection(track.box, finding.box).area() > 0) {
                finding.tracks.push_back(track.id);
            }
        }
        if (watch.episode) {
            sink.update(*watch.episode, std::move(finding));
        } else {
            watch.episode = sink.begin(std::move(finding));
        }
    }

    FightSettings settings_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    return SettingsSchema(
        {{.name = "min_confidence",
          .type = FieldType::Number,
          .fallback = 0.5,
          .min = 0.05,
          .max = 1,
          .unit = "1",
          .help =
              "How sure the latest four second looks must be on average; lower finds more fights "
              "and more dances."},
         {.name = "release",
          .type = FieldType::Number,
          .fallback = 0.7,
          .min = 0,
          .max = 1,
          .unit = "1",
          .help = "The event goes on while this share of the threshold is reached."},
         {.name = "clear_after",
          .type = FieldType::Seconds,
          .fallback = 5.0,
          .min = 0,
          .max = 600,
          .unit = "s",
          .help = "How long nothing of the kind must be seen before the event ends."}}
    );
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    return std::make_unique<Fight>(
        FightSettings{
            .threshold = static_cast<float>(given.number("min_confidence")),
            .release = static_cast<float>(given.number("release")),
            .clear_after = given.duration("clear_after")
        },
        context.zones
    );
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "fight",
         .help =
             "People fight: where something moves, people within reach of each other are looked "
             "at again, and how violently everything around them moves decides.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::fight
