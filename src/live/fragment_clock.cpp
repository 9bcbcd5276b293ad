#include "live/fragment_clock.hpp"

#include <algorithm>
#include <vector>

namespace bongsu::live {
namespace {

constexpr std::size_t kDeepest = 16;            // pictures a decoder may hold (H.264 A.3.1)
constexpr std::size_t kDistances = 8;           // enough to span a B pyramid
constexpr std::int64_t kUsualDuration = 3'600;  // 25 pictures per second, until it is known
constexpr std::int64_t kLongestDuration = 900'000;

std::size_t shown_after(const std::deque<std::int64_t>& earlier, std::int64_t shown) {
    return static_cast<std::size_t>(std::ranges::count_if(earlier, [shown](std::int64_t other) {
        return other > shown;
    }));
}

void remember(std::deque<std::int64_t>& latest, std::int64_t value, std::size_t most) {
    latest.push_back(value);
    if (latest.size() > most) {
        latest.pop_front();
    }
}

}  // namespace

void FragmentClock::learn(std::span<const std::int64_t> shown) {
    std::deque<std::int64_t> earlier;
    for (const std::int64_t time : shown) {
        depth_ = std::max(depth_, shown_after(earlier, time));
        remember(earlier, time, kDeepest);
    }
}

void FragmentClock::restart() {
    origin_.reset();
    shown_.clear();
}

FragmentClock::Times FragmentClock::next(std::int64_t media_time) {
    const bool is_first_of_run = !origin_;
    if (is_first_of_run) {
        origin_ = latest_end_ - media_time;
    }
    const std::int64_t shown = media_time + *origin_;
    std::int64_t decode = decode_for(shown);
    if (last_decode_) {
        if (!is_first_of_run) {
            decode = std::min(decode, *last_decode_ + 2 * duration_);
        }
        decode = std::max(decode, *last_decode_ + 1);
        remember_distance(decode - *last_decode_);
    }
    decode = std::max<std::int64_t>(decode, 0);
    duration_ = distances_.empty() ? kUsualDuration : std::ranges::max(distances_);
    last_decode_ = decode;
    latest_end_ = std::max(latest_end_, shown + duration_);
    return {
        .decode = static_cast<std::uint64_t>(decode),
        .duration = static_cast<std::uint32_t>(duration_),
        .offset = static_cast<std::int32_t>(shown - decode),
    };
}

std::int64_t FragmentClock::decode_for(std::int64_t shown) {
    depth_ = std::max(depth_, shown_after(shown_, shown));
    remember(shown_, shown, kDeepest + 1);
    std::vector<std::int64_t> order(shown_.begin(), shown_.end());
    std::ranges::sort(order, std::ranges::greater{});
    if (order.size() > depth_) {
        return order[depth_];
    }
    const auto missing = static_cast<std::int64_t>(depth_ + 1 - order.size());
    return order.back() - missing * (duration_ > 0 ? duration_ : kUsualDuration);
}

void FragmentClock::remember_distance(std::int64_t distance) {
    remember(distances_, std::min(distance, kLongestDuration), kDistances);
}

}  // namespace bongsu::live
