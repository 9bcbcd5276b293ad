#pragma once

#include "core/clock.hpp"
#include "domain/scene.hpp"

#include <optional>

namespace bongsu::scenelog {

/// Which scenes of one camera are worth keeping. Every scene with tracks is kept, and every scene
/// for some time after the last track (longer than any behaviour remembers somebody who is gone),
/// so that rules run again give exactly the same there. In the quiet beyond, one scene in a while
/// is kept, and each that differs from the one kept before in signal, size, triage level or in
/// whether the picture stands still.
class Thinning {
public:
    Thinning(Duration quiet_after, Duration quiet_every)
        : quiet_after_(quiet_after), quiet_every_(quiet_every) {}

    bool wants(const Scene& scene);

private:
    struct Kept {
        WallTime time;
        int width = 0;
        int height = 0;
        SignalState signal = SignalState::Up;
        TriageLevel level = TriageLevel::T0;
        bool has_quality = false;
        bool is_identical = false;
    };

    bool differs(const Scene& scene) const;

    Duration quiet_after_;
    Duration quiet_every_;
    std::optional<Kept> kept_;
    std::optional<WallTime> last_track_;
};

}  // namespace bongsu::scenelog
