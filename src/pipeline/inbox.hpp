#pragma once

#include "pipeline/gop_buffer.hpp"
#include "pipeline/settings.hpp"
#include "triage/byte_baseline.hpp"

namespace bongsu::pipeline {

/// What has arrived for one camera, and when that is worth waking its lane.
/// Runs on: any thread, under its owner's lock.
class Inbox {
public:
    explicit Inbox(const AnalysisConfig& config);

    /// Why the lane should run now, if at all.
    enum class Wake { No, Key, Early, Due };
    Wake push(AccessUnitPtr unit, MonoTime now);

    /// Whether the key frames are too far apart to wait for.
    bool has_long_groups() const;

    GopBuffer units;
    triage::ByteBaseline baseline;
    bool is_following = false;
    bool wants_early_look = false;
    bool is_walked = false;  ///< a decoder stands in the present group, so a look into it is cheap
    WallTime next_due{};     ///< while followed: pictures before this are not analysed
    WallTime last_look{};    ///< of the gate
    MonoTime last_arrival{};

private:
    bool is_worth_early_look(WallTime taken) const;
    bool is_thinned_out();

    const double early_wake_;
    const bool thins_keyframes_;
    WallTime last_key_{};
    bool has_woken_in_group_ = false;
    bool has_thinned_last_ = false;
};

}  // namespace bongsu::pipeline
