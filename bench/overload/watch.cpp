#include "overload/watch.hpp"

#include "app/cameras_at_work.hpp"
#include "app/system_state.hpp"
#include "program/metrics_page.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

constexpr Duration kThere = std::chrono::seconds{10};  ///< people are in the picture

using StatsByCamera = std::map<CameraId, pipeline::CameraStats>;

StatsByCamera stats_of(const app::Station& station) {
    StatsByCamera all;
    for (const pipeline::CameraStats& stats : station.report().cameras) {
        all[stats.camera] = stats;
    }
    return all;
}

bool is_told_in_words(app::Station& station) {
    const Value state = app::system_state(
        station.report(),
        *station.parts().cameras.health(),
        {.version = {}, .started = {}, .data = "/", .database = {}, .viewers = 0}
    );
    const Value::List& problems = *state.find("problems")->as_list();
    return std::ranges::any_of(problems, [](const Value& problem) {
        return problem.as_text()->starts_with("analysis is behind");
    });
}

/// Sums over looks at the metrics page, once a second.
struct Sums {
    double demand = 0;
    std::array<double, kGravities> shares{};
    int looks = 0;
    int told = 0;

    void add(const MetricValues& page, bool is_told) {
        const double budget = std::max(0.01, sum_of(page, "bongsu_pipeline_budget_cpu"));
        demand += sum_of(page, "bongsu_pipeline_wanted_cpu") / budget;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            shares[i] += page.at(fmt::format("bongsu_pipeline_share{{gravity=\"{}\"}}", i + 1));
        }
        ++looks;
        told += is_told ? 1 : 0;
    }
};

void add_looks(
    const Town& town,
    const StatsByCamera& before,
    const StatsByCamera& after,
    double seconds,
    OverloadFigures& figures
) {
    for (const TownCamera& camera : town.cameras()) {
        const pipeline::CameraStats& from = before.at(camera.id);
        const pipeline::CameraStats& to = after.at(camera.id);
        const std::uint64_t looks =
            to.whole_looks + to.region_looks - from.whole_looks - from.region_looks;
        if (!camera.is_walk) {
            figures.gravities.at(static_cast<std::size_t>(camera.gravity) - 1)
                .looks_per_s.push_back(static_cast<double>(looks) / seconds);
        }
        figures.longest_unwatched_s =
            std::max(figures.longest_unwatched_s, to_seconds(to.longest_unwatched));
        figures.analysis_drops += static_cast<double>(to.units_dropped - from.units_dropped);
    }
}

}  // namespace

void IncidentTimes::note(const incidents::IncidentUpdate& update, MonoTime now) {
    pages_.with([&](Pages& pages) {
        if (pages.known.insert(update.incident.id).second) {
            pages.times[update.incident.camera].push_back(now);
        }
    });
}

std::vector<MonoTime> IncidentTimes::of(const CameraId& camera) const {
    return pages_.with([&](const Pages& pages) {
        const auto found = pages.times.find(camera);
        return found == pages.times.end() ? std::vector<MonoTime>{} : found->second;
    });
}

Result<OverloadFigures> watch_overload(app::Station& station, const Town& town, Duration window) {
    const SystemClock clock;
    const StatsByCamera before = stats_of(station);
    const MonoTime begin = clock.mono();
    Sums sums;
    while (clock.mono() - begin < window) {
        std::this_thread::sleep_for(std::chrono::seconds{1});
        BONGSU_ASSIGN(const MetricValues page, read_metrics(station.monitor_port()));
        sums.add(page, is_told_in_words(station));
    }
    OverloadFigures figures;
    add_looks(town, before, stats_of(station), to_seconds(clock.mono() - begin), figures);
    figures.demand = sums.demand / sums.looks;
    for (std::size_t i = 0; i < figures.gravities.size(); ++i) {
        figures.gravities[i].share = sums.shares[i] / sums.looks;
    }
    figures.was_said = figures.demand > 1 && sums.told > sums.looks / 2;
    return figures;
}

void judge_walks(
    const Town& town,
    const IncidentTimes& incidents,
    MonoTime from,
    MonoTime until,
    OverloadFigures& figures
) {
    for (const TownCamera& camera : town.cameras()) {
        const std::vector<MonoTime> opened = incidents.of(camera.id);
        for (const MonoTime walk : town.walks_of(camera)) {
            if (walk < from || walk + kThere > until) {
                continue;
            }
            ++figures.walks;
            const auto first = std::ranges::lower_bound(opened, walk);
            if (first != opened.end() && *first - walk <= kThere) {
                figures.delays_s.push_back(to_seconds(*first - walk));
            }
        }
    }
}

}  // namespace bongsu::bench
