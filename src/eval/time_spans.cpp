#include "eval/time_spans.hpp"

#include <algorithm>

namespace bongsu::eval {

std::vector<TimeSpan> merged(std::vector<TimeSpan> spans) {
    std::erase_if(spans, [](const TimeSpan& one) { return one.length() <= 0; });
    std::ranges::sort(spans, {}, &TimeSpan::begin);
    std::vector<TimeSpan> out;
    for (const TimeSpan& one : spans) {
        if (!out.empty() && one.begin <= out.back().end) {
            out.back().end = std::max(out.back().end, one.end);
        } else {
            out.push_back(one);
        }
    }
    return out;
}

std::vector<TimeSpan> rest_of(TimeSpan whole, std::vector<TimeSpan> spans) {
    std::vector<TimeSpan> out;
    double covered = whole.begin;
    for (const TimeSpan& one : merged(std::move(spans))) {
        out.push_back({covered, std::min(one.begin, whole.end)});
        covered = std::max(covered, one.end);
    }
    out.push_back({covered, whole.end});
    std::erase_if(out, [](const TimeSpan& one) { return one.length() <= 0; });
    return out;
}

double common_length(std::span<const TimeSpan> a, std::span<const TimeSpan> b) {
    double sum = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        sum += TimeSpan{std::max(a[i].begin, b[j].begin), std::min(a[i].end, b[j].end)}.length();
        (a[i].end < b[j].end ? i : j) += 1;
    }
    return sum;
}

double length_of(std::span<const TimeSpan> merged_spans) {
    double sum = 0;
    for (const TimeSpan& one : merged_spans) {
        sum += one.length();
    }
    return sum;
}

TimeSpan longest_gap(TimeSpan whole, std::vector<double> times) {
    std::erase_if(times, [&](double time) { return time < whole.begin || time > whole.end; });
    std::ranges::sort(times);
    times.push_back(whole.end);
    TimeSpan longest{whole.begin, whole.begin};
    double before = whole.begin;
    for (const double time : times) {
        if (time - before > longest.length()) {
            longest = {before, time};
        }
        before = time;
    }
    return longest;
}

}  // namespace bongsu::eval
