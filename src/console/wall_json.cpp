#include "console/wall_json.hpp"

#include <algorithm>
#include <cmath>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;

json::object tile_json(const wall::Tile& tile, const fleet::FleetSnapshot& fleet, WallTime now) {
    const fleet::FleetCameraPtr camera = fleet.find(tile.camera);
    const double seconds = std::max(0.0, std::floor(to_seconds(now - tile.reason.since)));
    return {
        {"camera", tile.camera.value()},
        {"name", camera ? camera->config.name : tile.camera.value()},
        {"code", wall::to_string(tile.reason.code)},
        {"kind", tile.reason.kind},
        {"gravity", tile.reason.gravity},
        {"incident", tile.reason.incident.value()},
        {"seconds", static_cast<std::int64_t>(seconds)},
        {"count", tile.reason.count},
        {"is_pinned", tile.is_pinned},
        {"is_carousel", tile.is_carousel},
        {"since", to_iso8601(tile.since)}
    };
}

}  // namespace

void put_wall(
    json::object& json,
    const wall::OperatorWall& wall,
    const fleet::FleetSnapshot& fleet,
    WallTime now
) {
    json::array tiles;
    json::array carousel;
    for (const auto& tile : wall.tiles) {
        if (tile) {
            (tile->is_carousel ? carousel : tiles).push_back(tile_json(*tile, fleet, now));
        }
    }
    json["tiles"] = std::move(tiles);
    json["carousel"] = std::move(carousel);
    json["share"] = wall.share;
    json["longest_unseen_camera"] = wall.longest_unseen ? wall.longest_unseen->value() : "";
    json["longest_unseen_s"] = to_seconds(wall.unseen);
    json["bound_s"] = to_seconds(wall.bound.value_or(Duration{}));
}

json::object load_json(const ShiftState& shift) {
    json::array operators;
    for (const OnShift& each : shift.operators) {
        operators.push_back(json::object{
            {"user", each.user},
            {"name", each.name},
            {"since", to_iso8601(each.since)},
            {"cameras", each.cameras},
            {"beyond", each.beyond},
            {"cap", each.cap},
            {"incidents", each.incidents},
            {"longest_unseen_s", to_seconds(each.unseen)}
        });
    }
    return {
        {"type", "load"},
        {"operators", std::move(operators)},
        {"longest_unseen_camera", shift.longest_unseen ? shift.longest_unseen->value() : ""},
        {"longest_unseen_s", to_seconds(shift.unseen)},
        {"bound_s", to_seconds(shift.bound.value_or(Duration{}))},
        {"unassigned", shift.unassigned}
    };
}

}  // namespace bongsu::console
