#pragma once

#include "core/value.hpp"

#include <optional>

namespace bongsu::behaviours {

/// A number of a memory that lasts (LastingState), as whole units: `units` of them are 1.
Value kept_number(float number, float units);

/// The number again; nothing when `kept` is no whole number of units, or beyond `most` either way.
std::optional<float> recalled_number(const Value& kept, float units, float most);

}  // namespace bongsu::behaviours
