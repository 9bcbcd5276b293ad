// Smoke. Where the usual view is seen through something grey and half transparent that grows from
// one place, it is proposed; the verifier `smoke` must say for seconds that it boils.
#include "behaviours/inquiry.hpp"
#include "behaviours/place.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/slow_look.hpp"
#include "behaviours/smoke/plume.hpp"
#include "behaviours/smoke/veil.hpp"
#include "behaviours/still_things/small_picture.hpp"
#include "core/setting_fields.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

namespace bongsu::behaviours::smoke {
namespace {

constexpr const char* kVerifier = "smoke";

constexpr std::size_t kMostPlumes = 3;
/// While nothing is suspected the view is looked at so often.
constexpr Duration kBetweenLooks = std::chrono::milliseconds{800};
constexpr Duration kKeep = std::chrono::seconds{3};
/// In a darker or duller view nobody can tell smoke from noise.
constexpr float kLeastBrightness = 40;
constexpr float kLeastContrast = 8;

/// A veil is as good as all of its patch, and the view shines through half of it or more.
constexpr float kLeastVeiled = 0.7F;
constexpr float kLeastSheer = 0.5F;
/// It has a shade of its own between soot and white. A shadow's is black, a beam's beyond white.
constexpr float kDarkest = 55;
constexpr float kBrightest = 250;
constexpr float kMostUneven = 40;
/// Smaller patches say too little about edges.
constexpr std::size_t kLeastTiles = 14;
/// The second look sees so much of the picture's height at most.
constexpr float kHeart = 0.25F;

struct SmokeSettings {
    float threshold = 0;
    float min_size = 0;  ///< share of the picture's height
    Duration after{};
    Duration clear_after{};
};

struct Memory {
    Background background;
    still_things::SmallPicture picture;
    std::vector<Plume> plumes;
    std::optional<WallTime> looked;
};

bool is_like_smoke(const Patch& patch) {
    return patch.veiled >= kLeastVeiled && patch.sheer >= kLeastSheer && patch.shade >= kDarkest &&
           patch.shade <= kBrightest && patch.unevenness <= kMostUneven;
}

Box in_pixels(const Box& tiles, const Scene& scene) {
    return scaled(
        tiles,
        static_cast<float>(scene.width) / static_cast<float>(kTileColumns),
        static_cast<float>(scene.height) / static_cast<float>(kTileRows)
    );
}

/// Tiles that somebody or a vehicle hides.
void mark_hidden(const Scene& scene, std::vector<std::uint8_t>& hidden) {
    hidden.assign(kTiles, 0);
    for (const Track& track : scene.tracks) {
        const still_things::CellRange cells =
            still_things::cells_of(track.box, scene.width, scene.height);
        for (int y = cells.top / 2; cells.bottom >= 0 && y <= cells.bottom / 2; ++y) {
            for (int x = cells.left / 2; x <= cells.right / 2; ++x) {
                const int tile = y * kTileColumns + x;
                hidden[static_cast<std::size_t>(tile)] = 1;
            }
        }
    }
}

class Smoke final : public BehaviourWith<Memory> {
public:
    Smoke(SmokeSettings settings, std::vector<Zone> zones)
        : settings_(settings), zones_(std::move(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const bool is_seeing =
            scene.second_look != nullptr && scene.width > 0 && has_view(scene, kLeastContrast);
        bool is_blind = false;
        if (is_seeing && is_due(scene, memory)) {
            is_blind = !look_at_picture(scene, memory);
        }
        if (is_seeing && !is_blind) {
            follow(scene, memory, sink);
        }
        if (!is_blind) {
            forget_or_end(memory.plumes, scene, settings_.clear_after, sink);
        }
    }

private:
    static bool is_due(const Scene& scene, const Memory& memory) {
        return !memory.plumes.empty() || !memory.looked ||
               scene.time - *memory.looked >= kBetweenLooks;
    }

    /// False when nothing can be said because much of the picture has changed.
    bool look_at_picture(const Scene& scene, Memory& memory) const {
        thread_local std::vector<std::uint8_t> hidden;
        mark_hidden(scene, hidden);
        still_things::shrink(*scene.frame, memory.picture);
        memory.looked = scene.time;
        const auto outcome = memory.background.look(memory.picture, scene.time, hidden);
        if (outcome == Background::Look::Blind) {
            return false;
        }
        if (outcome == Background::Look::Good &&
            memory.background.brightness() >= kLeastBrightness) {
            see(scene, memory);
        }
        return true;
    }

    void see(const Scene& scene, Memory& memory) const {
        for (const Patch& patch : memory.background.patches(kLeastTiles)) {
            if (!is_like_smoke(patch)) {
                continue;
            }
            const auto known = std::ranges::find_if(memory.plumes, [&](const Plume& plume) {
                return plume.is(patch);
            });
            if (known == memory.plumes.end()) {
                if (memory.plumes.size() < kMostPlumes && zone_of(scene, patch)) {
                    memory.plumes.emplace_back(patch, scene.time);
                }
            } else {
                known->see(patch, scene.time);
            }
        }
        for (Plume& plume : memory.plumes) {
            if (plume.seen() != scene.time) {
                plume.miss(scene.time);
            }
        }
    }

    std::optional<ZoneId> zone_of(const Scene& scene, const Patch& patch) const {
        return zone_around(zones_, scene, in_pixels(patch.box, scene), HitTest::Centre);
    }

    void follow(const Scene& scene, Memory& memory, EventSink& sink) const {
        for (Plume& plume : memory.plumes) {
            if (!plume.is_suspicious()) {
                continue;
            }
            if (!plume.is_proposed) {
                plume.is_proposed = true;
                sink.propose();
            }
            if (!plume.is_resting(scene.time)) {
                scene.second_look->keep_looking(kKeep);
            }
            ask(scene, plume);
            report(scene, plume, sink);
        }
    }

    void ask(const Scene& scene, Plume& plume) const {
        if (plume.is_due(scene.time)) {
            const float side = kHeart * static_cast<float>(kTileRows);
            const Box where = in_pixels(plume.heart(side), scene);
            plume.ask(scene, kVerifier, where, settings_.threshold);
        }
    }

    void report(const Scene& scene, Plume& plume, EventSink& sink) const {
        if (plume.episode != EpisodeId{}) {
            sink.update(plume.episode, finding(scene, plume));
        } else if (plume.is_confirmed(settings_.after, scene.time) && is_large_enough(plume)) {
            plume.episode = sink.begin(finding(scene, plume));
        }
    }

    bool is_large_enough(const Plume& plume) const {
        const Box& box = plume.patch().box;
        return std::max(box.w, box.h) >= settings_.min_size * static_cast<float>(kTileRows);
    }

    Finding finding(const Scene& scene, const Plume& plume) const {
        const Patch& patch = plume.patch();
        std::array<char, 64> detail{};
        std::snprintf(
            detail.data(),
            detail.size(),
            "hides=%.2f;shade=%.0f",
            static_cast<double>(1 - patch.clearness),
            static_cast<double>(patch.shade)
        );
        return {
            .zone = zone_of(scene, patch).value_or(ZoneId{}),
            .started = plume.first(),
            .time = scene.time,
            .confidence = plume.confidence(),
            .tracks = {},
            .box = in_pixels(patch.box, scene),
            .detail = detail.data()
        };
    }

    SmokeSettings settings_;
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
            "How sure the second look must be that it boils as smoke does. Four of ten answers in "
            "a row must pass."
        ),
        fields::number(
            "min_size",
            0.1,
            0,
            1,
            "of the picture's height",
            "Smoke whose longer side is shorter is ignored."
        ),
        fields::seconds(
            "after",
            "8s",
            4,
            600,
            "How long it must last and grow. Steam and exhaust are gone sooner."
        ),
        fields::seconds(
            "clear_after",
            "20s",
            2,
            600,
            "The event ends when no smoke has been recognised for so long."
        ),
    });
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const SmokeSettings settings{
        .threshold = static_cast<float>(context.settings.number("min_confidence")),
        .min_size = static_cast<float>(context.settings.number("min_size")),
        .after = context.settings.duration("after"),
        .clear_after = context.settings.duration("clear_after")
    };
    return std::make_unique<Smoke>(settings, context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "smoke",
         .help = "Smoke rises: the usual view is seen through something grey that grows and boils. "
                 "Needs light, and a background with some structure.",
         .scope = Scope::Area,
         .needs = {.tracks = true, .view_quality = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::smoke
