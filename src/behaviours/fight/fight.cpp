// People who fight. Restless people within reach of each other are looked at again by the verifier
// `fight`; the event is raised when its latest answers agree, and goes on while they do.
#include "behaviours/behaviour.hpp"
#include "behaviours/fight/company.hpp"
#include "behaviours/place.hpp"
#include "behaviours/registry.hpp"

#include <algorithm>
#include <cmath>
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

/// Pictures are kept for so long after each sign; one second look needs the last two seconds.
constexpr Duration kKeep = seconds{3};

/// The latest answers that are averaged, and how old one may be.
constexpr std::size_t kAnswers = 3;
constexpr Duration kAnswerAge = seconds{2};

/// Between looks at companies that gave no reason for more; a look costs some 20 ms.
constexpr Duration kEasy = milliseconds{500};
/// After so many answers far from the threshold: people who stand and talk.
constexpr int kCalmAnswers = 6;
constexpr Duration kCalm = seconds{1};
/// An answer above this share of the threshold is followed by another look at once.
constexpr float kSuspicious = 0.6F;

/// Companies that are watched at once, and watched without a sign for so long.
constexpr std::size_t kMostWatches = 3;
constexpr Duration kForgotten = seconds{3};

struct FightSettings {
    CompanyRules company;
    float threshold = 0;
    float release = 0;  ///< share of the threshold
    Duration clear_after{};
};

struct Answer {
    WallTime time;
    float sure = 0;
};

/// One company that is looked at again and again.
struct Watch {
    Company company;
    WallTime since;      ///< the first sign
    WallTime last_sign;  ///< it was restless
    WallTime next_look;
    WallTime last_fight;  ///< the answers agreed
    std::deque<Answer> answers;
    int calm = 0;  ///< answers in a row that gave no reason for more
    std::optional<EpisodeId> episode;

    float mean() const {
        const float sum =
            std::accumulate(answers.begin(), answers.end(), 0.0F, [](float s, const Answer& a) {
                return s + a.sure;
            });
        return answers.empty() ? 0 : sum / static_cast<float>(answers.size());
    }
};

struct Memory {
    std::vector<Watch> watches;
};

class Fight final : public BehaviourWith<Memory> {
public:
    Fight(FightSettings settings, std::vector<Zone> zones)
        : settings_(settings), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const std::vector<Place> places = places_of(zones_, scene);
        if (scene.signal == SignalState::Up && scene.second_look != nullptr && scene.width > 0) {
            note_signs(scene, places, memory, sink);
            for (Watch& watch : memory.watches) {
                ask(scene, watch);
                judge(scene, places, watch, sink);
            }
        }
        std::erase_if(memory.watches, [&](const Watch& watch) {
            const bool is_over =
                watch.episode ? has_ended(scene, watch) : scene.time - watch.last_sign > kForgotten;
            if (is_over && watch.episode) {
                sink.end(*watch.episode, scene.time);
            }
            return is_over;
        });
    }

private:
    void note_signs(
        const Scene& scene, const std::vector<Place>& places, Memory& memory, EventSink& sink
    ) const {
        for (Company& company : restless_companies(scene, settings_.company)) {
            if (!place_of(places, company)) {
                continue;
            }
            scene.second_look->keep_looking(kKeep);
            const auto known = std::ranges::find_if(memory.watches, [&](const Watch& watch) {
                return is_same(watch.company, company);
            });
            if (known != memory.watches.end()) {
                known->company = std::move(company);
                known->last_sign = scene.time;
            } else if (memory.watches.size() < kMostWatches) {
                sink.propose();
                memory.watches.push_back(
                    {.company = std::move(company),
                     .since = scene.time,
                     .last_sign = scene.time,
                     .next_look = scene.time,
                     .last_fight = {},
                     .answers = {},
                     .calm = 0,
                     .episode = {}}
                );
            }
        }
    }

    /// Numbers of tracks change in a fight, places hardly.
    static bool is_same(const Company& a, const Company& b) {
        const Point from = a.body.centre();
        const Point to = b.body.centre();
        const float reach = std::max(a.body.w, b.body.w);
        return std::abs(from.x - to.x) <= reach && std::abs(from.y - to.y) <= reach;
    }

    void ask(const Scene& scene, Watch& watch) const {
        std::erase_if(watch.answers, [&](const Answer& answer) {
            return scene.time - answer.time > kAnswerAge;
        });
        if (scene.time < watch.next_look || scene.time - watch.last_sign > kEasy) {
            return;
        }
        const std::optional<float> sure = scene.second_look->verify(kVerifier, watch.company.body);
        if (!sure) {
            return;
        }
        watch.answers.push_back({scene.time, *sure});
        if (watch.answers.size() > kAnswers) {
            watch.answers.pop_front();
        }
        watch.calm = *sure < kSuspicious * settings_.threshold ? watch.calm + 1 : 0;
        const Duration pause = watch.calm == 0             ? Duration{0}
                               : watch.calm < kCalmAnswers ? kEasy
                                                           : kCalm;
        watch.next_look = scene.time + pause;
    }

    void judge(const Scene& scene, const std::vector<Place>& places, Watch& watch, EventSink& sink)
        const {
        const float mean = watch.mean();
        const float needed = settings_.threshold * (watch.episode ? settings_.release : 1);
        if (watch.answers.size() < 2 || mean < needed) {
            return;
        }
        watch.last_fight = scene.time;
        Finding finding{
            .zone = place_of(places, watch.company).value_or(ZoneId{}),
            .started = watch.since,
            .time = scene.time,
            .confidence = mean,
            .tracks = watch.company.people,
            .box = watch.company.box,
            .detail = "people=" + std::to_string(watch.company.people.size())
        };
        if (watch.episode) {
            sink.update(*watch.episode, std::move(finding));
        } else {
            watch.episode = sink.begin(std::move(finding));
        }
    }

    bool has_ended(const Scene& scene, const Watch& watch) const {
        return scene.time - watch.last_fight > settings_.clear_after;
    }

    static std::optional<ZoneId> place_of(
        const std::vector<Place>& places, const Company& company
    ) {
        for (const Place& place : places) {
            if (hit(place, company.box, HitTest::Foot, 0).is_inside ||
                hit(place, company.box, HitTest::Centre, 0).is_inside) {
                return place.zone;
            }
        }
        return std::nullopt;
    }

    FightSettings settings_;
    std::vector<Zone> zones_;
};

SettingsSchema schema() {
    return SettingsSchema(
        {{.name = "near",
          .type = FieldType::Number,
          .fallback = 0.6,
          .min = 0,
          .max = 3,
          .unit = "1",
          .help = "People no further apart than so many body heights can touch."},
         {.name = "min_height",
          .type = FieldType::Number,
          .fallback = 30.0,
          .min = 10,
          .max = 2000,
          .unit = "px",
          .help = "Smaller people are not judged: what they do cannot be seen."},
         {.name = "min_score",
          .type = FieldType::Number,
          .fallback = 0.3,
          .min = 0,
          .max = 1,
          .unit = "1",
          .help = "People whose score is lower are not considered."},
         {.name = "threshold",
          .type = FieldType::Number,
          .fallback = 0.6,
          .min = 0.05,
          .max = 1,
          .unit = "1",
          .help =
              "How sure the latest second looks must be on average; lower finds more fights and "
              "more dances."},
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
    FightSettings settings;
    settings.company = {
        .near = static_cast<float>(given.number("near")),
        .min_score = static_cast<float>(given.number("min_score")),
        .min_height = static_cast<float>(given.number("min_height"))
    };
    settings.threshold = static_cast<float>(given.number("threshold"));
    settings.release = static_cast<float>(given.number("release"));
    settings.clear_after = given.duration("clear_after");
    return std::make_unique<Fight>(settings, context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "fight",
         .help = "People fight: restless people within reach of each other, confirmed by how "
                 "violently everything moves.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::fight
