// Zone events from the pictures: detector, tracker and behaviours as in the product.
#include "behaviours/registry.hpp"
#include "domain/assignment.hpp"
#include "eval/pictures/looking.hpp"
#include "eval/pictures/picture_file.hpp"
#include "eval/suite.hpp"
#include "eval/zones/event_score.hpp"
#include "eval/zones/matching.hpp"
#include "pipeline/frame_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr WallTime kStart{std::chrono::seconds{1'750'000'000}};
constexpr double kOnTime = 2;  // seconds after due
constexpr const char* kTypes[] = {"intrusion", "loitering", "line_crossing", "crowding"};

double seconds_since_start(WallTime time) {
    return to_seconds(time - kStart);
}

/// What the analysis said.
struct Raised {
    std::vector<ZoneEvent> events;
    std::vector<int> people;  ///< shown, by picture
};

/// Turns begins and ends of behaviours into events with a start and an end.
class Collector {
public:
    void take(const BehaviourEvent& event, WallTime now) {
        if (event.phase == EventPhase::Begin) {
            index_[event.id] = events_.size();
            const bool has_zone = event.kind != "line_crossing" && event.kind != "crowding";
            events_.push_back({
                .type = event.kind,
                .zone = has_zone ? event.zone.value() : "",
                .start = seconds_since_start(event.started),
                .end = seconds_since_start(now),
                .raised = seconds_since_start(now),
            });
        } else if (const auto known = index_.find(event.id); known != index_.end()) {
            events_[known->second].end = seconds_since_start(event.time);
        }
    }

    std::vector<ZoneEvent> finish() && { return std::move(events_); }

private:
    std::vector<ZoneEvent> events_;
    std::map<EventId, std::size_t> index_;
};

Result<Raised> analyse(
    const ZoneScenario& scenario,
    const MotSequence& sequence,
    vision::Detector& detector,
    const SuiteContext& context
) {
    behaviours::Registry registry;
    behaviours::register_all(registry);
    Metrics metrics;
    Collector collector;
    WallTime now = kStart;
    const pipeline::AnalysisParts parts{
        .behaviours = registry,
        .metrics = metrics,
        .tracker = tracker_for(sequence.info),
        .on_event = [&](const BehaviourEvent& event,
                        const Frame*,
                        std::span<const Track>) { collector.take(event, now); },
    };
    BONGSU_ASSIGN(auto analysis, pipeline::FrameAnalysis::create(scenario.camera, parts));
    ProgressMeter meter(context, scenario.name, sequence.info.length);
    Raised raised;
    for (int i = 1; i <= sequence.info.length; ++i) {
        BONGSU_ASSIGN(Frame frame, load_picture(sequence.picture(i)));
        now = kStart + from_seconds((i - 1) / scenario.frame_rate);
        frame.camera = scenario.camera.id;
        frame.wall = now;
        BONGSU_ASSIGN(const auto tracks, analysis.analyse(frame, detector));
        raised.people.push_back(static_cast<int>(std::ranges::count_if(tracks, [](const Track& t) {
            return t.state == TrackState::Confirmed && t.cls == ObjectClass::Person;
        })));
        meter.step();
    }
    analysis.finish(now);
    raised.events = std::move(collector).finish();
    return raised;
}

/// Counts of one type, or of all.
struct Tally {
    int truth = 0;
    int raised = 0;
    int matched = 0;
    int on_time = 0;
    std::vector<double> delays;  ///< seconds from start, loitering from due

    double precision() const { return raised > 0 ? double(matched) / raised : 1; }

    double recall() const { return truth > 0 ? double(matched) / truth : 1; }
};

using Tallies = std::map<std::string, Tally>;

void count(
    const std::vector<ZoneEvent>& truth, const std::vector<ZoneEvent>& raised, Tallies& tallies
) {
    for (const ZoneEvent& event : raised) {
        ++tallies[event.type].raised;
    }
    const std::vector<int> pairs = match_events(truth, raised);
    for (std::size_t t = 0; t < truth.size(); ++t) {
        Tally& tally = tallies[truth[t].type];
        ++tally.truth;
        if (pairs[t] == kUnassigned) {
            continue;
        }
        ++tally.matched;
        const double delay = raised[static_cast<std::size_t>(pairs[t])].raised - truth[t].due;
        tally.delays.push_back(delay);
        tally.on_time += std::abs(delay) <= kOnTime ? 1 : 0;
    }
}

void add_type(Measurements& measurements, const std::string& type, Tally tally) {
    const std::string prefix = "zones." + type;
    measurements.add(prefix + ".precision", tally.precision());
    measurements.add(prefix + ".recall", tally.recall());
    measurements.add(prefix + ".events", tally.truth);
    if (tally.delays.empty()) {
        return;
    }
    std::ranges::sort(tally.delays);
    const auto count = static_cast<double>(tally.delays.size());
    const double sum = std::accumulate(tally.delays.begin(), tally.delays.end(), 0.0);
    const auto p95 = static_cast<std::size_t>(std::ceil(0.95 * count)) - 1;
    measurements.add(prefix + ".delay_mean", sum / count);
    measurements.add(prefix + ".delay_p95", tally.delays[p95]);
    if (type == "loitering") {
        measurements.add("zones.loitering.on_time", double(tally.on_time) / tally.truth);
        measurements.add("zones.loitering.late_max", tally.delays.back());
    }
}

void add_all(Measurements& measurements, const Tallies& tallies, ReportTable& table) {
    Tally all;
    for (const char* type : kTypes) {
        const auto found = tallies.find(type);
        if (found == tallies.end()) {
            continue;
        }
        const Tally& tally = found->second;
        add_type(measurements, type, tally);
        all.truth += tally.truth;
        all.raised += tally.raised;
        all.matched += tally.matched;
        table.rows.push_back(
            {type,
             std::to_string(tally.truth),
             std::to_string(tally.raised),
             std::to_string(tally.matched),
             fmt::format("{:.2f}", tally.precision()),
             fmt::format("{:.2f}", tally.recall())}
        );
    }
    measurements.add("zones.precision", all.precision());
    measurements.add("zones.recall", all.recall());
    measurements.add("zones.events", all.truth);
    measurements.add("zones.raised", all.raised);
}

/// Every true event with its raised one, and the raised ones without a true one.
ReportTable event_list(const std::vector<ZoneEvent>& truth, const std::vector<ZoneEvent>& raised) {
    ReportTable table{
        .head = {"event", "zone", "true start", "true end", "due", "raised", "start", "end"},
        .rows = {}
    };
    const std::vector<int> pairs = match_events(truth, raised);
    std::vector<char> is_paired(raised.size(), 0);
    const auto number = [](double seconds) { return fmt::format("{:.2f}", seconds); };
    for (std::size_t t = 0; t < truth.size(); ++t) {
        const ZoneEvent& e = truth[t];
        std::vector<std::string> row{e.type, e.zone, number(e.start), number(e.end), number(e.due)};
        if (pairs[t] == kUnassigned) {
            row.insert(row.end(), {"missed", "", ""});
        } else {
            const auto index = static_cast<std::size_t>(pairs[t]);
            is_paired[index] = 1;
            const ZoneEvent& r = raised[index];
            row.insert(row.end(), {number(r.raised), number(r.start), number(r.end)});
        }
        table.rows.push_back(std::move(row));
    }
    for (std::size_t r = 0; r < raised.size(); ++r) {
        if (is_paired[r] == 0) {
            const ZoneEvent& e = raised[r];
            table.rows.push_back(
                {e.type, e.zone, "none", "", "", number(e.raised), number(e.start), number(e.end)}
            );
        }
    }
    return table;
}

double count_error(const ZoneScenario& scenario, const std::vector<int>& people) {
    double sum = 0;
    for (const auto& [frame, truth] : scenario.people) {
        const auto index = static_cast<std::size_t>(frame - 1);
        sum += std::abs(truth - (index < people.size() ? people[index] : 0));
    }
    return sum / std::max<double>(1, static_cast<double>(scenario.people.size()));
}

}  // namespace

SuiteResult run_zones(SuiteContext& context) {
    const auto file = context.options.data / "zone_events" / "events.json";
    if (!std::filesystem::exists(file)) {
        return file.string() + " is absent";
    }
    BONGSU_ASSIGN(const auto scenarios, load_scenarios(file));
    Metrics metrics;
    auto detector =
        make_eval_detector(context.options, vision::DetectorSettings{}.min_score, metrics);
    if (!detector) {
        return detector.error().describe();
    }
    ReportSection section{
        .title = "Zone events from pictures",
        .notes =
            {"Zones, line and thresholds come from events.json, behaviours run at their defaults "
             "otherwise. Delays are from the true start, of loitering from when it was due."},
        .tables =
            {{.head = {"type", "true", "raised", "matched", "precision", "recall"}, .rows = {}}}
    };
    Tallies tallies;
    std::vector<ScoredEvent> scored;
    double count_mae = 0;
    for (const ZoneScenario& scenario : scenarios) {
        BONGSU_ASSIGN(const MotSequence sequence, load_sequence(scenario.sequence));
        BONGSU_ASSIGN(const Raised raised, analyse(scenario, sequence, **detector, context));
        count(scenario.truth, raised.events, tallies);
        add_scored(scenario, raised.events, scored);
        count_mae += count_error(scenario, raised.people) / static_cast<double>(scenarios.size());
        section.tables.push_back(event_list(scenario.truth, raised.events));
    }
    add_all(context.report.measurements, tallies, section.tables.front());
    for (const char* type : {"intrusion", "loitering"}) {
        add_event_f1(type, scored, context.report.measurements);
    }
    context.report.measurements.add("zones.count_mae", count_mae);
    context.report.sections.push_back(std::move(section));
    return std::nullopt;
}

}  // namespace bongsu::eval
