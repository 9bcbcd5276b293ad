#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"

#include <optional>
#include <stop_token>
#include <vector>

namespace bongsu::ingest {

/// How stored pictures are played: the settings that file and directory sources share.
struct Playback {
    bool is_realtime = true;  ///< else as fast as the listener takes them
    bool loops = false;
    std::optional<WallTime>
        start;  ///< wall time of the first picture; nothing: when playing begins

    static std::vector<FieldSpec> fields();
    static Result<Playback> from(const Settings& settings);
};

/// Says when each picture is due and what its wall time is. Runs on: the source's thread.
class Pacer {
public:
    Pacer(const Playback& playback, const Clock& clock);

    /// Waits until the picture at `offset` from the first one is due. False when `stop` was
    /// requested.
    bool wait(Duration offset, const std::stop_token& stop) const;

    WallTime wall(Duration offset) const { return first_wall_ + offset; }

private:
    bool is_realtime_;
    const Clock& clock_;
    MonoTime first_mono_;
    WallTime first_wall_;
};

}  // namespace bongsu::ingest
