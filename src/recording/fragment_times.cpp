#include "recording/fragment_times.hpp"

#include <algorithm>
#include <cstdlib>

namespace bongsu::recording {
namespace {

constexpr std::int64_t kMostDrift = 4'500;  // 50 ms

}  // namespace

std::vector<std::int64_t> fragment_times(const SegmentContent& content) {
    std::vector<std::int64_t> times;
    times.reserve(content.marks.size());
    std::int64_t origin = 0;
    std::int64_t end = 0;
    for (std::size_t i = 0; i < content.marks.size(); ++i) {
        const auto& fragment = content.file.fragments[i].fragment;
        const auto decode = static_cast<std::int64_t>(fragment.decode_time);
        const std::int64_t marked = to_wall_ticks(content.marks[i].start);
        const bool is_off = std::abs(decode + origin - marked) > kMostDrift;
        if (i == 0 || (content.marks[i].is_key && is_off)) {
            origin = std::max(marked, end) - decode;
        }
        times.push_back(decode + origin);
        end = times.back() + static_cast<std::int64_t>(fragment.duration());
    }
    return times;
}

}  // namespace bongsu::recording
