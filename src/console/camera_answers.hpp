#pragma once

#include "console/ports.hpp"
#include "console/route.hpp"
#include "core/value.hpp"
#include "domain/camera_health.hpp"
#include "domain/stream_probe.hpp"
#include "fleet/fleet.hpp"

#include <optional>

// How cameras stand in the answers of the interface (schemas of api/openapi.yaml).
namespace bongsu::console {

Value camera_summary(const fleet::FleetCamera& camera, const CameraHealth* health);
Value camera_health(const CameraConfig& camera, const CameraHealth* health);
/// A camera that is out of service: also when it was removed, and by whom.
Value removed_camera_summary(const fleet::FleetCamera& camera);
/// With configuration, secrets hidden, and health.
Value camera_detail(const fleet::FleetCamera& camera, const CameraHealth* health);
Value probe_result(const ProbeResult& result);
/// Rows of a settings table, for forms.
Value::List form_fields(const SettingsSchema& schema);

net::HttpAnswer value_answer(const Value& value, int status = 200);
/// With the version as ETag.
net::HttpAnswer version_answer(const Value& value, std::int64_t version, int status = 200);

/// A refused form: a problem that names the field. `camera` may be null.
net::HttpAnswer form_refused(const Error& error, const CameraConfig* camera);

/// Whether the route's right covers a camera with this organisation and these groups.
Status require_scope(const Call& call, const CameraConfig& camera);

/// Who makes this call, and for what purpose.
fleet::Author author_of(const Call& call);

/// The conditions of a list of cameras as the query of the request gives them; valid during the
/// call.
Result<fleet::CameraQuery> camera_query(const Call& call, const HealthSnapshotPtr& health);

/// As of now; never null.
HealthSnapshotPtr health_of(const ConsoleParts& parts);

}  // namespace bongsu::console
