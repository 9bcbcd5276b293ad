// The scorer itself, on files whose scores py-motmetrics publishes.
#include "eval/mot/clear.hpp"
#include "eval/mot/identity.hpp"
#include "eval/suite.hpp"

#include <cmath>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr double kRounding = 0.0005;  // published with one decimal of a per cent

bool agrees(const ClearScore& clear, const IdentityScore& identity) {
    return clear.false_positives == 13 && clear.misses == 150 && clear.switches == 7 &&
           clear.fragmentations == 7 && std::abs(clear.mota() - 0.526) <= kRounding &&
           std::abs(identity.idf1() - 0.558) <= kRounding;
}

}  // namespace

SuiteResult run_mot_check(SuiteContext& context) {
    const auto folder = context.options.data / "tracking" / "_metric_check" / "TUD-Campus";
    if (!std::filesystem::exists(folder)) {
        return folder.string() + " is absent";
    }
    BONGSU_ASSIGN(const MotFrames truth, load_mot_rows(folder / "gt.txt", true));
    BONGSU_ASSIGN(const MotFrames tracks, load_mot_rows(folder / "test.txt", false));
    const ClearScore clear = clear_mot(truth, tracks);
    const IdentityScore identity = identity_score(truth, tracks);
    Measurements& m = context.report.measurements;
    m.add("mot_check.agrees", agrees(clear, identity) ? 1 : 0);
    m.add("mot_check.mota", clear.mota());
    m.add("mot_check.idf1", identity.idf1());
    m.add("mot_check.fp", clear.false_positives);
    m.add("mot_check.fn", clear.misses);
    m.add("mot_check.ids", clear.switches);
    m.add("mot_check.fm", clear.fragmentations);
    context.report.sections.push_back({
        .title = "Scorer",
        .notes = {fmt::format(
            "TUD-Campus test.txt: published IDF1 55.8, MOTA 52.6, FP 13, FN 150, IDs 7, FM 7; here "
            "{:.1f}, {:.1f}, {}, {}, {}, {}.",
            100 * identity.idf1(),
            100 * clear.mota(),
            clear.false_positives,
            clear.misses,
            clear.switches,
            clear.fragmentations
        )},
    });
    return std::nullopt;
}

}  // namespace bongsu::eval
