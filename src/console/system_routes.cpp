// Routes tagged "system" in api/openapi.yaml.
#include "console/event_stream.hpp"
#include "console/problem.hpp"
#include "console/route_families.hpp"
#include "fleet/fleet.hpp"
#include "store/store.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

constexpr std::size_t kMostHits = 20;
constexpr std::string_view kApiVersion = "1.0.0";

json::object version_of(const ConsoleParts& parts) {
    return {{"name", "Bongsu"}, {"version", parts.version}, {"api", kApiVersion}};
}

/// The middle of all cameras with a place: where a map without a configured centre opens.
json::array centre_of(const fleet::FleetSnapshot& fleet, const Call& call) {
    double longitude = 0;
    double latitude = 0;
    double count = 0;
    for (const fleet::FleetCameraPtr& camera : fleet.cameras) {
        const CameraPlace& place = camera->config.place;
        if (place.longitude && place.latitude && call.sees(*camera)) {
            longitude += *place.longitude;
            latitude += *place.latitude;
            ++count;
        }
    }
    // Without any camera: Seoul's Namsan, where five beacons stood.
    return count > 0 ? json::array{longitude / count, latitude / count}
                     : json::array{126.9882, 37.5512};
}

Result<net::HttpAnswer> map_sources(
    const ConsoleParts& parts, const ConsoleConfig& config, const Call& call
) {
    const json::array centre = config.map_center.size() == 2
                                   ? json::array{config.map_center[0], config.map_center[1]}
                                   : centre_of(*parts.fleet.snapshot(), call);
    return json_answer(json::object{
        {"center", centre},
        {"zoom", config.map_zoom},
        {"pmtiles", config.map_tiles.empty() ? "" : "/api/v1/map/tiles"},
        {"geojson", config.map_geojson.empty() ? "" : "/api/v1/map/geojson"},
        {"attribution", ""}
    });
}

Result<net::HttpAnswer> file_answer(const std::filesystem::path& path, const char* type) {
    if (path.empty()) {
        return fail(
            ErrorKind::NotFound, "not_on_this_node"_code, "this installation has no such file"
        );
    }
    net::HttpResponse response;
    response.headers = {{"content-type", type}, {"cache-control", "private, max-age=3600"}};
    response.file = net::FileBody{.path = path};
    return response;
}

void add_camera_hits(
    const ConsoleParts& parts, const Call& call, const std::string& words, json::array& hits
) {
    fleet::CameraQuery query;
    query.text = words;
    query.limit = kMostHits;
    query.also = [&call](const fleet::FleetCamera& camera) { return call.sees(camera); };
    const auto page = parts.fleet.list(query);
    if (!page) {
        return;
    }
    for (const fleet::FleetCameraPtr& camera : page->cameras) {
        hits.push_back(json::object{
            {"kind", "camera"},
            {"id", camera->config.id.value()},
            {"name", camera->config.name},
            {"detail", camera->config.place.address}
        });
    }
}

/// Incidents are found by their number only: their words are in the list of incidents.
void add_incident_hit(
    const ConsoleParts& parts, const Call& call, const std::string& words, json::array& hits
) {
    const auto incident = parts.store.incidents().get(IncidentId(words));
    if (!incident) {
        return;
    }
    const auto camera = parts.fleet.get(incident->camera);
    if (camera && call.sees(**camera, Right::ViewIncidents)) {
        hits.push_back(json::object{
            {"kind", "incident"},
            {"id", incident->id.value()},
            {"name", incident->kind},
            {"detail", (*camera)->config.name}
        });
    }
}

Result<net::HttpAnswer> search(const ConsoleParts& parts, const Call& call) {
    constexpr std::size_t kLongest = 100;
    const std::string* words = call.request.query_value("q");
    if (words == nullptr || words->empty() || words->size() > kLongest) {
        return fail(ErrorKind::InvalidArgument, "wrong_kind"_code, "q must be 1 to 100 bytes long");
    }
    json::array hits;
    add_camera_hits(parts, call, *words, hits);
    add_incident_hit(parts, call, *words, hits);
    return json_answer(json::object{{"hits", std::move(hits)}});
}

Result<net::HttpAnswer> open_stream(const ConsoleParts& parts, const Call& call) {
    if (!net::wants_websocket(call.request)) {
        return fail(ErrorKind::InvalidArgument, "this path is a WebSocket; ask for an upgrade");
    }
    return parts.events.accept(call.principal);
}

}  // namespace

std::vector<Route> system_routes(const ConsoleParts& parts, const ConsoleConfig& config) {
    return {
        {"GET",
         "/api/v1/version",
         "getVersion",
         std::nullopt,
         About::Nothing,
         Audited::OnlyDenials,
         [&parts](const Call&) -> Result<net::HttpAnswer> { return json_answer(version_of(parts)); }
        },
        {"GET",
         "/api/v1/stream",
         "openStream",
         Right::UseAccount,
         About::Nothing,
         Audited::OnlyDenials,
         [&parts](const Call& call) { return open_stream(parts, call); }},
        {"GET",
         "/api/v1/search",
         "search",
         Right::ViewCameras,
         About::Listing,
         Audited::OnlyDenials,
         [&parts](const Call& call) { return search(parts, call); }},
        {"GET",
         "/api/v1/map",
         "getMap",
         Right::ViewCameras,
         About::Listing,
         Audited::OnlyDenials,
         [&parts, &config](const Call& call) { return map_sources(parts, config, call); }},
        {"GET",
         "/api/v1/map/tiles",
         "getMapTiles",
         Right::ViewCameras,
         About::Listing,
         Audited::OnlyDenials,
         [&config](const Call&) {
             return file_answer(config.map_tiles, "application/octet-stream");
         }},
        {"GET",
         "/api/v1/map/geojson",
         "getMapGeojson",
         Right::ViewCameras,
         About::Listing,
         Audited::OnlyDenials,
         [&config](const Call&) { return file_answer(config.map_geojson, "application/geo+json"); }
        },
    };
}

}  // namespace bongsu::console
