// Routes tagged "wall" in api/openapi.yaml.
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "console/wall_keeper.hpp"

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

constexpr std::int64_t kMostSlots = 36;
constexpr std::int64_t kMostCap = 10'000;

Result<WallKeeper*> keeper_of(const ConsoleParts& parts) {
    if (parts.wall == nullptr) {
        return fail(
            ErrorKind::Unavailable, "not_on_this_node"_code, "this node does not keep walls"
        );
    }
    return parts.wall;
}

Result<net::HttpAnswer> get_wall(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(WallKeeper * keeper, keeper_of(parts));
    return json_answer(keeper->wall_of(call.principal->user));
}

Result<WallWish> read_wish(const json::object& body) {
    BONGSU_TRY(only_members(body, {"slots", "pins", "focus", "is_paused"}));
    WallWish wish;
    BONGSU_ASSIGN(const auto slots, optional_integer(body, "slots", 1, kMostSlots));
    if (slots) {
        wish.slots = static_cast<std::size_t>(*slots);
    }
    if (body.contains("pins")) {
        BONGSU_ASSIGN(const auto pins, texts_of(body, "pins", kMostSlots));
        wish.pins.emplace();
        for (const std::string& pin : pins) {
            wish.pins->emplace_back(pin);
        }
    }
    BONGSU_ASSIGN(const auto focus, optional_text(body, "focus"));
    if (focus) {
        wish.focus = focus->empty() ? std::nullopt : std::optional(CameraId{*focus});
    }
    if (body.contains("is_paused")) {
        BONGSU_ASSIGN(wish.is_paused, flag_or(body, "is_paused", false));
    }
    return wish;
}

Result<net::HttpAnswer> configure_wall(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(WallKeeper * keeper, keeper_of(parts));
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_ASSIGN(const WallWish wish, read_wish(body));
    BONGSU_ASSIGN(const json::object wall, keeper->configure(call.principal, wish));
    return json_answer(wall);
}

Result<net::HttpAnswer> start_shift(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(WallKeeper * keeper, keeper_of(parts));
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"cap"}));
    BONGSU_ASSIGN(const auto cap, optional_integer(body, "cap", 0, kMostCap));
    const auto most = cap ? std::optional(static_cast<std::size_t>(*cap)) : std::nullopt;
    return json_answer(keeper->come(call.principal, most));
}

Result<net::HttpAnswer> end_shift(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(WallKeeper * keeper, keeper_of(parts));
    keeper->leave(call.principal->user);
    return no_content();
}

}  // namespace

std::vector<Route> wall_routes(const ConsoleParts& parts) {
    return {
        {"GET",
         "/api/v1/wall",
         "getWall",
         Right::ViewLive,
         About::Listing,
         Audited::OnlyDenials,
         [&parts](const Call& call) { return get_wall(parts, call); }},
        {"PUT",
         "/api/v1/wall",
         "configureWall",
         Right::ViewLive,
         About::Listing,
         Audited::OnlyDenials,
         [&parts](const Call& call) { return configure_wall(parts, call); }},
        {"PUT",
         "/api/v1/shift",
         "startShift",
         Right::HandleIncidents,
         About::Listing,
         Audited::Always,
         [&parts](const Call& call) { return start_shift(parts, call); }},
        {"DELETE",
         "/api/v1/shift",
         "endShift",
         Right::HandleIncidents,
         About::Listing,
         Audited::Always,
         [&parts](const Call& call) { return end_shift(parts, call); }},
    };
}

}  // namespace bongsu::console
