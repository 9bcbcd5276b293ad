#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <string>

namespace bongsu::store {

// How times are written in columns: microseconds since 1970 (UTC).

inline std::int64_t to_column(WallTime time) {
    return time.time_since_epoch().count();
}

inline WallTime to_wall(std::int64_t micros) {
    return WallTime{Duration{micros}};
}

/// The UTC day of a time as 2026-11-21.
inline std::string day_of(WallTime time) {
    return to_iso8601(time).substr(0, 10);
}

}  // namespace bongsu::store
