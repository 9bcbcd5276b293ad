// The number of people against labelled heads, and the events that follow from it.
#include "core/metrics.hpp"
#include "eval/crowd/counting.hpp"
#include "eval/intervals.hpp"
#include "eval/manifest.hpp"
#include "eval/pictures/picture_file.hpp"
#include "eval/suite.hpp"
#include "vision/crowd.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

/// The set whose pictures follow each other.
constexpr const char* kFilm = "mall";
/// So many pictures in a row are alike: they are drawn together for intervals.
constexpr std::size_t kBlock = 10;
constexpr std::size_t kMedian = 3;  ///< looks, as the behaviour takes
constexpr int kNeeded = 5;          ///< pictures in a row that make an event
constexpr double kRelease = 0.8;    ///< of the threshold, as the behaviour's default

using Sets = std::map<std::string, std::vector<CountedPicture>>;

struct Counted {
    Sets sets;
    double seconds = 0;
    int pictures = 0;
};

Result<Counted> count_all(SuiteContext& context, vision::Detector& detector) {
    const auto folder = context.options.data / "crowd";
    BONGSU_ASSIGN(
        const Manifest manifest, Manifest::load(folder / "manifest.csv", {"file", "count", "set"})
    );
    ProgressMeter meter(context, "crowds", static_cast<int>(manifest.rows().size()));
    const SystemClock clock;
    Counted counted;
    for (const Manifest::Row& row : manifest.rows()) {
        double people = 0;
        const std::string& number = row[1];
        const auto read = std::from_chars(number.data(), number.data() + number.size(), people);
        if (read.ec != std::errc{}) {
            return fail(ErrorKind::Corrupt, fmt::format("{}: '{}' is no count", row[0], number));
        }
        BONGSU_ASSIGN(const Frame frame, load_picture(folder / row[0]));
        const MonoTime begin = clock.mono();
        BONGSU_ASSIGN(auto found, detector.detect(frame));
        const auto expected = vision::expected_people(std::move(found));
        counted.seconds += to_seconds(clock.mono() - begin);
        ++counted.pictures;
        const double sum = std::accumulate(
            expected.begin(),
            expected.end(),
            0.0,
            [](double all, const Detection& person) {
                return all + static_cast<double>(person.score);
            }
        );
        counted.sets[as_name_part(row[2])].push_back({people, sum});
        meter.step();
    }
    return counted;
}

Interval ratio_interval(std::span<const CountedPicture> pictures) {
    std::vector<std::string> blocks;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        blocks.push_back(std::to_string(i / kBlock));
    }
    return interval_by_group(blocks, [&](std::span<const std::size_t> items) {
        std::vector<CountedPicture> drawn;
        for (const std::size_t item : items) {
            drawn.push_back(pictures[item]);
        }
        return std::optional(count_errors(drawn).mae_ratio());
    });
}

void add_counts(
    const std::string& set,
    std::span<const CountedPicture> pictures,
    Measurements& out,
    ReportTable& table
) {
    const CountErrors errors = count_errors(pictures);
    const Interval interval = ratio_interval(pictures);
    const std::string prefix = "crowd." + set + ".";
    out.add(prefix + "pictures", static_cast<double>(pictures.size()));
    out.add(prefix + "people", errors.mean_people);
    out.add(prefix + "mae", errors.mae);
    out.add(prefix + "rmse", errors.rmse);
    out.add(prefix + "bias", errors.bias);
    out.add(prefix + "mae_ratio", errors.mae_ratio());
    add_interval(out, prefix + "mae_ratio", interval);
    table.rows.push_back(
        {set,
         std::to_string(pictures.size()),
         fmt::format("{:.1f}", errors.mean_people),
         fmt::format("{:.1f}", errors.mae),
         fmt::format("{:.3f} ({:.3f} to {:.3f})", errors.mae_ratio(), interval.low, interval.high),
         fmt::format("{:+.3f}", errors.bias)}
    );
}

/// Events at every threshold between the tenth and the ninetieth percentile of the true count.
EventCounts events_of(std::span<const CountedPicture> pictures, double release) {
    std::vector<double> truth;
    std::vector<double> counted;
    for (const CountedPicture& picture : pictures) {
        truth.push_back(picture.people);
        counted.push_back(picture.counted);
    }
    const std::vector<double> smooth = running_median(counted, kMedian);
    EventCounts all;
    const int last = static_cast<int>(percentile(truth, 0.9));
    for (int n = static_cast<int>(percentile(truth, 0.1)); n <= last; ++n) {
        const EventCounts one = match_crowds(
            crowds_of(truth, n, release, kNeeded), crowds_of(smooth, n, release, kNeeded)
        );
        all.truth += one.truth;
        all.raised += one.raised;
        all.matched += one.matched;
    }
    return all;
}

}  // namespace

SuiteResult run_crowd(SuiteContext& context) {
    if (!std::filesystem::exists(context.options.data / "crowd" / "manifest.csv")) {
        return (context.options.data / "crowd" / "manifest.csv").string() + " is absent";
    }
    const SystemClock clock;
    Metrics metrics;
    const auto detector = vision::make_crowd_detector(context.options.models, clock, metrics);
    if (!detector) {
        return detector.error().describe();
    }
    BONGSU_ASSIGN(const Counted counted, count_all(context, **detector));
    Measurements& out = context.report.measurements;
    ReportSection section{
        .title = "Crowds: number of people",
        .notes = {"One look at a picture in enlarged parts; everybody counts for a share."},
        .tables = {{.head = {"set", "pictures", "people", "MAE", "MAE / mean", "bias"}, .rows = {}}}
    };
    for (const auto& [set, pictures] : counted.sets) {
        add_counts(set, pictures, out, section.tables.front());
    }
    out.add("crowd.ms_per_look", 1e3 * counted.seconds / std::max(1, counted.pictures));
    if (const auto film = counted.sets.find(kFilm); film != counted.sets.end()) {
        const EventCounts events = events_of(film->second, kRelease);
        out.add("crowd.mae_ratio", count_errors(film->second).mae_ratio());
        add_interval(out, "crowd.mae_ratio", ratio_interval(film->second));
        out.add("crowd.events_f1", events.f1());
        out.add("crowd.events", events.truth);
        out.add("crowd.events_f1_without_release", events_of(film->second, 1).f1());
        section.notes.push_back(fmt::format(
            "Events 'at least N for {} pictures', N over the middle four fifths of the true "
            "counts: "
            "{} true, {} raised, {} matched. They are of one film and not independent.",
            kNeeded,
            events.truth,
            events.raised,
            events.matched
        ));
    }
    context.report.sections.push_back(std::move(section));
    return std::nullopt;
}

}  // namespace bongsu::eval
