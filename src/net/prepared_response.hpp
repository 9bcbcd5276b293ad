#pragma once

#include "net/file_source.hpp"
#include "net/http.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace bongsu::net {

/// A response whose head is written; the body is `body` or what `file` still holds.
struct PreparedResponse {
    int status = 200;
    std::string head;
    std::string body;
    std::optional<FileSource> file;
    bool keeps_alive = false;
};

/// What of a request decides the form of its answer.
struct ResponseContext {
    bool is_head = false;  ///< HEAD: the head as for GET, no body
    bool keeps_alive = false;
    std::string range;  ///< header of a GET, else empty
    std::string if_range;
};

ResponseContext context_of(const HttpRequest& request, bool keeps_alive);

/// Opens the file, takes the asked range, writes the head. What cannot be sent becomes a problem.
/// May wait for the disk.
PreparedResponse prepare_response(HttpResponse response, const ResponseContext& context);

}  // namespace bongsu::net
