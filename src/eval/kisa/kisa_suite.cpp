// Result files against ground truth in the layout of the KISA performance test.
#include "eval/kisa/kisa_score.hpp"
#include "eval/mot/sequence.hpp"
#include "eval/suite.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestFile = 4U << 20U;

Result<KisaClip> load_clip(const std::filesystem::path& file) {
    BONGSU_ASSIGN(const std::string xml, read_text_file(file, kLargestFile));
    return parse_kisa_clip(xml, file.string());
}

std::vector<std::filesystem::path> xml_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".xml") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

void add(
    const std::map<std::string, KisaScore>& scores, Measurements& measurements, ReportTable& table
) {
    for (const auto& [event, score] : scores) {
        const std::string prefix = "kisa." + as_name_part(event);
        measurements.add(prefix + ".score", score.points());
        measurements.add(prefix + ".tp", score.hits);
        measurements.add(prefix + ".fp", score.false_alarms);
        measurements.add(prefix + ".fn", score.misses);
        table.rows.push_back(
            {event,
             fmt::format("{:.1f}", score.points()),
             std::to_string(score.hits),
             std::to_string(score.false_alarms),
             std::to_string(score.misses)}
        );
    }
}

}  // namespace

SuiteResult run_kisa(SuiteContext& context) {
    const auto folder = context.options.data / "kisa";
    const auto truths = xml_files(folder / "truth");
    if (truths.empty()) {
        return (folder / "truth").string() + " holds no ground truth (*.xml)";
    }
    const KisaWindow window{context.options.kisa_before, context.options.kisa_after};
    std::map<std::string, KisaScore> scores;
    for (const auto& file : truths) {
        BONGSU_ASSIGN(const KisaClip truth, load_clip(file));
        KisaClip result;
        if (const auto own = folder / "result" / file.filename(); std::filesystem::exists(own)) {
            BONGSU_ASSIGN(result, load_clip(own));
        }
        score_clip(truth, result, window, scores);
    }
    ReportSection section{
        .title = "KISA test",
        .notes = {fmt::format(
            "{} clips; an alarm counts from {:g} s before to {:g} s after the true start. The "
            "format "
            "and this window are known from implementers, not from an official text.",
            truths.size(),
            window.before,
            window.after
        )},
        .tables = {{.head = {"event", "points", "TP", "FP", "FN"}, .rows = {}}},
    };
    add(scores, context.report.measurements, section.tables.front());
    context.report.measurements.add("kisa.clips", static_cast<double>(truths.size()));
    context.report.sections.push_back(std::move(section));
    return std::nullopt;
}

}  // namespace bongsu::eval
