// Rain so heavy that it streaks the picture. Once a minute three pictures in a row are compared; if
// streaks fall in them, further pictures are asked for and most of them must show it too. The
// state changes over minutes, as weather does.
#include "behaviours/fault.hpp"
#include "behaviours/heavy_rain/streaks.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/slow_look.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <utility>
#include <vector>

namespace bongsu::behaviours::heavy_rain {
namespace {

/// Pictures nearer to each other show the same streaks, those further apart different light.
constexpr Duration kNearest = std::chrono::milliseconds{150};
constexpr Duration kFurthest = std::chrono::seconds{3};
/// Looks at three pictures each, when the first shows streaks.
constexpr std::size_t kLooks = 3;
constexpr Duration kLooking = std::chrono::seconds{3};
constexpr float kLeastContrast = 6;

struct RainSettings {
    SlowLook slow;
    float share = 0;
};

struct Memory {
    struct Shot {
        WallTime time;
        GreyPicture picture;
    };

    std::optional<WallTime> last_look;  ///< finished
    std::deque<Shot> shots;             ///< at most three
    std::vector<float> shares;          ///< of the looks since `last_look`
    bool is_suspected = false;
    FaultEpisode episode;
};

class HeavyRain final : public BehaviourWith<Memory> {
public:
    explicit HeavyRain(RainSettings settings) : settings_(settings) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        if (!settings_.slow.is_due(scene, memory.last_look) || !has_view(scene, kLeastContrast) ||
            !take(scene, memory)) {
            return;
        }
        const auto& shots = memory.shots;
        memory.shares.push_back(streak_share(shots[0].picture, shots[1].picture, shots[2].picture));
        memory.shots.clear();
        const bool is_streaky = memory.shares.front() >= settings_.share;
        if (is_streaky && memory.shares.size() < kLooks) {
            look_again(scene, memory, sink);
            return;
        }
        conclude(scene, memory, sink);
    }

private:
    /// Keeps the picture if it can be compared with those before it; whether there are three.
    static bool take(const Scene& scene, Memory& memory) {
        auto& shots = memory.shots;
        if (!shots.empty() && scene.time - shots.back().time < kNearest) {
            return false;
        }
        std::optional<GreyPicture> picture = GreyPicture::of(*scene.frame);
        if (!picture) {
            return false;
        }
        const bool fits = shots.empty() || (scene.time - shots.back().time <= kFurthest &&
                                            shots.back().picture.width == picture->width &&
                                            shots.back().picture.height == picture->height);
        if (!fits) {
            shots.clear();
        }
        shots.push_back({scene.time, *std::move(picture)});
        return shots.size() == 3;
    }

    static void look_again(const Scene& scene, Memory& memory, EventSink& sink) {
        if (memory.shares.size() == 1 && !memory.is_suspected) {
            sink.propose();
        }
        if (scene.second_look != nullptr) {
            scene.second_look->keep_looking(kLooking);
        }
    }

    void conclude(const Scene& scene, Memory& memory, EventSink& sink) const {
        std::ranges::sort(memory.shares);
        const float share = memory.shares[memory.shares.size() / 2];
        const bool is_rain = memory.shares.size() == kLooks && share >= settings_.share;
        memory.is_suspected = is_rain;
        memory.last_look = scene.time;
        memory.shares.clear();
        std::array<char, 64> detail{};
        std::snprintf(detail.data(), detail.size(), "streaks=%.2f", static_cast<double>(share));
        const FaultSign sign{
            .verdict = is_rain ? Verdict::Yes : Verdict::No,
            .confidence = std::min(0.95F, 0.5F + share),
            .detail = detail.data()
        };
        memory.episode.report(scene, sign, settings_.slow.times, sink);
    }

    RainSettings settings_;
};

SettingsSchema schema() {
    return SettingsSchema(slow_look_fields(
        {.every = "Time between two looks at the weather.",
         .after = "How long it must rain so before the event is raised; two looks at least.",
         .clear_after = "How long no such rain must be seen before the event ends."},
        {.name = "streak_share",
         .type = FieldType::Number,
         .fallback = 0.2,
         .min = 0.05,
         .max = 1,
         .unit = "1",
         .help = "In so much of the picture streaks must fall."}
    ));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    const RainSettings settings{
        .slow = parse_slow_look(given, 2), .share = static_cast<float>(given.number("streak_share"))
    };
    return std::make_unique<HeavyRain>(settings);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "heavy_rain",
         .help = "Rain so heavy that its streaks fill the picture.",
         .scope = Scope::WholePicture,
         .needs = {.view_quality = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::heavy_rain
