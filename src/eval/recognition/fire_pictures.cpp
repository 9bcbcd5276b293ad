// Pictures of fires and of what looks like them, shown to the verifier without the cheap first
// step.
#include "eval/intervals.hpp"
#include "eval/pictures/picture_file.hpp"
#include "eval/recognition/figures.hpp"
#include "eval/roc.hpp"
#include "vision/model_store.hpp"
#include "vision/verifiers/registry.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr const char* kFire = "fire";

struct LabelledPicture {
    std::filesystem::path file;
    std::string group;
    bool is_fire = false;
    double score = 0;
};

/// The first three columns of manifest_images.csv: file, label, group. Nothing else is needed.
Result<std::vector<LabelledPicture>> read_manifest(const std::filesystem::path& folder) {
    const auto path = folder / "manifest_images.csv";
    std::ifstream in(path);
    std::string line;
    if (!std::getline(in, line) || !line.starts_with("file,label,group,")) {
        return fail(
            ErrorKind::Corrupt, path.string() + " does not begin with the columns file,label,group"
        );
    }
    std::vector<LabelledPicture> pictures;
    while (std::getline(in, line)) {
        const std::size_t first = line.find(',');
        const std::size_t second = line.find(',', first + 1);
        const std::size_t third = line.find(',', second + 1);
        if (third == std::string::npos) {
            return fail(ErrorKind::Corrupt, path.string() + " has a short line: " + line);
        }
        pictures.push_back({
            .file = folder / line.substr(0, first),
            .group = line.substr(second + 1, third - second - 1),
            .is_fire = line.substr(first + 1, second - first - 1) == kFire,
        });
    }
    return pictures;
}

Status look_at_all(
    std::vector<LabelledPicture>& pictures,
    verifiers::Verifier& verifier,
    const SuiteContext& context
) {
    ProgressMeter meter(context, "pictures of fires", static_cast<int>(pictures.size()));
    for (LabelledPicture& picture : pictures) {
        BONGSU_ASSIGN(const Frame frame, load_picture(picture.file));
        const Box whole{0, 0, static_cast<float>(frame.width), static_cast<float>(frame.height)};
        BONGSU_ASSIGN(const auto answer, verifier.verify({&frame, 1}, whole));
        picture.score = answer.value_or(0);
        meter.step();
    }
    return {};
}

std::vector<ScoredCase> cases_of(
    const std::vector<LabelledPicture>& pictures, std::span<const std::size_t> items
) {
    std::vector<ScoredCase> cases;
    for (const std::size_t i : items) {
        cases.push_back({pictures[i].score, pictures[i].is_fire});
    }
    return cases;
}

std::optional<double> auc_of(std::span<const ScoredCase> cases) {
    const auto curve = roc_curve(cases);
    return curve.empty() ? std::nullopt : std::optional(area_below(curve));
}

/// The highest hit rate with at most this share of false ones.
std::optional<double> hits_at(std::span<const ScoredCase> cases, double false_rate) {
    const auto curve = roc_curve(cases);
    if (curve.empty()) {
        return std::nullopt;
    }
    double best = 0;
    for (const RocPoint& point : curve) {
        best = point.false_rate <= false_rate ? std::max(best, point.hit_rate) : best;
    }
    return best;
}

struct PictureFigure {
    const char* name;
    std::function<std::optional<double>(std::span<const ScoredCase>)> of;
};

std::vector<PictureFigure> figures() {
    return {
        {"auc", auc_of},
        {"tpr_at_fpr1", [](auto cases) { return hits_at(cases, 0.01); }},
        {"tpr_at_fpr5", [](auto cases) { return hits_at(cases, 0.05); }},
    };
}

void add_figures(
    const std::vector<LabelledPicture>& pictures, Measurements& out, ReportSection& section
) {
    std::vector<std::string> groups;
    std::vector<std::size_t> every;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        groups.push_back(pictures[i].group);
        every.push_back(i);
    }
    const auto fires = std::ranges::count_if(pictures, &LabelledPicture::is_fire);
    out.add("fire.pictures", static_cast<double>(pictures.size()));
    out.add("fire.pictures_of_fire", static_cast<double>(fires));
    ReportTable table{.head = {"pictures of fires", "value", "95 % interval"}, .rows = {}};
    for (const PictureFigure& figure : figures()) {
        const auto value = figure.of(cases_of(pictures, every));
        if (!value) {
            continue;
        }
        const Interval interval = interval_by_group(groups, [&](auto items) {
            return figure.of(cases_of(pictures, items));
        });
        const std::string name = std::string("fire.") + figure.name;
        out.add(name, *value);
        add_interval(out, name, interval);
        table.rows.push_back(
            {figure.name,
             fmt::format("{:.3f}", *value),
             fmt::format("{:.3f} to {:.3f}", interval.low, interval.high)}
        );
    }
    section.notes.push_back(fmt::format(
        "Pictures of fires: {} of {} in {} groups, each shown whole to the verifier. Where it was "
        "trained on these very pictures, the figures say no more than that it learnt them: its "
        "card has the figures by fold.",
        fires,
        pictures.size(),
        count_groups(groups)
    ));
    section.tables.push_back(std::move(table));
}

}  // namespace

SuiteResult add_fire_pictures(const SuiteContext& context, ReportSection& section) {
    const auto folder = context.options.data / kFire;
    if (!std::filesystem::exists(folder / "manifest_images.csv")) {
        return "manifest_images.csv of fires is absent";
    }
    verifiers::Registry registry;
    verifiers::register_all(registry);
    const verifiers::Registration* known = registry.find(kFire);
    if (known == nullptr) {
        return "this program has no verifier of fires";
    }
    auto verifier = known->make(
        context.options.models.empty() ? vision::default_models_folder() : context.options.models
    );
    if (!verifier) {
        return verifier.error().describe();
    }
    BONGSU_ASSIGN(auto pictures, read_manifest(folder));
    BONGSU_TRY(look_at_all(pictures, **verifier, context));
    add_figures(pictures, context.report.measurements, section);
    return std::nullopt;
}

}  // namespace bongsu::eval
