// Routes of single cameras: list, map, configuration, versions, undo, probe.
#include "console/camera_answers.hpp"
#include "console/problem_code.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "fleet/fleet.hpp"
#include "fleet/form_patch.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace bongsu::console {
namespace {

using fleet::FleetCamera;
using fleet::FleetCameraPtr;
using identity::Right;
using Answer = Result<net::HttpAnswer>;

constexpr std::int64_t kMostPerPage = 500;
constexpr std::size_t kMostInBulk = 10'000;
constexpr std::array<std::string_view, 4> kConditions{"ok", "degraded", "lost", "off"};

std::string query_text(const net::HttpRequest& request, std::string_view name) {
    const std::string* value = request.query_value(name);
    return value != nullptr ? *value : "";
}

/// The version in the path.
Result<std::int64_t> version_in(const Call& call) {
    const std::string& text = call.at("version");
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 1) {
        return fail(ErrorKind::NotFound, "there is no version '" + text + "'");
    }
    return number;
}

net::HttpAnswer answer_camera(
    const ConsoleParts& parts, const FleetCameraPtr& camera, int status = 200
) {
    const HealthSnapshotPtr health = health_of(parts);
    return version_answer(
        camera_detail(*camera, health->find(camera->config.id)), camera->version, status
    );
}

/// The changed camera, or a problem that names the field.
Answer answer_change(
    const ConsoleParts& parts,
    const Result<FleetCameraPtr>& changed,
    const CameraConfig* form,
    int status = 200
) {
    return changed ? answer_camera(parts, *changed, status) : form_refused(changed.error(), form);
}

}  // namespace

Result<fleet::CameraQuery> camera_query(const Call& call, const HealthSnapshotPtr& health) {
    BONGSU_ASSIGN(const auto limit, query_integer(call.request, "limit", 1, kMostPerPage));
    fleet::CameraQuery query;
    query.limit = static_cast<int>(limit.value_or(query.limit));
    query.cursor = query_text(call.request, "cursor");
    query.text = query_text(call.request, "q");
    if (const std::string* organisation = call.request.query_value("organisation")) {
        query.organisation = OrganisationId(*organisation);
    }
    if (const std::string* group = call.request.query_value("group")) {
        query.group = GroupId(*group);
    }
    const std::string state = query_text(call.request, "state");
    if (!state.empty() && std::ranges::find(kConditions, state) == kConditions.end()) {
        return fail(
            ErrorKind::InvalidArgument, "wrong_kind"_code, "state must be ok, degraded, lost or off"
        );
    }
    query.also = [&call, health, state](const FleetCamera& camera) {
        if (!state.empty()) {
            const CameraHealth* known = health->find(camera.config.id);
            const auto condition = known != nullptr ? known->condition : CameraCondition::Off;
            if (to_string(condition) != state) {
                return false;
            }
        }
        return call.sees(camera);
    };
    return query;
}

namespace {

Answer list_cameras(const ConsoleParts& parts, const Call& call) {
    const HealthSnapshotPtr health = health_of(parts);
    BONGSU_ASSIGN(fleet::CameraQuery query, camera_query(call, health));
    BONGSU_ASSIGN(query.is_removed, query_flag(call.request, "removed", false));
    BONGSU_ASSIGN(const fleet::CameraPage page, parts.fleet.list(query));
    Value::List rows;
    for (const FleetCameraPtr& camera : page.cameras) {
        rows.push_back(
            query.is_removed ? removed_camera_summary(*camera)
                             : camera_summary(*camera, health->find(camera->config.id))
        );
    }
    return value_answer(Value::Map{
        {"cameras", std::move(rows)},
        {"next", page.next},
        {"total", static_cast<std::int64_t>(page.total)},
    });
}

Answer map_cameras(const ConsoleParts& parts, const Call& call) {
    const HealthSnapshotPtr health = health_of(parts);
    const fleet::FleetSnapshotPtr now = parts.fleet.snapshot();
    const auto number = [](const std::optional<double>& value) {
        return value ? Value(*value) : Value{};
    };
    Value::List rows;
    for (const FleetCameraPtr& camera : now->cameras) {
        const CameraPlace& place = camera->config.place;
        if (!place.has_position() || !call.sees(*camera)) {
            continue;
        }
        const CameraHealth* known = health->find(camera->config.id);
        const auto condition = known != nullptr ? known->condition : CameraCondition::Off;
        rows.emplace_back(Value::List{
            camera->config.id.value(),
            camera->config.name,
            *place.latitude,
            *place.longitude,
            number(place.heading),
            number(place.field_of_view),
            number(place.range),
            std::string(to_string(condition))
        });
    }
    return value_answer(Value::Map{
        {"columns",
         Value::List{
             "id", "name", "latitude", "longitude", "heading", "field_of_view", "range", "state"
         }},
        {"rows", std::move(rows)},
        {"change", static_cast<std::int64_t>(now->revision)},
    });
}

/// Privacy masks are set, changed and taken away only with a right of their own.
Status require_masks(const Call& call, const CameraConfig& camera, bool is_changed) {
    const bool is_allowed =
        !is_changed || identity::sees(*call.principal, subject_of(camera), Right::ConfigureMasks);
    return is_allowed ? Status{}
                      : fail(
                            ErrorKind::PermissionDenied,
                            "right_missing"_code,
                            "privacy masks need the right configure_masks"
                        );
}

Answer create_camera(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const Value form, body_value(call.request));
    const auto camera = parse_camera(form, "camera");
    if (!camera) {
        return form_refused(camera.error(), nullptr);
    }
    Status allowed = require_scope(call, *camera);
    if (allowed) {
        allowed = require_masks(call, *camera, !camera->private_masks.empty());
    }
    const audit::Outcome outcome = allowed ? audit::Outcome::Allowed : audit::Outcome::Denied;
    BONGSU_TRY(call.audit(call.route.operation, "camera:" + camera->id.value(), outcome));
    BONGSU_TRY(allowed);
    return answer_change(parts, parts.fleet.create(form, author_of(call)), &*camera, 201);
}

/// Everything that a whole new form of a camera must pass.
Answer change_to(const ConsoleParts& parts, const Call& call, const Value& form) {
    BONGSU_ASSIGN(const std::int64_t version, if_match(call.request));
    const auto camera = parse_camera(form, "camera");
    if (!camera) {
        return form_refused(camera.error(), nullptr);
    }
    BONGSU_TRY(require_scope(call, *camera));
    const CameraConfig& now = call.camera->config;
    BONGSU_TRY(require_masks(call, now, camera->private_masks != now.private_masks));
    return answer_change(
        parts, parts.fleet.change(call.camera->config.id, version, form, author_of(call)), &*camera
    );
}

Answer change_camera(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const Value form, body_value(call.request));
    return change_to(parts, call, form);
}

Answer change_rules(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const Value body, body_value(call.request));
    const std::vector<std::string> known{"zones", "masks", "private_masks", "rules"};
    for (const auto& [key, value] : *body.as_map()) {
        if (std::ranges::find(known, key) == known.end()) {
            return form_refused(unknown_key("", key, known), nullptr);
        }
    }
    BONGSU_ASSIGN(
        const Value form, parts.fleet.form_of(call.camera->config.id, call.camera->version)
    );
    return change_to(parts, call, fleet::patched(form, body));
}

Answer remove_camera(const ConsoleParts& parts, const Call& call) {
    // Without If-Match the version that the caller could have seen last is meant.
    const bool is_stated = call.request.header("if-match") != nullptr;
    BONGSU_ASSIGN(
        const std::int64_t version,
        is_stated ? if_match(call.request) : Result<std::int64_t>(call.camera->version)
    );
    BONGSU_TRY(parts.fleet.remove(call.camera->config.id, version, author_of(call)));
    return no_content();
}

Value bulk_row(const CameraId& camera, const Error& error) {
    return Value::Map{
        {"camera", camera.value()},
        {"problem", error.describe()},
        {"code", std::string(problem_code(error))}
    };
}

/// The cameras of a bulk edit that this caller may change; the others go to `failed`.
Result<std::vector<CameraId>> bulk_ids(
    const Call& call, const Value& body, const Value& patch, Value::List& failed
) {
    const Value* list = body.find("cameras");
    if (list == nullptr || list->as_list() == nullptr || list->as_list()->empty() ||
        list->as_list()->size() > kMostInBulk) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            "cameras must be a list of 1 to 10000 ids"
        );
    }
    std::vector<CameraId> ids;
    for (const Value& item : *list->as_list()) {
        if (item.as_text() == nullptr) {
            return fail(
                ErrorKind::InvalidArgument, "wrong_kind"_code, "cameras must be a list of ids"
            );
        }
        const CameraId id(*item.as_text());
        Status allowed = [&]() -> Status {
            BONGSU_ASSIGN(const FleetCameraPtr camera, call.require_camera(id));
            CameraConfig next = camera->config;
            if (const Value* name = patch.find("organisation");
                name != nullptr && name->as_text()) {
                next.organisation = OrganisationId(*name->as_text());
            }
            if (const Value* groups = patch.find("groups");
                groups != nullptr && groups->as_list()) {
                next.groups.clear();
                for (const Value& group : *groups->as_list()) {
                    next.groups.emplace_back(group.as_text() != nullptr ? *group.as_text() : "");
                }
            }
            return require_scope(call, next);
        }();
        if (allowed) {
            ids.push_back(id);
        } else {
            failed.push_back(bulk_row(id, allowed.error()));
        }
    }
    return ids;
}

Answer bulk_edit(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const Value body, body_value(call.request));
    const Value* patch = body.find("patch");
    if (patch == nullptr || patch->as_map() == nullptr) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            "patch must be an object of the fields to change"
        );
    }
    if (patch->find("private_masks") != nullptr) {
        return fail(
            ErrorKind::InvalidArgument, "patch.private_masks: masks are drawn for each camera"
        );
    }
    const Value* strict = body.find("all_or_nothing");
    const bool is_strict = strict != nullptr && strict->as_bool() != nullptr && *strict->as_bool();
    Value::List failed;
    BONGSU_ASSIGN(const auto ids, bulk_ids(call, body, *patch, failed));
    std::int64_t changed = 0;
    if (!is_strict || failed.empty()) {
        const auto mode = is_strict ? fleet::BulkMode::AllOrNothing : fleet::BulkMode::GoodOnes;
        BONGSU_ASSIGN(
            const fleet::BulkOutcome outcome,
            parts.fleet.change_many(ids, *patch, mode, author_of(call))
        );
        changed = static_cast<std::int64_t>(outcome.changed.size());
        for (const fleet::BulkFailure& failure : outcome.failed) {
            failed.push_back(bulk_row(failure.camera, failure.error));
        }
    }
    return value_answer(Value::Map{{"changed", changed}, {"failed", std::move(failed)}});
}

Answer list_versions(const ConsoleParts& parts, const Call& call) {
    constexpr int kMost = 200;
    BONGSU_ASSIGN(const auto versions, parts.fleet.versions(call.camera->config.id, 0, kMost));
    Value::List rows;
    for (const store::CameraVersion& version : versions) {
        rows.emplace_back(Value::Map{
            {"number", version.number},
            {"time", to_iso8601(version.time)},
            {"who", version.who},
            {"why", version.why},
            {"is_removed", version.action == store::CameraAction::Removed},
        });
    }
    return value_answer(Value::Map{{"versions", std::move(rows)}});
}

Answer diff_version(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const std::int64_t version, version_in(call));
    BONGSU_ASSIGN(
        const auto changes, parts.fleet.difference(call.camera->config.id, version - 1, version)
    );
    Value::List rows;
    for (const fleet::FormChange& change : changes) {
        rows.emplace_back(
            Value::Map{{"path", change.path}, {"before", change.before}, {"after", change.after}}
        );
    }
    return value_answer(Value::Map{{"changes", std::move(rows)}});
}

Answer restore_version(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const std::int64_t version, version_in(call));
    // An old version may belong to another organisation than the present one.
    BONGSU_ASSIGN(const Value form, parts.fleet.form_of(call.camera->config.id, version));
    BONGSU_ASSIGN(const CameraConfig old, parse_camera(form, "camera"));
    BONGSU_TRY(require_scope(call, old));
    const CameraConfig& now = call.camera->config;
    BONGSU_TRY(require_masks(call, now, old.private_masks != now.private_masks));
    return answer_change(
        parts, parts.fleet.restore(call.camera->config.id, version, author_of(call)), &old
    );
}

Result<std::string> probe_text(const Value& body, std::string_view name) {
    constexpr std::size_t kLongest = 2000;
    const Value* value = body.find(name);
    if (value == nullptr || value->is_null()) {
        return std::string();
    }
    if (value->as_text() == nullptr || value->as_text()->size() > kLongest) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            std::string(name) + " must be a text of at most 2000 bytes"
        );
    }
    return *value->as_text();
}

Answer probe_camera(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const Value body, body_value(call.request));
    ProbeRequest request;
    BONGSU_ASSIGN(request.url, probe_text(body, "url"));
    BONGSU_ASSIGN(request.user, probe_text(body, "user"));
    BONGSU_ASSIGN(request.password, probe_text(body, "password"));
    if (!request.url.starts_with("rtsp://") && !request.url.starts_with("rtsps://")) {
        return form_refused(
            {ErrorKind::InvalidArgument, "camera.url must begin with rtsp:// or rtsps://", nullptr},
            nullptr
        );
    }
    if (!parts.probe) {
        return fail(
            ErrorKind::Unavailable, "not_on_this_node"_code, "this node connects to no cameras"
        );
    }
    return value_answer(probe_result(parts.probe(request)));
}

}  // namespace

std::vector<Route> camera_routes(const ConsoleParts& parts) {
    using enum About;
    using enum Audited;
    const auto bind = [&parts](PartsHandler handler) { return with_parts(parts, handler); };
    constexpr auto kSee = Right::ViewCameras;
    constexpr auto kChange = Right::ConfigureCameras;
    constexpr const char* kAll = "/api/v1/cameras";
    constexpr const char* kOne = "/api/v1/cameras/{camera}";
    constexpr const char* kVersions = "/api/v1/cameras/{camera}/versions";
    constexpr const char* kDiff = "/api/v1/cameras/{camera}/versions/{version}/diff";
    constexpr const char* kRestore = "/api/v1/cameras/{camera}/versions/{version}/restore";
    return {
        {"GET", kAll, "listCameras", kSee, Listing, OnlyDenials, bind(list_cameras)},
        {"POST", kAll, "createCamera", kChange, Body, Always, bind(create_camera)},
        {"PATCH", kAll, "bulkEdit", kChange, Body, Always, bind(bulk_edit)},
        {"GET", "/api/v1/cameras/map", "mapCameras", kSee, Listing, OnlyDenials, bind(map_cameras)},
        {"POST",
         "/api/v1/cameras/probe",
         "probeCamera",
         kChange,
         Listing,
         Always,
         bind(probe_camera)},
        {"GET",
         kOne,
         "getCamera",
         kSee,
         About::Camera,
         OnlyDenials,
         [&parts](const Call& call) -> Answer { return answer_camera(parts, call.camera); }},
        {"PUT", kOne, "changeCamera", kChange, About::Camera, Always, bind(change_camera)},
        {"DELETE", kOne, "removeCamera", kChange, About::Camera, Always, bind(remove_camera)},
        {"PUT",
         "/api/v1/cameras/{camera}/rules",
         "changeRules",
         Right::ConfigureRules,
         About::Camera,
         Always,
         bind(change_rules)},
        {"GET", kVersions, "listVersions", kSee, CameraEver, OnlyDenials, bind(list_versions)},
        {"GET", kDiff, "diffVersion", kSee, CameraEver, OnlyDenials, bind(diff_version)},
        {"POST", kRestore, "restoreVersion", kChange, CameraEver, Always, bind(restore_version)},
    };
}

}  // namespace bongsu::console
