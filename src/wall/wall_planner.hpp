#pragma once

#include "wall/plan.hpp"
#include "wall/round.hpp"
#include "wall/screen.hpp"
#include "wall/shares.hpp"
#include "wall/snapshot.hpp"
#include "wall/wall_settings.hpp"

#include <optional>
#include <vector>

namespace bongsu::wall {

/// The selective wall: decides, once a second, which operator sees which camera, and says why.
///
/// - Every camera that somebody on shift may see belongs to one operator (see Shares).
/// - Open incidents come first, by gravity, then age; then pins; then people and vehicles in view;
///   then whoever was unseen for longest. The carousel shows the longest unseen only, and incidents
///   of urgent gravity when there is no other room.
/// - A camera is on one wall at a time; escalated incidents are on supervisors' walls in addition.
/// - A tile changes only when its camera has been there for `dwell`, and never while it shows an
///   incident that nobody has taken a decision on, is pinned or has the focus. An incident of
///   urgent gravity appears at the next tick: it takes a tile before its time, but none of those
///   three; only when nothing else is left, the carousel's tile of a lesser incident. A camera that
///   the operator pins comes at once, too, on their own wall.
/// - An incident whose operator has no tile left goes to another one who may see the camera.
/// - Cameras without signal are not shown for their own sake: there is nothing to see.
///
/// The same calls give the same plans. Not thread-safe; does no I/O.
class WallPlanner {
public:
    explicit WallPlanner(const WallSettings& settings = {}) : settings_(settings) {}

    /// Snapshots in order of time.
    Plan plan(const WallSnapshot& snapshot);

    /// The cameras that the operator answers for, by the order of the latest snapshot; empty for
    /// somebody who is not on shift.
    std::vector<CameraId> share_of(const OperatorId& id) const;

private:
    /// A tile as far as it matters to whoever draws it.
    using Face = std::vector<std::optional<Tile>>;

    void renumber_cameras(const WallSnapshot& snapshot);
    void renumber_operators(const WallSnapshot& snapshot);
    void learn_loads(const WallSnapshot& snapshot);
    void update_shares(const WallSnapshot& snapshot);

    WallSettings settings_;
    std::optional<WallTime> latest_;
    std::vector<CameraId> cameras_;  ///< of the latest snapshot
    CameraNumbers numbers_;
    std::vector<CameraMemory> memory_;
    std::vector<OperatorId> operators_;
    std::vector<Screen> screens_;
    std::vector<Face> faces_;
    Shares shares_;
};

}  // namespace bongsu::wall
