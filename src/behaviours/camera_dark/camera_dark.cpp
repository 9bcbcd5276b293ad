// The picture is too dark to see anything. Darkness has degrees (dim, dark, black); a rule says
// from which one on it reports. The default, black, is not reached by night fall under street light
// nor by infrared pictures.
#include "behaviours/fault.hpp"

#include <algorithm>
#include <array>

namespace bongsu::behaviours::camera_dark {
namespace {

enum class Level { Bright, Dim, Dark, Black };
constexpr std::array<std::string_view, 4> kLevels{"bright", "dim", "dark", "black"};

constexpr float kMargin = 4;  ///< grey levels above a border before the level is left
constexpr float kBlackContrast =
    8;  ///< a dark picture with more contrast than this shows lit things
constexpr Duration kAbrupt = std::chrono::seconds{5};

struct Borders {
    float dim = 0;
    float dark = 0;
    float black = 0;
};

struct Memory {
    Level level = Level::Bright;
    std::optional<WallTime> last_bright;
    FaultEpisode episode;
};

class CameraDark final : public BehaviourWith<Memory> {
public:
    CameraDark(Hold::Times times, Borders borders, Level from)
        : times_(times), borders_(borders), from_(from) {}

protected:
    void look(const Scene& scene, Memory& memory, EventSink& sink) const override {
        if (!scene.quality || scene.signal == SignalState::Lost || is_view_blocked(scene)) {
            return;
        }
        memory.level = level_of(*scene.quality, memory.level);
        if (memory.level == Level::Bright) {
            memory.last_bright = scene.time;
        }
        const Verdict verdict = memory.level >= from_ ? Verdict::Yes : Verdict::No;
        const WallTime since = memory.episode.since().value_or(scene.time);
        const bool is_abrupt = memory.last_bright && since - *memory.last_bright <= kAbrupt;
        const std::string detail =
            "level=" + std::string(kLevels.at(static_cast<std::size_t>(memory.level))) +
            (is_abrupt ? ";onset=abrupt" : ";onset=gradual");
        memory.episode.report(scene, {verdict, 0.9F, detail}, times_, sink);
    }

private:
    Level level_of(const ViewQuality& quality, Level before) const {
        const auto is_below = [&](float border, Level level) {
            return quality.mean_luma < border + (before >= level ? kMargin : 0);
        };
        const float most = kBlackContrast + (before == Level::Black ? kMargin : 0);
        if (is_below(borders_.black, Level::Black) && quality.contrast < most) {
            return Level::Black;
        }
        if (is_below(borders_.dark, Level::Dark)) {
            return Level::Dark;
        }
        return is_below(borders_.dim, Level::Dim) ? Level::Dim : Level::Bright;
    }

    Hold::Times times_;
    Borders borders_;
    Level from_;
};

FieldSpec border(std::string name, double fallback, std::string help) {
    return {
        .name = std::move(name),
        .type = FieldType::Number,
        .fallback = fallback,
        .min = 0,
        .max = 255,
        .unit = "grey levels",
        .help = std::move(help)
    };
}

SettingsSchema schema() {
    std::vector<FieldSpec> fields = fault_fields(30, 10);
    fields.push_back(
        {.name = "from",
         .type = FieldType::Choice,
         .fallback = "black",
         .choices = {"dim", "dark", "black"},
         .help = "The least degree of darkness that is reported."}
    );
    fields.push_back(border("dim_below", 55, "Mean brightness below which the picture is dim."));
    fields.push_back(border("dark_below", 36, "Mean brightness below which the picture is dark."));
    fields.push_back(border(
        "black_below",
        24,
        "Mean brightness below which an even picture is black; video black is 16."
    ));
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    const Borders borders{
        .dim = static_cast<float>(given.number("dim_below")),
        .dark = static_cast<float>(given.number("dark_below")),
        .black = static_cast<float>(given.number("black_below"))
    };
    if (borders.black > borders.dark || borders.dark > borders.dim) {
        return fail(
            ErrorKind::InvalidArgument,
            "must_ascend"_code,
            context.path + ": black_below, dark_below and dim_below must ascend in this order"
        );
    }
    const auto* from = std::ranges::find(kLevels, given.text("from"));
    return std::make_unique<CameraDark>(
        parse_fault_times(given), borders, static_cast<Level>(from - kLevels.begin())
    );
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "camera_dark",
         .help = "The picture is too dark to see anything.",
         .scope = Scope::WholePicture,
         .needs = {.view_quality = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::camera_dark
