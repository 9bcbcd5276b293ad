// Water where ground was. The place is known from its own dry pictures, by kind of light: once a
// minute the edges of the ground (kerbs, markings, joints) are looked for, and water is where many
// of them are gone and nothing took their place. Wet ground keeps its edges; people and vehicles
// bring edges of their own; fog, a turned or a covered camera lose edges everywhere and say
// nothing.
#include "behaviours/fault.hpp"
#include "behaviours/flood/ground_memory.hpp"
#include "behaviours/lasting_state.hpp"
#include "behaviours/place.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/slow_look.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace bongsu::behaviours::flood {
namespace {

/// So much of all structure, or of that beside the ground, gone is another view or no view.
constexpr float kBlind = 0.85F;
constexpr float kBlindElsewhere = 0.55F;
/// After so many looks another view is learnt in place of the old one, and one that shows nothing.
constexpr int kOtherViewLooks = 30;
constexpr int kNoViewLooks = 1440;
/// Another view shows structure where the old one had other; fog and a blurred lens show none.
constexpr float kReplacedByOtherView = 0.25F;
/// A place that is not familiar yet must lose so many times more.
constexpr float kUnfamiliar = 1.5F;
/// A ground without so many structured cells (of 200) cannot be judged.
constexpr int kLeastStructured = 12;
/// Snow covers markings as water does, but brightens.
constexpr float kSnowBrightens = 45;
/// A picture with less contrast shows nothing.
constexpr float kLeastContrast = 8;
/// What has been "flooded" for so long is how the place looks.
constexpr Duration kLongest = std::chrono::hours{24};
/// Below this share of the alarm's, the ground is dry and learnt.
constexpr float kDryShare = 0.65F;

struct FloodSettings {
    SlowLook slow;
    float share = 0;
};

struct Memory {
    GroundMemory grounds;  ///< all that outlasts a restart
    std::optional<WallTime> last_look;
    int blind_looks = 0;
    bool is_suspected = false;
    FaultEpisode episode;

    std::string kept() const { return grounds.kept(); }

    Status recall(std::string_view kept) { return grounds.recall(kept); }
};

Cells cells_in(const Box& box, const Scene& scene) {
    const Box grid = scaled(
        box,
        static_cast<float>(GroundTexture::kColumns) / static_cast<float>(scene.width),
        static_cast<float>(GroundTexture::kRows) / static_cast<float>(scene.height)
    );
    Cells cells;
    for (std::size_t cell = 0; cell < GroundTexture::kCells; ++cell) {
        const std::size_t column = cell % GroundTexture::kColumns;
        const std::size_t row = cell / GroundTexture::kColumns;
        const Box own{static_cast<float>(column), static_cast<float>(row), 1, 1};
        cells[cell] = intersection(own, grid).area() > 0;
    }
    return cells;
}

class Flood final : public BehaviourWithLasting<Memory> {
public:
    Flood(FloodSettings settings, const std::vector<Zone>& zones)
        : settings_(settings), ground_(ground_of(zones)) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        const bool can_see = has_view(scene, kLeastContrast) && !is_view_blocked(scene);
        if (!settings_.slow.is_due(scene, memory.last_look) || !can_see) {
            return;
        }
        const std::optional<GroundTexture> texture = GroundTexture::of(*scene.frame);
        if (!texture) {
            return;
        }
        memory.last_look = scene.time;
        judge(scene, *texture, memory, sink);
    }

private:
    /// The cells in the zones; without zones, from a third of the height downwards.
    static Cells ground_of(const std::vector<Zone>& zones) {
        Cells ground;
        for (std::size_t cell = 0; cell < GroundTexture::kCells; ++cell) {
            const std::size_t column = cell % GroundTexture::kColumns;
            const std::size_t row = cell / GroundTexture::kColumns;
            const Point middle{
                (static_cast<float>(column) + 0.5F) / static_cast<float>(GroundTexture::kColumns),
                (static_cast<float>(row) + 0.5F) / static_cast<float>(GroundTexture::kRows)
            };
            ground[cell] = zones.empty() ? middle.y > 1.F / 3
                                         : std::ranges::any_of(zones, [&](const Zone& zone) {
                                               return contains(zone.corners, middle);
                                           });
        }
        return ground;
    }

    static Cells hidden_in(const Scene& scene) {
        Cells hidden;
        for (const Track& track : scene.tracks) {
            if (track.state != TrackState::Lost) {
                hidden |= cells_in(track.box, scene);
            }
        }
        return hidden;
    }

    void judge(const Scene& scene, const GroundTexture& texture, Memory& memory, EventSink& sink)
        const {
        DryGround& usual = memory.grounds.in_light(texture.luma());
        if (!usual.is_known()) {
            usual.learn(texture, 1);
            return;
        }
        const Loss loss = usual.loss(texture, ground_, hidden_in(scene));
        const float share =
            usual.is_familiar() ? settings_.share : std::min(1.F, kUnfamiliar * settings_.share);
        const Verdict verdict = verdict_on(loss, share);
        note_blindness(loss, usual, memory);
        if (verdict == Verdict::Yes && !memory.is_suspected) {
            sink.propose();
        }
        memory.is_suspected = verdict == Verdict::Yes;
        const auto since = memory.episode.since();
        const bool is_too_long = since && scene.time - *since > kLongest;
        if (verdict == Verdict::No || is_too_long) {
            usual.learn(texture, 1);
        } else if (loss.drowned < settings_.share && !is_blind(loss)) {
            usual.learn(texture, 0.25F);
        }
        report(scene, loss, verdict, memory, sink);
    }

    static bool is_blind(const Loss& loss) {
        return loss.anywhere > kBlind || loss.elsewhere > kBlindElsewhere;
    }

    static Verdict verdict_on(const Loss& loss, float share) {
        if (loss.structured < kLeastStructured || is_blind(loss) ||
            loss.brightened > kSnowBrightens) {
            return Verdict::Unknown;
        }
        if (loss.drowned >= share) {
            return Verdict::Yes;
        }
        return loss.drowned < kDryShare * share ? Verdict::No : Verdict::Unknown;
    }

    static void note_blindness(const Loss& loss, DryGround& usual, Memory& memory) {
        memory.blind_looks = is_blind(loss) ? memory.blind_looks + 1 : 0;
        const bool is_other_view = loss.replaced >= kReplacedByOtherView;
        if (memory.blind_looks >= (is_other_view ? kOtherViewLooks : kNoViewLooks)) {
            usual = DryGround{};
            memory.blind_looks = 0;
        }
    }

    void report(
        const Scene& scene, const Loss& loss, Verdict verdict, Memory& memory, EventSink& sink
    ) const {
        std::array<char, 64> detail{};
        std::snprintf(detail.data(), detail.size(), "lost=%.2f", static_cast<double>(loss.drowned));
        const float sureness = std::min(0.95F, 0.5F + (loss.drowned - settings_.share) * 2);
        memory.episode.report(
            scene, {verdict, sureness, detail.data()}, settings_.slow.times, sink
        );
    }

    FloodSettings settings_;
    Cells ground_;
};

SettingsSchema schema() {
    return SettingsSchema(slow_look_fields(
        {.every = "Time between two looks at the ground.",
         .after = "How long it must last before the event is raised; two looks at least.",
         .clear_after = "How long the ground must be back before the event ends."},
        {.name = "lost_share",
         .type = FieldType::Number,
         .fallback = 0.15,
         .min = 0.05,
         .max = 1,
         .unit = "1",
         .help = "So much of the ground's usual edges must be gone, and nothing in their place, "
                 "for water to be there."}
    ));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    const FloodSettings settings{
        .slow = parse_slow_look(given, 3), .share = static_cast<float>(given.number("lost_share"))
    };
    return std::make_unique<Flood>(settings, context.zones);
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "flood",
         .help = "Water stands where ground was; learnt from the place's own dry pictures.",
         .scope = Scope::Area,
         .needs = {.view_quality = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::flood
