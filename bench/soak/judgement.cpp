#include "soak/judgement.hpp"

#include "eval/measurements.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

using eval::Sample;

// Values of neighbouring moments hang together; those of so many blocks hardly do.
constexpr std::size_t kBlocks = 30;

struct Span {
    double from = 0;
    double to = 0;
};

double warm_up_of(double hours) {
    constexpr double kLeast = 3.0 / 60;
    return std::min(std::max(hours / 10, kLeast), hours / 2);
}

std::vector<Sample> samples_of(const History& history, double from, double Condition::* member) {
    std::vector<Sample> samples;
    for (const Moment& moment : history) {
        if (moment.condition.hours >= from) {
            samples.push_back({.x = moment.condition.hours, .y = moment.condition.*member});
        }
    }
    return samples;
}

double p95_within(const std::vector<Sample>& samples, Span span) {
    std::vector<double> values;
    for (const Sample& sample : samples) {
        if (sample.x >= span.from && sample.x < span.to) {
            values.push_back(sample.y);
        }
    }
    return eval::percentile(std::move(values), 0.95);
}

double p95_within(const History& history, std::size_t delay, Span span) {
    const auto first = std::ranges::find_if(history, [&](const Moment& moment) {
        return moment.condition.hours >= span.from;
    });
    const auto last = std::find_if(first, history.end(), [&](const Moment& moment) {
        return moment.condition.hours >= span.to;
    });
    if (first == history.end() || first == last) {
        return 0;
    }
    return p95_between(first->delays.at(delay), std::prev(last)->delays.at(delay));
}

/// `p95` gives the 95th percentile of a span.
template <typename Percentile>
Latency latency_of(std::string name, Span whole, const Bounds& bounds, const Percentile& p95) {
    const double length = whole.to - whole.from;
    Latency latency;
    latency.name = std::move(name);
    latency.first_s = p95(Span{whole.from, whole.from + length / 3});
    latency.last_s = p95(Span{whole.to - length / 3, whole.to});
    latency.most_s = latency.first_s * bounds.latency_factor + bounds.latency_s;
    const int windows = std::clamp(static_cast<int>(length * 60 / 2), 3, 48);
    for (int i = 0; i < windows; ++i) {
        const double from = whole.from + length * i / windows;
        const Span span{from, from + length / windows};
        latency.windows.push_back({.x = (span.from + span.to) / 2, .y = p95(span)});
    }
    return latency;
}

std::string_view word_of(Finding finding) {
    switch (finding) {
        case Finding::Flat:
            return "flat";
        case Finding::Grows:
            return "GROWS";
        case Finding::Unsure:
            return "too short to tell";
    }
    return "";
}

}  // namespace

Finding Growth::finding() const {
    if (!trend || (trend->low <= bound && trend->high > bound)) {
        return Finding::Unsure;
    }
    return trend->low > bound ? Finding::Grows : Finding::Flat;
}

std::string Growth::words() const {
    if (!trend) {
        return "too few values";
    }
    return fmt::format(
        "{}: {:+.2f} {} per hour ({:+.2f} to {:+.2f}; at most {:+g})",
        word_of(finding()),
        trend->slope,
        unit,
        trend->low,
        trend->high,
        bound
    );
}

std::string Latency::words() const {
    return fmt::format(
        "{}: {:.3f} s first, {:.3f} s last (at most {:.3f})",
        word_of(finding()),
        first_s,
        last_s,
        most_s
    );
}

bool Judgement::grows() const {
    const auto is_growing = [](const auto& one) { return one.finding() == Finding::Grows; };
    return std::ranges::any_of(growths, is_growing) || std::ranges::any_of(latencies, is_growing);
}

Judgement judge(const History& history, const Tally& tally, const Bounds& bounds) {
    Judgement judgement;
    if (history.empty()) {
        return judgement;
    }
    const double end = history.back().condition.hours;
    judgement.warm_up_hours = warm_up_of(end);
    const double from = judgement.warm_up_hours;
    const auto growth = [&](const char* name, const char* unit, double bound, auto member) {
        const auto samples = samples_of(history, from, member);
        const auto trend = eval::trend_of(eval::medians_of(samples, kBlocks));
        judgement.growths.push_back({name, unit, bound, trend});
    };
    growth("memory", "MB", bounds.memory_mb_per_hour, &Condition::resident_mb);
    growth("handles", "handles", bounds.handles_per_hour, &Condition::handles);
    growth("threads", "threads", bounds.threads_per_hour, &Condition::threads);
    const Span whole{from, std::nextafter(end, end + 1)};
    for (std::size_t i = 0; i < kOwnDelays.size(); ++i) {
        judgement.latencies
            .push_back(latency_of(kOwnDelays.at(i).name, whole, bounds, [&](Span span) {
                return p95_within(history, i, span);
            }));
    }
    for (const char* kind : {"api", "picture", "still", "playback", "change"}) {
        const std::vector<Sample> samples = tally.times(kind);
        judgement.latencies.push_back(latency_of(kind, whole, bounds, [&](Span span) {
            return p95_within(samples, span);
        }));
    }
    return judgement;
}

}  // namespace bongsu::bench
