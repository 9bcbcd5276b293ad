#pragma once

#include "core/result.hpp"
#include "net/http.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace bongsu::console {

/// The built page: files of one folder, known by name since the start, so that no path of a request
/// ever reaches the file system. Sends the .br or .gz sibling to clients that take it. Files below
/// /assets/ have a hash in their names and are kept for a year, everything else is asked for anew.
/// A path of the page's own (without a file extension) gets index.html. Immutable.
class StaticFiles {
public:
    /// NotFound when the folder or its index.html is not there: says how to build it.
    static Result<StaticFiles> open(const std::filesystem::path& folder);

    net::HttpResponse answer(const net::HttpRequest& request) const;

private:
    struct File {
        std::filesystem::path path;
        std::string type;
        std::string etag;
        bool has_br = false;
        bool has_gz = false;
    };

    StaticFiles() = default;
    const File* find(std::string_view path) const;

    std::map<std::string, File, std::less<>> files_;  ///< by path of the request
};

/// Headers that every answer carries: what a browser may do with our pages.
void add_security_headers(net::HttpResponse& response, bool is_secure);

}  // namespace bongsu::console
