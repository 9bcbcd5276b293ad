// Routes of tables of cameras and of groups.
#include "console/camera_answers.hpp"
#include "console/problem.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "domain/camera_group.hpp"
#include "fleet/camera_csv.hpp"
#include "fleet/fleet.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::console {
namespace {

using identity::Right;
using identity::Subject;
using Answer = Result<net::HttpAnswer>;

/// Whether this caller may bring in a row: the camera as it is, and as it will be.
Status may_import(const ConsoleParts& parts, const Call& call, const Value& form) {
    CameraConfig next;
    if (const Value* id = form.find("id"); id != nullptr && id->as_text() != nullptr) {
        next.id = CameraId(*id->as_text());
    }
    next.organisation = OrganisationId("city");
    if (const fleet::FleetCameraPtr before = parts.fleet.snapshot()->find(next.id)) {
        if (!require_scope(call, before->config)) {
            return fail(
                ErrorKind::PermissionDenied,
                "not_allowed"_code,
                "the id belongs to a camera that you may not change"
            );
        }
        next.organisation = before->config.organisation;
        next.groups = before->config.groups;
    }
    if (const Value* name = form.find("organisation");
        name != nullptr && name->as_text() != nullptr) {
        next.organisation = OrganisationId(*name->as_text());
    }
    if (const Value* groups = form.find("groups");
        groups != nullptr && groups->as_list() != nullptr) {
        next.groups.clear();
        for (const Value& group : *groups->as_list()) {
            next.groups.emplace_back(*group.as_text());
        }
    }
    return require_scope(call, next);
}

Value csv_problem(const fleet::CsvProblem& problem) {
    Value::Map values;
    for (const auto& [name, value] : problem.what.values) {
        values.emplace_back(name, value);
    }
    return Value::Map{
        {"row", static_cast<std::int64_t>(problem.row)},
        {"column", problem.column},
        {"code", std::string(problem.what.code.name())},
        {"values", std::move(values)},
        {"words", problem.what.words}
    };
}

Answer import_cameras(const ConsoleParts& parts, const Call& call) {
    const std::string* type = call.request.header("content-type");
    if (type == nullptr || !type->starts_with("text/csv")) {
        return fail(ErrorKind::InvalidArgument, "file_no_text"_code, "the body must be text/csv");
    }
    BONGSU_ASSIGN(const bool is_dry_run, query_flag(call.request, "dry_run", true));
    BONGSU_ASSIGN(const bool takes_good_rows, query_flag(call.request, "only_good", false));
    const fleet::CsvMode mode = is_dry_run        ? fleet::CsvMode::DryRun
                                : takes_good_rows ? fleet::CsvMode::GoodRows
                                                  : fleet::CsvMode::AllRows;
    BONGSU_TRY(call.audit(
        call.route.operation, "cameras", audit::Outcome::Allowed, is_dry_run ? "dry run" : ""
    ));
    const auto done = fleet::import_cameras(
        parts.fleet,
        call.request.body,
        mode,
        author_of(call),
        [&](const Value& form) { return may_import(parts, call, form); }
    );
    if (!done) {
        return form_refused(done.error(), nullptr);
    }
    Value::List problems;
    for (const fleet::CsvProblem& problem : done->problems) {
        problems.push_back(csv_problem(problem));
    }
    return value_answer(Value::Map{
        {"rows", static_cast<std::int64_t>(done->rows)},
        {"good", static_cast<std::int64_t>(done->good)},
        {"imported", static_cast<std::int64_t>(done->created)},
        {"changed", static_cast<std::int64_t>(done->changed)},
        {"problems", std::move(problems)},
        {"is_dry_run", is_dry_run},
    });
}

Answer export_cameras(const ConsoleParts& parts, const Call& call) {
    std::vector<fleet::FleetCameraPtr> seen;
    for (const fleet::FleetCameraPtr& camera : parts.fleet.snapshot()->cameras) {
        if (call.sees(*camera)) {
            seen.push_back(camera);
        }
    }
    net::HttpResponse response;
    response.headers = {
        {"content-type", "text/csv; charset=utf-8"},
        {"content-disposition", "attachment; filename=\"cameras.csv\""}
    };
    response.body = fleet::write_camera_csv(seen);
    return response;
}

Value group_value(const CameraGroup& group, std::int64_t cameras) {
    Value::Map out = *to_value(group).as_map();
    out.emplace_back("cameras", cameras);
    out.emplace_back("version", group.version);
    return out;
}

Answer list_groups(const ConsoleParts& parts, const Call& call) {
    const fleet::FleetSnapshotPtr now = parts.fleet.snapshot();
    std::map<GroupId, std::int64_t> members;
    for (const fleet::FleetCameraPtr& camera : now->cameras) {
        if (call.sees(*camera)) {
            for (const GroupId& group : camera->config.groups) {
                ++members[group];
            }
        }
    }
    Value::List rows;
    for (const CameraGroup& group : now->groups) {
        // Who sees a camera of it, or its whole organisation, sees the group.
        const auto found = members.find(group.id);
        const bool is_seen =
            found != members.end() ||
            identity::sees(*call.principal, Subject::of(group.organisation), *call.route.right);
        if (is_seen) {
            rows.push_back(group_value(group, found != members.end() ? found->second : 0));
        }
    }
    return value_answer(Value::Map{{"groups", std::move(rows)}});
}

Status may_change(const Call& call, const CameraGroup& group) {
    return identity::authorise(
        *call.principal, *call.route.right, Subject::of(group.organisation), call.purpose
    );
}

/// A group's form without what the interface only tells.
Result<Value> group_form(const Call& call) {
    BONGSU_ASSIGN(const Value body, body_value(call.request));
    Value::Map form;
    for (const auto& [key, value] : *body.as_map()) {
        if (key != "cameras" && key != "version") {
            form.emplace_back(key, value);
        }
    }
    return Value{std::move(form)};
}

Answer create_group(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const Value form, group_form(call));
    BONGSU_ASSIGN(const CameraGroup group, parse_group(form, "group"));
    BONGSU_TRY(may_change(call, group));
    BONGSU_ASSIGN(const CameraGroup made, parts.fleet.create_group(form));
    return version_answer(group_value(made, 0), made.version, 201);
}

Result<CameraGroup> group_in(const ConsoleParts& parts, const Call& call) {
    const GroupId id(call.at("group"));
    const fleet::FleetSnapshotPtr now = parts.fleet.snapshot();
    const CameraGroup* group = now->group(id);
    if (group == nullptr || !may_change(call, *group)) {
        return fail(
            ErrorKind::NotFound, "unknown_group"_code, "there is no group '" + id.value() + "'"
        );
    }
    return *group;
}

Answer change_group(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const CameraGroup before, group_in(parts, call));
    BONGSU_ASSIGN(const Value form, group_form(call));
    BONGSU_ASSIGN(const CameraGroup group, parse_group(form, "group"));
    BONGSU_TRY(may_change(call, group));
    const bool is_stated = call.request.header("if-match") != nullptr;
    BONGSU_ASSIGN(
        const std::int64_t version,
        is_stated ? if_match(call.request) : Result<std::int64_t>(before.version)
    );
    BONGSU_ASSIGN(const CameraGroup changed, parts.fleet.change_group(before.id, version, form));
    return version_answer(group_value(changed, 0), changed.version);
}

Answer remove_group(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const CameraGroup group, group_in(parts, call));
    BONGSU_TRY(parts.fleet.remove_group(group.id));
    return no_content();
}

}  // namespace

std::vector<Route> fleet_routes(const ConsoleParts& parts) {
    using enum About;
    using enum Audited;
    const auto bind = [&parts](PartsHandler handler) { return with_parts(parts, handler); };
    constexpr auto kChange = Right::ConfigureCameras;
    constexpr const char* kGroup = "/api/v1/groups/{group}";
    return {
        {"POST",
         "/api/v1/cameras/import",
         "importCameras",
         kChange,
         Body,
         Always,
         bind(import_cameras)},
        {"GET",
         "/api/v1/cameras/export",
         "exportCameras",
         kChange,
         Listing,
         Always,
         bind(export_cameras)},
        {"GET",
         "/api/v1/groups",
         "listGroups",
         Right::ViewCameras,
         Listing,
         OnlyDenials,
         bind(list_groups)},
        {"POST", "/api/v1/groups", "createGroup", kChange, Listing, Always, bind(create_group)},
        {"PUT", kGroup, "changeGroup", kChange, Listing, Always, bind(change_group)},
        {"DELETE", kGroup, "removeGroup", kChange, Listing, Always, bind(remove_group)},
    };
}

}  // namespace bongsu::console
