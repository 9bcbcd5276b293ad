#pragma once

#include "wall/snapshot.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::wall {

/// Why a camera is on a tile, the weightiest first. Clients have a sentence for each.
enum class ReasonCode {
    Incident,   ///< kind, seconds since it began
    Escalated,  ///< the same, on the wall of a supervisor
    Pinned,     ///< by the operator
    People,     ///< count
    Vehicles,   ///< count
    Left,       ///< somebody was there: seconds ago
    Unseen,     ///< nobody had seen it for long: seconds, counted when it came onto the tile
    Spare,      ///< there is room for all
};

std::string_view to_string(ReasonCode code);  ///< "incident", "escalated" ...

struct Reason {
    ReasonCode code = ReasonCode::Spare;
    std::string kind;     ///< of the incident
    IncidentId incident;  ///< the gravest, then oldest of the camera
    int gravity = 0;      ///< of the incident; 0: none
    int count = 0;        ///< people or vehicles
    WallTime since;       ///< from when the seconds of the sentence count
};

struct Tile {
    CameraId camera;
    Reason reason;
    WallTime since;  ///< on this tile
    bool is_pinned = false;
    bool is_carousel = false;
    bool is_focused = false;
};

/// One operator's wall now.
struct OperatorWall {
    OperatorId id;
    std::vector<std::optional<Tile>> tiles;  ///< by place; the last `carousel` of them rotate
    std::size_t carousel = 0;
    std::size_t share = 0;   ///< cameras that they answer for, at most their cap
    std::size_t beyond = 0;  ///< further cameras that only pass by, because all shares are full
    double load = 0;         ///< expected, 1 = a quiet camera
    std::optional<CameraId> longest_unseen;
    Duration unseen{};  ///< how long
    /// No camera of theirs stays unseen longer as things are, see unseen_bound; nothing while every
    /// tile of the carousel is held.
    std::optional<Duration> bound;
    std::vector<CameraId> waiting_pins;  ///< on another wall at the moment
    std::vector<IncidentId>
        waiting_incidents;     ///< without a tile: every one holds something as grave
    bool has_changed = false;  ///< tiles or reasons, seconds apart, since the tick before
};

struct Plan {
    WallTime now;
    std::vector<OperatorWall> walls;  ///< in the order of the snapshot's operators
    std::optional<CameraId> longest_unseen;
    Duration unseen{};              ///< how long, of all cameras that anybody on shift may see
    std::optional<Duration> bound;  ///< the largest of the walls; nothing when one has none
    std::size_t beyond = 0;         ///< cameras over all caps together
    std::size_t unassigned = 0;     ///< cameras that nobody on shift may see
    std::size_t without_signal = 0;
};

/// The longest that one of `cameras` waits for its turn on `slots` tiles that each hold a camera
/// for `dwell` and change at ticks: ceil(cameras / slots) * (dwell + tick).
Duration unseen_bound(std::size_t cameras, std::size_t slots, Duration dwell, Duration tick);

}  // namespace bongsu::wall
