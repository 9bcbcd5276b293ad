#include "net/prepared_response.hpp"

#include "core/clock.hpp"
#include "core/log.hpp"
#include "net/byte_range.hpp"
#include "net/http_text.hpp"
#include "net/problem.hpp"
#include "net/response_head.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::net {
namespace {

const std::string* response_field(const HttpFields& headers, std::string_view name) {
    const auto found = std::ranges::find_if(headers, [&](const auto& field) {
        return equal_ignoring_case(field.first, name);
    });
    return found == headers.end() ? nullptr : &found->second;
}

/// A range of another version of the file would be put together wrongly (RFC 9110 13.1.5).
bool is_same_version(const HttpFields& headers, const std::string& if_range) {
    if (if_range.empty()) {
        return true;
    }
    const std::string* etag = response_field(headers, "etag");
    const std::string* modified = response_field(headers, "last-modified");
    return (etag != nullptr && *etag == if_range && !etag->starts_with("W/")) ||
           (modified != nullptr && *modified == if_range);
}

void take_range(HttpResponse& response, FileSource& file, const ResponseContext& context) {
    response.headers.emplace_back("Accept-Ranges", "bytes");
    if (response.status != 200 || context.range.empty() ||
        !is_same_version(response.headers, context.if_range)) {
        return;
    }
    const auto range = parse_byte_range(context.range, file.size());
    if (!range) {
        return;
    }
    const std::string size = std::to_string(file.size());
    if (const auto* part = std::get_if<ByteRange>(&*range)) {
        file.limit(*part);
        response.status = 206;
        response.headers.emplace_back(
            "Content-Range",
            "bytes " + std::to_string(part->first) + "-" +
                std::to_string(part->first + part->size - 1) + "/" + size
        );
        return;
    }
    response = make_problem(416, "the file has " + size + " bytes");
    response.headers.emplace_back("Content-Range", "bytes */" + size);
}

bool has_no_body(int status) {
    return status < 200 || status == 204 || status == 304;
}

}  // namespace

ResponseContext context_of(const HttpRequest& request, bool keeps_alive) {
    ResponseContext context{
        .is_head = request.method == "HEAD",
        .keeps_alive = keeps_alive,
        .range = {},
        .if_range = {},
    };
    if (const std::string* range = request.header("range"); range && request.method == "GET") {
        context.range = *range;
        const std::string* if_range = request.header("if-range");
        context.if_range = if_range != nullptr ? *if_range : std::string{};
    }
    return context;
}

PreparedResponse prepare_response(HttpResponse response, const ResponseContext& context) {
    PreparedResponse prepared;
    if (response.file) {
        auto file = FileSource::open(*std::exchange(response.file, std::nullopt));
        if (file) {
            response.body.clear();
            take_range(response, *file, context);
            prepared.file.emplace(std::move(*file));
        } else {
            log::warn("net.file_not_sent", {{"error", file.error().describe()}});
            response = make_problem(traits_of(file.error().kind).http_status, "not available");
        }
    }
    if (response.status == 416 || has_no_body(response.status) || !response.body.empty()) {
        prepared.file.reset();
    }
    ResponseFraming framing{
        .content_length = prepared.file ? prepared.file->left() : response.body.size(),
        .keeps_alive = context.keeps_alive,
        .now = SystemClock().wall(),
    };
    if (has_no_body(response.status)) {
        framing.content_length.reset();
        response.body.clear();
    }
    auto head = write_response_head(response.status, response.headers, framing);
    if (!head) {
        log::error("net.response_not_sent", {{"error", head.error().describe()}});
        return prepare_response(make_problem(500, "the answer could not be sent"), context);
    }
    prepared.status = response.status;
    prepared.head = std::move(*head);
    prepared.keeps_alive = context.keeps_alive;
    if (context.is_head) {
        prepared.file.reset();
    } else {
        prepared.body = std::move(response.body);
    }
    return prepared;
}

}  // namespace bongsu::net
