// Routes tagged "live" in api/openapi.yaml.
#include "console/hidden_areas.hpp"
#include "console/live_sockets.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "fleet/fleet.hpp"
#include "live/live_hub.hpp"

namespace bongsu::console {
namespace {

using identity::Right;

constexpr std::int64_t kSmallest = 64;
constexpr std::int64_t kLargest = 3'840;
constexpr std::int64_t kUsualWidth = 640;

Status need_live(const ConsoleParts& parts) {
    return parts.live != nullptr ? Status{}
                                 : fail(
                                       ErrorKind::Unavailable,
                                       "not_on_this_node"_code,
                                       "this node serves no live pictures"
                                   );
}

Result<live::WantedRole> role_of(const net::HttpRequest& request) {
    const std::string* role = request.query_value("role");
    if (role == nullptr || role->empty() || *role == "auto") {
        return live::WantedRole{};
    }
    if (*role == "main") {
        return StreamRole::Main;
    }
    if (*role == "sub") {
        return StreamRole::Sub;
    }
    return fail(ErrorKind::InvalidArgument, "wrong_kind"_code, "role must be auto, main or sub");
}

Result<net::HttpAnswer> watch(
    const ConsoleParts& parts, const std::shared_ptr<LiveSockets>& sockets, const Call& call
) {
    if (!net::wants_websocket(call.request)) {
        return fail(ErrorKind::InvalidArgument, "this path is a WebSocket; ask for an upgrade");
    }
    BONGSU_TRY(need_live(parts));
    BONGSU_ASSIGN(const live::WantedRole role, role_of(call.request));
    BONGSU_ASSIGN(const bool wants_scenes, query_flag(call.request, "scenes", false));
    if (!call.camera->config.private_masks.empty() && may_unmask(call, *call.camera)) {
        BONGSU_TRY(call.audit(
            "watchUnmasked", "camera:" + call.camera->config.id.value(), audit::Outcome::Allowed
        ));
    }
    return sockets->accept(call, role, wants_scenes);
}

Result<net::HttpAnswer> still(const ConsoleParts& parts, const Call& call) {
    BONGSU_TRY(need_live(parts));
    BONGSU_ASSIGN(const auto width, query_integer(call.request, "width", kSmallest, kLargest));
    BONGSU_ASSIGN(
        const live::SharedBytes jpeg,
        parts.live->still(call.camera->config.id, static_cast<int>(width.value_or(kUsualWidth)))
    );
    net::HttpResponse response;
    response.headers = {{"content-type", "image/jpeg"}, {"cache-control", "no-store"}};
    response.body.assign(jpeg->begin(), jpeg->end());
    return response;
}

}  // namespace

std::vector<Route> live_routes(const ConsoleParts& parts) {
    // Shared by the handlers and ended with them.
    const auto sockets = parts.live != nullptr ? std::make_shared<LiveSockets>(parts) : nullptr;
    const auto one_still = [&parts](const Call& call) { return still(parts, call); };
    return {
        {"GET",
         "/api/v1/cameras/{camera}/live",
         "watchLive",
         Right::ViewLive,
         About::Camera,
         Audited::Always,
         [&parts, sockets](const Call& call) { return watch(parts, sockets, call); }},
        {"GET",
         "/api/v1/cameras/{camera}/setup-still",
         "getSetupStill",
         Right::ViewSetupStill,
         About::Camera,
         Audited::Always,
         one_still},
        {"GET",
         "/api/v1/cameras/{camera}/still",
         "getStill",
         Right::ViewLive,
         About::Camera,
         Audited::Always,
         one_still},
    };
}

}  // namespace bongsu::console
