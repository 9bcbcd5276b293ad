// Routes of health, and the forms of behaviours.
#include "behaviours/registry.hpp"
#include "console/camera_answers.hpp"
#include "console/route_families.hpp"
#include "domain/camera.hpp"
#include "fleet/fleet.hpp"

#include <array>
#include <utility>

namespace bongsu::console {
namespace {

using identity::Right;
using Answer = Result<net::HttpAnswer>;

Answer list_health(const ConsoleParts& parts, const Call& call) {
    const HealthSnapshotPtr health = health_of(parts);
    BONGSU_ASSIGN(fleet::CameraQuery query, camera_query(call, health));
    // Counted over all pages: whatever the state that is asked for, people see how many there are
    // of each.
    std::array<std::int64_t, kCameraConditions> counts{};
    for (const fleet::FleetCameraPtr& camera : parts.fleet.snapshot()->cameras) {
        if (call.sees(*camera)) {
            const CameraHealth* known = health->find(camera->config.id);
            const auto condition = known != nullptr ? known->condition : CameraCondition::Off;
            ++counts.at(static_cast<std::size_t>(condition));
        }
    }
    BONGSU_ASSIGN(const fleet::CameraPage page, parts.fleet.list(query));
    Value::List rows;
    for (const fleet::FleetCameraPtr& camera : page.cameras) {
        rows.push_back(camera_health(camera->config, health->find(camera->config.id)));
    }
    Value::Map out{
        {"cameras", std::move(rows)},
        {"next", page.next},
        {"total", static_cast<std::int64_t>(page.total)},
    };
    for (std::size_t i = 0; i < counts.size(); ++i) {
        out.emplace_back(std::string(to_string(static_cast<CameraCondition>(i))), counts.at(i));
    }
    return value_answer(out);
}

Answer get_system(const ConsoleParts& parts, const Call&) {
    if (!parts.system) {
        return fail(
            ErrorKind::Unavailable,
            "not_on_this_node"_code,
            "this node plays no role that has a state"
        );
    }
    return value_answer(parts.system());
}

std::string scope_name(behaviours::Scope scope) {
    switch (scope) {
        case behaviours::Scope::Area:
            return "area";
        case behaviours::Scope::Line:
            return "line";
        case behaviours::Scope::WholePicture:
            return "whole_picture";
    }
    return "";
}

Answer behaviour_schemas(const ConsoleParts& parts, const Call&) {
    Value::List behaviours;
    for (const auto& [name, registration] : parts.behaviours.all()) {
        behaviours.emplace_back(Value::Map{
            {"name", name},
            {"help", registration.help},
            {"scope", scope_name(registration.scope)},
            {"fields", form_fields(registration.schema)},
        });
    }
    return value_answer(
        Value::Map{{"behaviours", std::move(behaviours)}, {"common", form_fields(rule_schema())}}
    );
}

}  // namespace

std::vector<Route> health_routes(const ConsoleParts& parts) {
    const auto bind = [&parts](PartsHandler handler) { return with_parts(parts, handler); };
    return {
        {"GET",
         "/api/v1/health",
         "listHealth",
         Right::ViewHealth,
         About::Listing,
         Audited::OnlyDenials,
         bind(list_health)},
        {"GET",
         "/api/v1/system",
         "getSystem",
         Right::ViewHealth,
         About::Installation,
         Audited::OnlyDenials,
         bind(get_system)},
        {"GET",
         "/api/v1/schemas/behaviours",
         "getBehaviourSchemas",
         Right::ViewCameras,
         About::Listing,
         Audited::OnlyDenials,
         bind(behaviour_schemas)},
    };
}

}  // namespace bongsu::console
