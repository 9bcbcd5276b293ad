#include "net/client_request.hpp"

#include "net/http_text.hpp"

#include <algorithm>

namespace bongsu::net {
namespace {

void append(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

}  // namespace

Result<std::string> write_request_head(
    std::string_view method,
    const HttpUrl& url,
    const HttpFields& headers,
    const HttpFields& own_headers
) {
    if (!is_token(method)) {
        return fail(ErrorKind::InvalidArgument, "'" + json_escaped(method) + "' is no method");
    }
    std::string head = std::string(method) + " " + url.target + " HTTP/1.1\r\n";
    append(head, "Host", url.authority());
    for (const auto& [name, value] : own_headers) {
        append(head, name, value);
    }
    for (const auto& [name, value] : headers) {
        if (!is_token(name) || !is_field_value(value)) {
            return fail(
                ErrorKind::InvalidArgument,
                "the header field '" + json_escaped(name) + "' cannot be sent"
            );
        }
        const bool is_own = equal_ignoring_case(name, "host") ||
                            equal_ignoring_case(name, "transfer-encoding") ||
                            std::ranges::any_of(own_headers, [&](const auto& own) {
                                return equal_ignoring_case(own.first, name);
                            });
        if (!is_own) {
            append(head, name, value);
        }
    }
    return head + "\r\n";
}

}  // namespace bongsu::net
