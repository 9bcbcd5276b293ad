// Routes tagged "discovery" in api/openapi.yaml: looking for cameras.
#include "console/candidate_json.hpp"
#include "console/problem_code.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "console/scan_desk.hpp"
#include "fleet/fleet.hpp"

#include <memory>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

constexpr std::size_t kMostInterfaces = 16;

ScanSettings scan_settings() {
    ScanSettings settings;
    settings.multicast.interfaces = onvif::own_addresses();
    if (settings.multicast.interfaces.size() > kMostInterfaces) {
        settings.multicast.interfaces.resize(kMostInterfaces);
    }
    return settings;
}

Result<ScanOrder> read_order(const net::HttpRequest& request) {
    BONGSU_ASSIGN(const json::object body, json_body(request));
    BONGSU_TRY(only_members(body, {"multicast", "range", "user", "password"}));
    ScanOrder order;
    BONGSU_ASSIGN(order.is_multicast, flag_or(body, "multicast", false));
    BONGSU_ASSIGN(const auto range, optional_text(body, "range"));
    if (range && !range->empty()) {
        BONGSU_ASSIGN(order.range, onvif::parse_range(*range));
    }
    if (!order.is_multicast && !order.range) {
        return fail(
            ErrorKind::InvalidArgument,
            "scan_nowhere"_code,
            "a scan needs multicast, a range, or both"
        );
    }
    BONGSU_ASSIGN(const auto user, optional_text(body, "user"));
    BONGSU_ASSIGN(const auto password, optional_text(body, "password"));
    order.credentials = {user.value_or(""), password.value_or("")};
    return order;
}

json::object scan_json(
    const Call& call, const std::string& id, const ScanJob& job, const fleet::FleetSnapshot& fleet
) {
    const ScanState state = job.state();
    const auto sees = [&call](const fleet::FleetCamera& camera) { return call.sees(camera); };
    json::array findings;
    for (const Finding& finding : state.findings) {
        findings.push_back(to_json(finding, job.credentials(), fleet, sees));
    }
    return {
        {"id", id},
        {"is_done", state.is_done},
        {"asked", state.asked},
        {"total", state.total},
        {"findings", std::move(findings)},
        {"words", state.remark.words},
        {"code", json::string(remark_code(state.remark.code, state.remark.words))}
    };
}

Result<net::HttpAnswer> start_scan(const ConsoleParts& parts, ScanDesk& desk, const Call& call) {
    BONGSU_ASSIGN(ScanOrder order, read_order(call.request));
    BONGSU_ASSIGN(const std::string id, desk.start(call.principal->user, std::move(order)));
    BONGSU_ASSIGN(const auto job, desk.find(call.principal->user, id));
    return json_answer(scan_json(call, id, *job, *parts.fleet.snapshot()), 202);
}

Result<net::HttpAnswer> get_scan(const ConsoleParts& parts, ScanDesk& desk, const Call& call) {
    BONGSU_ASSIGN(const auto job, desk.find(call.principal->user, call.at("scan")));
    return json_answer(scan_json(call, call.at("scan"), *job, *parts.fleet.snapshot()));
}

Result<net::HttpAnswer> cancel_scan(ScanDesk& desk, const Call& call) {
    BONGSU_TRY(desk.remove(call.principal->user, call.at("scan")));
    return no_content();
}

Result<net::HttpAnswer> interrogate(const ConsoleParts& parts, ScanDesk& desk, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"finding", "user", "password"}));
    BONGSU_ASSIGN(const std::string finding, text_of(body, "finding"));
    onvif::Credentials credentials;
    BONGSU_ASSIGN(credentials.user, text_of(body, "user"));
    BONGSU_ASSIGN(credentials.password, text_of(body, "password"));
    BONGSU_ASSIGN(const auto job, desk.find(call.principal->user, call.at("scan")));
    auto candidate = desk.interrogate(*job, finding, credentials);
    if (!candidate && candidate.error().kind == ErrorKind::PermissionDenied) {
        // The camera's refusal is not ours: the caller may do this, the password is wrong.
        return fail(
            ErrorKind::InvalidArgument, candidate.error().reason().code, candidate.error().message
        );
    }
    if (!candidate) {
        return fail(candidate.error());
    }
    std::string name;
    for (const Finding& item : job->state().findings) {
        name = item.id == finding ? item.name : name;
    }
    return json_answer(to_json(*candidate, name, credentials, *parts.fleet.snapshot()));
}

}  // namespace

std::vector<Route> discovery_routes(const ConsoleParts& parts) {
    const auto desk = std::make_shared<ScanDesk>(scan_settings(), net::http_call, parts.clock);
    const auto row = [](std::string_view method,
                        std::string_view path,
                        std::string_view operation,
                        Handler handler) {
        return Route{
            method,
            path,
            operation,
            Right::ConfigureCameras,
            About::Listing,
            Audited::Always,
            std::move(handler)
        };
    };
    Route progress =
        row("GET", "/api/v1/scans/{scan}", "getScan", [&parts, desk](const Call& call) {
            return get_scan(parts, *desk, call);
        });
    progress.audited = Audited::OnlyDenials;  // asked every second while a scan runs
    return {
        row("POST",
            "/api/v1/scans",
            "startScan",
            [&parts, desk](const Call& call) { return start_scan(parts, *desk, call); }),
        std::move(progress),
        row("DELETE",
            "/api/v1/scans/{scan}",
            "cancelScan",
            [desk](const Call& call) { return cancel_scan(*desk, call); }),
        row("POST",
            "/api/v1/scans/{scan}/interrogate",
            "interrogate",
            [&parts, desk](const Call& call) { return interrogate(parts, *desk, call); }),
    };
}

}  // namespace bongsu::console
