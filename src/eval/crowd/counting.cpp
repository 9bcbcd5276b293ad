#include "eval/crowd/counting.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::eval {

CountErrors count_errors(std::span<const CountedPicture> pictures) {
    CountErrors errors;
    double counted = 0;
    for (const CountedPicture& picture : pictures) {
        const double error = picture.counted - picture.people;
        errors.mean_people += picture.people;
        counted += picture.counted;
        errors.mae += std::abs(error);
        errors.rmse += error * error;
    }
    const double number = std::max(1.0, static_cast<double>(pictures.size()));
    errors.bias = errors.mean_people > 0 ? counted / errors.mean_people - 1 : 0;
    errors.mean_people /= number;
    errors.mae /= number;
    errors.rmse = std::sqrt(errors.rmse / number);
    return errors;
}

std::vector<double> running_median(std::span<const double> values, std::size_t length) {
    std::vector<double> out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t first = i + 1 < length ? 0 : i + 1 - length;
        std::vector<double> latest(
            values.begin() + static_cast<std::ptrdiff_t>(first),
            values.begin() + static_cast<std::ptrdiff_t>(i + 1)
        );
        std::ranges::sort(latest);
        out.push_back(latest[(latest.size() - 1) / 2]);
    }
    return out;
}

std::vector<TimeSpan> crowds_of(
    std::span<const double> counts, double threshold, double release, int needed
) {
    std::vector<TimeSpan> crowds;
    bool is_on = false;
    int reached = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto now = static_cast<double>(i);
        if (is_on && counts[i] >= release * threshold) {
            crowds.back().end = now + 1;
            continue;
        }
        is_on = false;
        reached = counts[i] >= threshold ? reached + 1 : 0;
        if (reached == needed) {
            is_on = true;
            crowds.push_back({now + 1 - needed, now + 1});
            reached = 0;
        }
    }
    return crowds;
}

double EventCounts::f1() const {
    return truth + raised > 0 ? 2.0 * matched / (truth + raised) : 1.0;
}

EventCounts match_crowds(std::span<const TimeSpan> truth, std::span<const TimeSpan> raised) {
    EventCounts counts{
        .truth = static_cast<int>(truth.size()), .raised = static_cast<int>(raised.size())
    };
    // Both are in order of time and do not overlap themselves: the earliest that fits is the best.
    std::size_t next = 0;
    for (const TimeSpan& event : truth) {
        while (next < raised.size() && raised[next].end <= event.begin) {
            ++next;
        }
        if (next < raised.size() && raised[next].begin < event.end) {
            ++counts.matched;
            ++next;
        }
    }
    return counts;
}

}  // namespace bongsu::eval
