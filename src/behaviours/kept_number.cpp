#include "behaviours/kept_number.hpp"

#include <cmath>
#include <cstdint>

namespace bongsu::behaviours {

Value kept_number(float number, float units) {
    return static_cast<std::int64_t>(std::lround(number * units));
}

std::optional<float> recalled_number(const Value& kept, float units, float most) {
    const std::int64_t* const whole = kept.as_integer();
    if (whole == nullptr) {
        return std::nullopt;
    }
    const float number = static_cast<float>(*whole) / units;
    return std::abs(number) <= most ? std::optional(number) : std::nullopt;
}

}  // namespace bongsu::behaviours
