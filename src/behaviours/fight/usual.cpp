#include "behaviours/fight/usual.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::behaviours::fight {
namespace {

constexpr Duration kDelay = std::chrono::seconds{5};
constexpr std::size_t kMostWaiting = 64;
/// With fewer answers a mean says nothing.
constexpr float kLeastAnswers = 8;
/// The latest so many answers make up most of what is usual: minutes of a busy street.
constexpr float kWindow = 200;
constexpr float kDeviations = 2.5F;
/// A fight is found anywhere.
constexpr float kHighest = 0.95F;

}  // namespace

void Usual::hear(float answer, float threshold, WallTime now) {
    waiting_.push_back({now, std::min(answer, threshold)});
    while (now - waiting_.front().time > kDelay || waiting_.size() > kMostWaiting) {
        learn(waiting_.front().sure);
        waiting_.pop_front();
    }
}

bool Usual::is_known() const {
    return count_ >= kLeastAnswers;
}

float Usual::needed(float threshold) const {
    if (!is_known()) {
        return threshold;
    }
    return std::max(threshold, std::min(kHighest, mean_ + kDeviations * std::sqrt(variance_)));
}

void Usual::learn(float answer) {
    count_ = std::min(count_ + 1, kWindow);
    const float weight = 1 / count_;
    const float away = answer - mean_;
    mean_ += weight * away;
    variance_ = (1 - weight) * (variance_ + weight * away * away);
}

}  // namespace bongsu::behaviours::fight
