#include "triage/byte_baseline.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::triage {
namespace {

constexpr std::uint32_t kUnitsToLearn = 30;
constexpr float kSlow = 1.0F / 400;       ///< about half a minute at 15 fps
constexpr float kLeastDeviation = 0.08F;  ///< 8 %: below this encoders differ for no reason
constexpr float kDeviationsPerMean =
    1.25F;  ///< standard deviation / mean absolute deviation of a normal

}  // namespace

float ByteBaseline::observe(std::size_t bytes, bool is_key) {
    // The unit after a key frame carries what the key frame's coarse quantiser left over: odd in
    // size.
    if (is_key || is_after_key_) {
        is_after_key_ = is_key;
        return excess_;
    }
    const float size = std::log(static_cast<float>(bytes) + 1);
    if (learnt_ == 0) {
        mean_ = size;
        deviation_ = kLeastDeviation;
    }
    const float distance = size - mean_;
    const float z = distance / (kDeviationsPerMean * std::max(deviation_, kLeastDeviation));
    if (is_quiet_ || learnt_ < kUnitsToLearn) {
        ++learnt_;
        const float share = std::max(kSlow, 1.0F / static_cast<float>(learnt_));
        mean_ += share * distance;
        deviation_ += share * (std::abs(distance) - deviation_);
    }
    excess_ = learnt_ < kUnitsToLearn ? 0 : excess_ + (z - excess_) / 3;
    return excess_;
}

}  // namespace bongsu::triage
