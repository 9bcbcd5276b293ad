// Water on the ground: fixed cameras' pictures, each on its own and beside the camera's dry ones.
#include "behaviours/flood/dry_ground.hpp"
#include "eval/intervals.hpp"
#include "eval/manifest.hpp"
#include "eval/pictures/picture_file.hpp"
#include "eval/roc.hpp"
#include "eval/suite.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

using behaviours::flood::Cells;
using behaviours::flood::DryGround;
using behaviours::flood::GroundTexture;

/// Of one picture's disorder, for want of anything better; the product raises nothing by it.
constexpr float kDisorderOfWater = 0.3F;
/// The behaviour's default.
constexpr float kDrowned = 0.15F;

struct Tile {
    std::string scene;
    bool is_flooded = false;
    GroundTexture texture;
};

/// The pictures of one scene with one label: scenes differ in size, so each counts as one.
struct SceneCase {
    std::string scene;
    bool is_flooded = false;
    int tiles = 0;
    double score = 0;  ///< mean
    double right = 0;  ///< share that was judged rightly
};

/// What a picture is judged by.
struct Judgement {
    float score = 0;
    bool is_water = false;
};

Result<std::vector<Tile>> load_tiles(SuiteContext& context, double& seconds) {
    const auto folder = context.options.data / "flood";
    BONGSU_ASSIGN(
        const Manifest manifest,
        Manifest::load(folder / "manifest.csv", {"file", "label", "scene", "kind"})
    );
    ProgressMeter meter(context, "tiles", static_cast<int>(manifest.rows().size()));
    const SystemClock clock;
    std::vector<Tile> tiles;
    for (const Manifest::Row& row : manifest.rows()) {
        meter.step();
        if (!row[3].starts_with("fixed")) {
            continue;
        }
        BONGSU_ASSIGN(const Frame frame, load_picture(folder / row[0]));
        const MonoTime begin = clock.mono();
        const auto texture = GroundTexture::of(frame);
        seconds += to_seconds(clock.mono() - begin);
        if (texture) {
            tiles.push_back({row[2], row[1] == "flood", *texture});
        }
    }
    return tiles;
}

void add(std::vector<SceneCase>& cases, const Tile& tile, Judgement judgement) {
    auto at = std::ranges::find_if(cases, [&](const SceneCase& known) {
        return known.scene == tile.scene && known.is_flooded == tile.is_flooded;
    });
    if (at == cases.end()) {
        at = cases.insert(cases.end(), {.scene = tile.scene, .is_flooded = tile.is_flooded});
    }
    ++at->tiles;
    const double share = 1.0 / at->tiles;
    const double is_right = judgement.is_water == tile.is_flooded ? 1 : 0;
    at->score += share * (static_cast<double>(judgement.score) - at->score);
    at->right += share * (is_right - at->right);
}

std::vector<SceneCase> judge_alone(const std::vector<Tile>& tiles) {
    std::vector<SceneCase> cases;
    for (const Tile& tile : tiles) {
        const float score = disorder(tile.texture);
        add(cases, tile, {score, score >= kDisorderOfWater});
    }
    return cases;
}

/// Each picture beside the other dry ones of its scene; scenes without any are left out.
std::vector<SceneCase> judge_by_own_ground(const std::vector<Tile>& tiles) {
    Cells ground;
    for (std::size_t cell = GroundTexture::kCells / 3; cell < GroundTexture::kCells; ++cell) {
        ground.set(cell);
    }
    std::vector<SceneCase> cases;
    for (const Tile& tile : tiles) {
        std::vector<const Tile*> dry;
        for (const Tile& other : tiles) {
            if (&other != &tile && other.scene == tile.scene && !other.is_flooded) {
                dry.push_back(&other);
            }
        }
        DryGround usual;
        for (const Tile* other : dry) {
            usual.learn(other->texture, 1);
        }
        if (!dry.empty()) {
            const float drowned = usual.loss(tile.texture, ground, {}).drowned;
            add(cases, tile, {drowned, drowned >= kDrowned});
        }
    }
    return cases;
}

std::optional<double> balanced_accuracy(const std::vector<SceneCase>& cases) {
    std::map<bool, std::vector<double>> right;
    for (const SceneCase& each : cases) {
        right[each.is_flooded].push_back(each.right);
    }
    if (right.size() < 2) {
        return std::nullopt;
    }
    double sum = 0;
    for (const auto& [is_flooded, shares] : right) {
        double all = 0;
        for (const double share : shares) {
            all += share;
        }
        sum += all / static_cast<double>(shares.size());
    }
    return sum / 2;
}

std::optional<double> auc(const std::vector<SceneCase>& cases) {
    std::vector<ScoredCase> scored;
    for (const SceneCase& each : cases) {
        scored.push_back({each.score, each.is_flooded});
    }
    const auto curve = roc_curve(scored);
    return curve.empty() ? std::nullopt : std::optional(area_below(curve));
}

void report(
    const std::string& prefix,
    const std::vector<SceneCase>& cases,
    Measurements& out,
    ReportTable& table
) {
    std::vector<std::string> scenes;
    for (const SceneCase& each : cases) {
        scenes.push_back(each.scene);
    }
    const auto figure = [&](const std::string& name, auto of) {
        const auto value = of(cases);
        if (!value) {
            return;
        }
        const Interval interval = interval_by_group(scenes, [&](auto items) {
            std::vector<SceneCase> drawn;
            for (const std::size_t item : items) {
                drawn.push_back(cases[item]);
            }
            return of(drawn);
        });
        out.add(prefix + name, *value);
        add_interval(out, prefix + name, interval);
        table.rows.push_back(
            {prefix + name,
             fmt::format("{:.3f}", *value),
             fmt::format("{:.3f} to {:.3f}", interval.low, interval.high)}
        );
    };
    figure("balanced_accuracy", balanced_accuracy);
    figure("auc", auc);
    const auto flooded = std::ranges::count_if(cases, &SceneCase::is_flooded);
    out.add(prefix + "scenes_flooded", static_cast<double>(flooded));
    out.add(prefix + "scenes_dry", static_cast<double>(std::ssize(cases) - flooded));
}

}  // namespace

SuiteResult run_flood(SuiteContext& context) {
    if (!std::filesystem::exists(context.options.data / "flood" / "manifest.csv")) {
        return (context.options.data / "flood" / "manifest.csv").string() + " is absent";
    }
    double seconds = 0;
    BONGSU_ASSIGN(const std::vector<Tile> tiles, load_tiles(context, seconds));
    if (tiles.empty()) {
        return "no pictures of fixed cameras";
    }
    Measurements& out = context.report.measurements;
    ReportSection section{
        .title = "Water on the ground",
        .notes =
            {"Every scene counts as one for each label, however many pictures it has. Alone: the "
             "disorder of one picture, which raises nothing in the product. Known: beside other "
             "dry pictures of the same scene, as the behaviour does."},
        .tables = {{.head = {"figure", "value", "95 % interval"}, .rows = {}}}
    };
    report("flood.", judge_alone(tiles), out, section.tables.front());
    report("flood.known.", judge_by_own_ground(tiles), out, section.tables.front());
    out.add("flood.tiles", static_cast<double>(tiles.size()));
    out.add("flood.ms_per_look", 1e3 * seconds / static_cast<double>(tiles.size()));
    context.report.sections.push_back(std::move(section));
    return std::nullopt;
}

}  // namespace bongsu::eval
