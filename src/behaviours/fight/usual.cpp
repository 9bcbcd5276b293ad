#include "behaviours/fight/usual.hpp"

#include "behaviours/kept_number.hpp"

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

constexpr float kUnits = 1'000'000;  // of what is kept

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
    return std::max(
        threshold, std::min(kHighestNeeded, mean_ + kDeviations * std::sqrt(variance_))
    );
}

Value Usual::kept() const {
    return Value::Map{
        {"count", kept_number(count_, 1)},
        {"mean", kept_number(mean_, kUnits)},
        {"variance", kept_number(variance_, kUnits)}
    };
}

Result<Usual> Usual::recall(const Value& kept) {
    const auto number = [&](const char* name, float units, float most) {
        const Value* const value = kept.find(name);
        const auto found = value != nullptr ? recalled_number(*value, units, most) : std::nullopt;
        return found && *found >= 0 ? found : std::nullopt;
    };
    const auto count = number("count", 1, kWindow);
    const auto mean = number("mean", kUnits, 1);
    const auto variance = number("variance", kUnits, 1);
    if (!count || !mean || !variance) {
        return fail(ErrorKind::Corrupt, "what is usual at a place: a number is missing or wrong");
    }
    Usual usual;
    usual.count_ = *count;
    usual.mean_ = *mean;
    usual.variance_ = *variance;
    return usual;
}

void Usual::learn(float answer) {
    count_ = std::min(count_ + 1, kWindow);
    const float weight = 1 / count_;
    const float away = answer - mean_;
    mean_ += weight * away;
    variance_ = (1 - weight) * (variance_ + weight * away * away);
}

}  // namespace bongsu::behaviours::fight
