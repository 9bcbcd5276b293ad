#include "console/static_files.hpp"

#include "console/problem.hpp"

#include <array>
#include <utility>

namespace bongsu::console {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".geojson", "application/geo+json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".yaml", "application/yaml"},
    {".map", "application/json"},
    {".pbf", "application/x-protobuf"},
    {".pmtiles", "application/octet-stream"},
    {".wasm", "application/wasm"},
}};

std::string type_of(const fs::path& file) {
    const std::string extension = file.extension().string();
    for (const auto& [ending, type] : kTypes) {
        if (ending == extension) {
            return std::string(type);
        }
    }
    return "application/octet-stream";
}

std::string etag_of(const fs::path& file) {
    std::error_code ignored;
    const auto changed = fs::last_write_time(file, ignored).time_since_epoch().count();
    return '"' + std::to_string(fs::file_size(file, ignored)) + '-' + std::to_string(changed) + '"';
}

bool is_accepted(const net::HttpRequest& request, std::string_view encoding) {
    const std::string* accepted = request.header("accept-encoding");
    return accepted != nullptr && accepted->find(encoding) != std::string::npos;
}

}  // namespace

Result<StaticFiles> StaticFiles::open(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder / "index.html", error)) {
        return fail(
            ErrorKind::NotFound,
            "the console's page is not at " + folder.string() +
                "; build it with ./dev page, or name its folder in console.page"
        );
    }
    StaticFiles out;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        const fs::path& file = entry.path();
        if (!entry.is_regular_file() || file.extension() == ".br" || file.extension() == ".gz") {
            continue;
        }
        out.files_["/" + fs::relative(file, folder).generic_string()] = {
            .path = file,
            .type = type_of(file),
            .etag = etag_of(file),
            .has_br = fs::exists(file.string() + ".br"),
            .has_gz = fs::exists(file.string() + ".gz")
        };
    }
    return out;
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const {
    if (const auto file = files_.find(path); file != files_.end()) {
        return &file->second;
    }
    const std::string_view last = path.substr(path.rfind('/') + 1);
    const bool is_page = last.find('.') == std::string_view::npos;
    return is_page ? &files_.find("/index.html")->second : nullptr;
}

net::HttpResponse StaticFiles::answer(const net::HttpRequest& request) const {
    if (request.method != "GET" && request.method != "HEAD") {
        return problem(405, "Method not allowed", {}, "the page answers to GET");
    }
    const File* file = find(request.path);
    if (file == nullptr) {
        return problem(404, "Not found", {}, "there is nothing at " + request.path);
    }
    const bool is_hashed = request.path.starts_with("/assets/");
    net::HttpResponse response;
    response.headers = {
        {"content-type", file->type},
        {"etag", file->etag},
        {"cache-control", is_hashed ? "public, max-age=31536000, immutable" : "no-cache"},
        {"vary", "accept-encoding"}
    };
    const std::string* known = request.header("if-none-match");
    if (known != nullptr && *known == file->etag) {
        response.status = 304;
        return response;
    }
    fs::path path = file->path;
    if (file->has_br && is_accepted(request, "br")) {
        path += ".br";
        response.headers.emplace_back("content-encoding", "br");
    } else if (file->has_gz && is_accepted(request, "gzip")) {
        path += ".gz";
        response.headers.emplace_back("content-encoding", "gzip");
    }
    response.file = net::FileBody{.path = std::move(path)};
    return response;
}

void add_security_headers(net::HttpResponse& response, bool is_secure) {
    // Workers and blobs: the map runs its worker from a blob, players and stills use blob URLs.
    response.headers.emplace_back(
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; "
        "worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    );
    response.headers.emplace_back("x-content-type-options", "nosniff");
    response.headers.emplace_back("referrer-policy", "no-referrer");
    response.headers.emplace_back("cross-origin-opener-policy", "same-origin");
    response.headers.emplace_back("cross-origin-resource-policy", "same-origin");
    response.headers.emplace_back("permissions-policy", "camera=(), microphone=(), geolocation=()");
    if (is_secure) {
        response.headers.emplace_back("strict-transport-security", "max-age=31536000");
    }
    if (net::find_field(response.headers, "cache-control") == nullptr) {
        response.headers.emplace_back("cache-control", "no-store");
    }
}

}  // namespace bongsu::console
