#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bongsu::store {

/// How well one camera was watched in one hour: the evidence that no camera went unwatched.
struct CoverageHour {
    CameraId camera;
    WallTime hour;  ///< start of the hour, UTC
    Duration longest_unwatched{};
    std::int64_t looks = 0;  ///< detector looks

    bool operator==(const CoverageHour&) const = default;
};

/// The coverage ledger. Thread-safe; a write is committed when the call returns.
class CoverageStore {
public:
    virtual ~CoverageStore() = default;

    /// Adds observations to the hours' rows in one transaction: the longest gap is the larger of
    /// both, looks are summed. Send only looks that were not sent before.
    virtual Status merge(const std::vector<CoverageHour>& hours) = 0;

    /// Hours that start in [from, to), ordered by hour and camera.
    virtual Result<std::vector<CoverageHour>> find(
        const std::optional<CameraId>& camera, WallTime from, WallTime to
    ) = 0;

    /// Of the hours that start in [from, to) those with the longest time unwatched, longest first.
    virtual Result<std::vector<CoverageHour>> worst(WallTime from, WallTime to, int limit) = 0;
};

}  // namespace bongsu::store
