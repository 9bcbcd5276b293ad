// The picture and the film of an incident: the routes tagged "incidents" in api/openapi.yaml that
// answer files.
#include "annotation/picture.hpp"
#include "console/clip_store.hpp"
#include "console/hidden_areas.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "incidents/snapshot_writer.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace bongsu::console {
namespace {

namespace fs = std::filesystem;
using identity::Right;

/// The name comes from our own database; still nothing outside the folder is ever sent.
Result<fs::path> snapshot_path(const fs::path& folder, const std::string& name) {
    const fs::path relative = fs::path(name).lexically_normal();
    if (name.empty() || relative.is_absolute() || *relative.begin() == "..") {
        return fail(ErrorKind::NotFound, "no_picture"_code, "the incident has no picture");
    }
    return folder / relative;
}

/// A picture is painted when it is written; what its camera must not show now is painted over once
/// more, as the areas may have been drawn later.
Result<net::HttpAnswer> painted(const fs::path& path, const std::vector<Polygon>& black) {
    std::ifstream file(path, std::ios::binary);
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    BONGSU_ASSIGN(const auto jpeg, annotation::black_out_jpeg(bytes, black));
    net::HttpResponse response;
    response.headers = {{"content-type", "image/jpeg"}, {"cache-control", "no-store"}};
    response.body.assign(jpeg.begin(), jpeg.end());
    return response;
}

Result<net::HttpAnswer> snapshot(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const bool is_marked, query_flag(call.request, "marked", false));
    const std::string& plain = call.incident->snapshot;
    BONGSU_ASSIGN(fs::path path, snapshot_path(parts.snapshots, plain));
    if (is_marked) {
        const auto marked =
            snapshot_path(parts.snapshots, incidents::SnapshotWriter::marked_name(plain));
        std::error_code error;
        if (marked && fs::exists(*marked, error)) {
            path = *marked;
        }
    }
    std::error_code error;
    if (!fs::exists(path, error)) {
        return fail(ErrorKind::NotFound, "no_picture"_code, "the picture of the incident is gone");
    }
    const bool has_masks = call.camera && !call.camera->config.private_masks.empty();
    const auto black = has_masks ? hidden_areas(call, *call.camera) : std::vector<Polygon>{};
    if (!black.empty()) {
        return painted(path, black);
    }
    net::HttpResponse response;
    response.headers = {
        {"content-type", "image/jpeg"},
        {"cache-control", has_masks ? "no-store" : "private, max-age=300"}
    };
    response.file = net::FileBody{.path = std::move(path)};
    return response;
}

Result<net::HttpAnswer> clip(
    const ConsoleParts& parts, const std::shared_ptr<ClipStore>& clips, const Call& call
) {
    if (parts.recordings.empty()) {
        return fail(ErrorKind::Unavailable, "not_on_this_node"_code, "this node records nothing");
    }
    const auto black = call.camera ? hidden_areas(call, *call.camera) : std::vector<Polygon>{};
    BONGSU_ASSIGN(fs::path path, clips->clip_of(*call.incident, black));
    net::HttpResponse response;
    response.headers = {{"content-type", "video/mp4"}, {"cache-control", "no-store"}};
    response.file = net::FileBody{.path = std::move(path)};
    return response;
}

}  // namespace

std::vector<Route> incident_media_routes(const ConsoleParts& parts) {
    const auto clips = std::make_shared<ClipStore>(
        parts.data / "clips", parts.recordings.string(), parts.store.segments(), parts.clock
    );
    return {
        {"GET",
         "/api/v1/incidents/{incident}/snapshot",
         "getIncidentSnapshot",
         Right::ViewIncidents,
         About::Incident,
         Audited::Always,
         [&parts](const Call& call) { return snapshot(parts, call); }},
        {"GET",
         "/api/v1/incidents/{incident}/clip",
         "getIncidentClip",
         Right::ViewIncidents,
         About::Incident,
         Audited::Always,
         [&parts, clips](const Call& call) { return clip(parts, clips, call); }},
    };
}

}  // namespace bongsu::console
