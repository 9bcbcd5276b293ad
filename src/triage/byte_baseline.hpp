#pragma once

#include "domain/access_unit.hpp"

#include <cstddef>
#include <cstdint>

namespace bongsu::triage {

/// T0 of triage: how unusual the sizes of a camera's access units are against its own quiet times.
/// It looks at bytes only, costs nothing, and is never a gate: measured at a recall of 0.99 it lets
/// 60-99 % of quiet seconds pass. It only wakes T1 early, between key frames. Constant-bitrate
/// cameras never show anything here. Runs on: one thread at a time.
class ByteBaseline {
public:
    /// Takes the next unit in and returns its excess: standard deviations of log size above the
    /// baseline, smoothed over about three units. 0 for key frames and until 30 units have been
    /// seen.
    float observe(std::size_t bytes, bool is_key);

    /// Whether the present units may go into the baseline: true while T1 sees nothing.
    void set_quiet(bool is_quiet) { is_quiet_ = is_quiet; }

    float excess() const { return excess_; }

private:
    float mean_ = 0;       ///< of the logarithm of the size
    float deviation_ = 0;  ///< mean absolute
    float excess_ = 0;
    std::uint32_t learnt_ = 0;
    bool is_quiet_ = true;
    bool is_after_key_ = false;
};

}  // namespace bongsu::triage
