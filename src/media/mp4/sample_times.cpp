#include "media/mp4/sample_times.hpp"

#include <algorithm>
#include <cstddef>

namespace bongsu::media::mp4 {
namespace {

constexpr std::int64_t kUsualDuration =
    3'600;  // 25 pictures per second, when nothing else is known
constexpr std::int64_t kLongestDuration = 900'000;  // 10 s: a longer pause is a gap, not a picture

/// The middle one of the distances between neighbours.
std::int64_t usual_distance(std::span<const std::int64_t> decode) {
    if (decode.size() < 2) {
        return kUsualDuration;
    }
    std::vector<std::int64_t> distances;
    distances.reserve(decode.size() - 1);
    for (std::size_t i = 1; i < decode.size(); ++i) {
        distances.push_back(decode[i] - decode[i - 1]);
    }
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::ranges::nth_element(distances, middle);
    return *middle;
}

}  // namespace

SampleTimes sample_times(
    std::span<const std::int64_t> shown,
    std::optional<std::int64_t> next_shown,
    std::optional<std::int64_t> not_before
) {
    SampleTimes times;
    if (shown.empty()) {
        return times;
    }
    std::vector<std::int64_t> decode(shown.begin(), shown.end());
    std::ranges::sort(decode);
    decode.front() = std::max(decode.front(), not_before.value_or(decode.front()));
    for (std::size_t i = 1; i < decode.size(); ++i) {
        decode[i] = std::max(decode[i], decode[i - 1] + 1);
    }
    times.decode_start = decode.front();
    bool is_reordered = false;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const std::int64_t offset = shown[i] - decode[i];
        times.composition_offsets.push_back(static_cast<std::int32_t>(offset));
        is_reordered = is_reordered || offset > 0;
    }
    for (std::size_t i = 1; i < decode.size(); ++i) {
        times.durations.push_back(static_cast<std::uint32_t>(decode[i] - decode[i - 1]));
    }
    const bool is_end_known = next_shown && !is_reordered && *next_shown > decode.back();
    const std::int64_t last = is_end_known ? *next_shown - decode.back() : usual_distance(decode);
    times.durations.push_back(
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(last, 1, kLongestDuration))
    );
    return times;
}

}  // namespace bongsu::media::mp4
