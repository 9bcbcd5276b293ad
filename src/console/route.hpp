#pragma once

#include "audit/audit_log.hpp"
#include "console/path_pattern.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/incident.hpp"
#include "fleet/fleet.hpp"
#include "identity/authorise.hpp"
#include "net/http.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

namespace bongsu::console {

using PrincipalPtr = std::shared_ptr<const identity::Principal>;

/// What the right of a route is asked about.
enum class About {
    Nothing,       ///< only that somebody is logged in, or not even that
    Installation,  ///< grants on everything
    Listing,       ///< the handler leaves out what the principal does not see (Call::sees)
    Camera,        ///< {camera} of the path
    CameraEver,    ///< the same, also when it has been removed
    Incident,      ///< the camera of {incident} of the path
    Body,          ///< the handler asks Call::require_camera before it does anything
};

/// When a call goes into the audit log. Denials always do.
enum class Audited {
    OnlyDenials,
    Always,
    ByHandler  ///< the handler alone knows what was changed, and writes that before it does it
};

class Call;

/// A JSON value, a file, an empty 204, or the acceptance of a WebSocket. Errors become problems.
using Handler = std::function<Result<net::HttpAnswer>(const Call&)>;

/// One row of the interface. `operation` is its operationId in api/openapi.yaml and the action in
/// the audit log.
struct Route {
    std::string_view method;
    std::string_view path;
    std::string_view operation;
    std::optional<identity::Right> right;  ///< none: open to everybody, before login
    About about = About::Nothing;
    Audited audited = Audited::OnlyDenials;
    Handler handler;
};

/// What the router asks before it calls a handler. All functions are thread-safe.
struct Gate {
    const Clock* clock = nullptr;
    audit::AuditLog* audit = nullptr;
    std::function<Result<fleet::FleetCameraPtr>(const CameraId&)> find_camera;
    std::function<Result<fleet::FleetCameraPtr>(const CameraId&)> find_camera_ever;
    std::function<Result<Incident>(const IncidentId&)> find_incident;
};

/// One request on its way through a handler. Valid during the call; what outlives it (a WebSocket)
/// copies what it needs.
class Call {
public:
    const net::HttpRequest& request;
    const Route& route;
    const Gate& gate;
    PathValues path;
    PrincipalPtr principal;  ///< null on open routes
    identity::Purpose purpose;
    /// About::Camera, About::CameraEver, and About::Incident where it still exists.
    fleet::FleetCameraPtr camera;
    std::shared_ptr<const Incident> incident;  ///< About::Incident

    /// A value of the path; asking for one that the route does not have is a bug.
    const std::string& at(std::string_view name) const { return path.find(name)->second; }

    WallTime now() const { return gate.clock->wall(); }

    /// Whether lists may show this camera, for the route's own right or another one.
    bool sees(const fleet::FleetCamera& camera) const;
    bool sees(const fleet::FleetCamera& camera, identity::Right right) const;

    /// For About::Body: the camera when the route's right covers it, with the audit record.
    Result<fleet::FleetCameraPtr> require_camera(const CameraId& id) const;

    /// A record of the audit log on top of the router's own, such as what a change changed.
    Status audit(
        std::string_view action, std::string object, audit::Outcome outcome, std::string detail = {}
    ) const;
};

/// The subject of rights that a camera is. Borrows from it.
identity::Subject subject_of(const CameraConfig& camera);
/// The same; a camera that is gone (null) stands for the whole installation: what is left of it is
/// for those who see everything.
identity::Subject subject_of(const fleet::FleetCameraPtr& camera);

net::HttpAnswer json_answer(const boost::json::value& value, int status = 200);
/// With an ETag of this version or change number, and 304 when the request has it already.
net::HttpAnswer json_answer(const Call& call, const boost::json::value& value, std::int64_t etag);
net::HttpAnswer no_content();

/// The number in If-Match ("7" in quotes, or plain). FailedPrecondition when the header is absent.
Result<std::int64_t> if_match(const net::HttpRequest& request);

}  // namespace bongsu::console
