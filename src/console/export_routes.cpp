// Exports: routes tagged "playback" in api/openapi.yaml.
#include "console/export_jobs.hpp"
#include "console/hidden_areas.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "fleet/fleet.hpp"
#include "store/store.hpp"

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

constexpr Duration kLongestExport = std::chrono::hours{6};

json::object span_object(const recording::SpanGap& gap) {
    return {{"from", to_iso8601(gap.from)}, {"to", to_iso8601(gap.to)}, {"is_estimated", false}};
}

json::object export_object(const Export& item) {
    json::array gaps;
    for (const recording::SpanGap& gap : item.gaps) {
        gaps.push_back(span_object(gap));
    }
    return {
        {"id", item.id},
        {"camera", item.camera.value()},
        {"from", to_iso8601(item.from)},
        {"to", to_iso8601(item.to)},
        {"created", to_iso8601(item.created)},
        {"by", item.by},
        {"purpose", item.purpose},
        {"bytes", item.bytes},
        {"sha256", item.sha256},
        {"gaps", std::move(gaps)},
        {"state", json::string(to_string(item.state))},
        {"words", item.words},
        {"code", item.code},
        {"masked", item.is_masked}
    };
}

Result<Export> wanted_export(const json::object& body) {
    BONGSU_TRY(only_members(body, {"camera", "from", "to", "format", "note", "incident"}));
    BONGSU_ASSIGN(const std::string camera, text_of(body, "camera"));
    BONGSU_ASSIGN(const TimeSpan span, body_span(body, kLongestExport));
    BONGSU_ASSIGN(const auto format, optional_text(body, "format"));
    if (format && *format != "mp4") {
        return fail(ErrorKind::InvalidArgument, "wrong_kind"_code, "format must be mp4");
    }
    BONGSU_ASSIGN(const auto note, optional_text(body, "note"));
    BONGSU_ASSIGN(const auto incident, optional_text(body, "incident"));
    Export wanted;
    wanted.camera = CameraId(camera);
    wanted.from = span.from;
    wanted.to = span.to;
    wanted.note = note.value_or("");
    wanted.incident = incident.value_or("");
    return wanted;
}

Result<net::HttpAnswer> create_export(
    const ConsoleParts& parts, ExportJobs& exports, const Call& call
) {
    constexpr int kCreated = 201;
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_ASSIGN(Export wanted, wanted_export(body));
    BONGSU_ASSIGN(const fleet::FleetCameraPtr camera, call.require_camera(wanted.camera));
    wanted.black = hidden_areas(call, *camera);
    wanted.is_masked = !wanted.black.empty();
    if (parts.recordings.empty()) {
        return fail(ErrorKind::Unavailable, "not_on_this_node"_code, "this node records nothing");
    }
    wanted.by = call.principal->user;
    wanted.purpose = identity::to_string(call.purpose);
    BONGSU_ASSIGN(const Export started, exports.start(std::move(wanted)));
    return json_answer(export_object(started), kCreated);
}

Result<net::HttpAnswer> list_exports(ExportJobs& exports, const Call& call) {
    json::array list;
    for (const Export& item : exports.list(call.principal->user)) {
        list.push_back(export_object(item));
    }
    return json_answer(json::object{{"exports", std::move(list)}});
}

Result<net::HttpAnswer> export_file(ExportJobs& exports, const Call& call) {
    BONGSU_ASSIGN(const Export item, exports.get(call.principal->user, call.at("export")));
    if (item.state != ExportState::Ready) {
        return fail(
            ErrorKind::NotFound,
            "export_gone"_code,
            "the file of export '" + item.id +
                "' is not there: " + std::string(to_string(item.state))
        );
    }
    const auto camera = call.gate.find_camera(item.camera);
    if (!camera || !call.sees(**camera)) {
        return fail(
            ErrorKind::NotFound, "export_gone"_code, "there is no export '" + item.id + "' of yours"
        );
    }
    if (!item.is_masked && !hidden_areas(call, **camera).empty()) {
        return fail(
            ErrorKind::FailedPrecondition,
            "export_unmasked"_code,
            "export '" + item.id + "' was made before the camera got privacy masks; make it anew"
        );
    }
    net::HttpResponse response;
    response.headers = {
        {"content-type", "video/mp4"},
        {"cache-control", "no-store"},
        {"content-disposition",
         "attachment; filename=\"" + item.camera.value() + "-" + item.id + ".mp4\""},
    };
    response.file = net::FileBody{.path = exports.file(item.id)};
    return response;
}

}  // namespace

std::vector<Route> export_routes(const ConsoleParts& parts) {
    // Shared by the handlers and ended with them.
    const auto exports = std::make_shared<ExportJobs>(ExportJobs::Parts{
        .folder = parts.data / "exports",
        .recordings = parts.recordings.string(),
        .index = parts.store.segments(),
        .audit = parts.audit,
        .clock = parts.clock,
    });
    return {
        {"POST",
         "/api/v1/exports",
         "createExport",
         Right::Export,
         About::Body,
         Audited::Always,
         [&parts, exports](const Call& call) { return create_export(parts, *exports, call); }},
        {"GET",
         "/api/v1/exports",
         "listExports",
         Right::Export,
         About::Listing,
         Audited::OnlyDenials,
         [exports](const Call& call) { return list_exports(*exports, call); }},
        {"GET",
         "/api/v1/exports/{export}/file",
         "getExportFile",
         Right::Export,
         About::Listing,
         Audited::Always,
         [exports](const Call& call) { return export_file(*exports, call); }},
    };
}

}  // namespace bongsu::console
