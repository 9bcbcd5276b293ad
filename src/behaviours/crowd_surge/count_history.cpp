#include "behaviours/crowd_surge/count_history.hpp"

#include <algorithm>

namespace bongsu::behaviours::crowd_surge {
namespace {

constexpr std::size_t kMost = 240;
constexpr std::size_t kSmooth = 3;
constexpr std::size_t kLeast = 6;
constexpr Duration kLongestGap = std::chrono::seconds{5};

}  // namespace

void CountHistory::add(WallTime now, double count) {
    if (!seconds_.empty() && (now < latest_ || now - latest_ > kLongestGap)) {
        seconds_.clear();
    }
    latest_ = now;
    if (seconds_.empty() || now - seconds_.back().begin >= std::chrono::seconds{1}) {
        seconds_.push_back({.begin = now, .sum = 0, .samples = 0});
    }
    seconds_.back().sum += count;
    ++seconds_.back().samples;
    if (seconds_.size() > kMost) {
        seconds_.pop_front();
    }
}

std::optional<double> CountHistory::now() const {
    return seconds_.size() >= kSmooth ? std::optional{mean_from(seconds_.size() - kSmooth)}
                                      : std::nullopt;
}

std::optional<double> CountHistory::least(Duration window) const {
    if (seconds_.size() < kLeast) {
        return std::nullopt;
    }
    std::optional<double> least;
    for (std::size_t i = 0; i + kSmooth <= seconds_.size(); ++i) {
        if (latest_ - seconds_[i].begin <= window) {
            least = std::min(least.value_or(mean_from(i)), mean_from(i));
        }
    }
    return least;
}

double CountHistory::mean_from(std::size_t first) const {
    double sum = 0;
    for (std::size_t i = first; i < first + kSmooth; ++i) {
        sum += seconds_[i].mean();
    }
    return sum / static_cast<double>(kSmooth);
}

}  // namespace bongsu::behaviours::crowd_surge
