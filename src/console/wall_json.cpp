#include "console/wall_json.hpp"

#include <optional>
#include <vector>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;

json::value tile_json(const std::optional<wall::Tile>& tile, const fleet::FleetSnapshot& fleet) {
    if (!tile) {
        return nullptr;
    }
    const fleet::FleetCameraPtr camera = fleet.find(tile->camera);
    return json::object{
        {"camera", tile->camera.value()},
        {"name", camera ? camera->config.name : tile->camera.value()},
        {"code", wall::to_string(tile->reason.code)},
        {"kind", tile->reason.kind},
        {"gravity", tile->reason.gravity},
        {"incident", tile->reason.incident.value()},
        {"count", tile->reason.count},
        {"code_since", to_iso8601(tile->reason.since)},
        {"since", to_iso8601(tile->since)},
        {"is_pinned", tile->is_pinned},
        {"is_carousel", tile->is_carousel},
        {"is_focused", tile->is_focused}
    };
}

template <class Id>
json::array ids_json(const std::vector<Id>& ids) {
    json::array out;
    for (const Id& id : ids) {
        out.push_back(json::string(id.value()));
    }
    return out;
}

}  // namespace

void put_wall(
    json::object& json, const wall::OperatorWall& wall, const fleet::FleetSnapshot& fleet
) {
    json::array tiles;
    for (const auto& tile : wall.tiles) {
        tiles.push_back(tile_json(tile, fleet));
    }
    json["tiles"] = std::move(tiles);
    json["carousel"] = wall.carousel;
    json["share"] = wall.share;
    json["beyond"] = wall.beyond;
    json["longest_unseen"] = wall.longest_unseen ? wall.longest_unseen->value() : "";
    json["unseen_s"] = to_seconds(wall.unseen);
    json["bound_s"] = to_seconds(wall.bound.value_or(Duration{}));
    json["waiting_pins"] = ids_json(wall.waiting_pins);
    json["waiting_incidents"] = ids_json(wall.waiting_incidents);
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
