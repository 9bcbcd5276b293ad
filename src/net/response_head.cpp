#include "net/response_head.hpp"

#include "net/http_text.hpp"
#include "net/problem.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace bongsu::net {
namespace {

bool is_own_field(std::string_view name) {
    for (const std::string_view own :
         {"content-length", "transfer-encoding", "connection", "date"}) {
        if (equal_ignoring_case(name, own)) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string http_date(WallTime time) {
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    std::snprintf(
        text.data(),
        text.size(),
        "%s, %02d %s %04d %02d:%02d:%02d GMT",
        kDays.at(static_cast<std::size_t>(parts.tm_wday)),
        parts.tm_mday,
        kMonths.at(static_cast<std::size_t>(parts.tm_mon)),
        parts.tm_year + 1900,
        parts.tm_hour,
        parts.tm_min,
        parts.tm_sec
    );
    return text.data();
}

Result<std::string> write_response_head(
    int status, const HttpFields& headers, const ResponseFraming& framing
) {
    if (status < 200 || status > 599) {
        return fail(ErrorKind::InvalidArgument, std::to_string(status) + " is no final status");
    }
    std::string head = "HTTP/1.1 " + std::to_string(status) + " ";
    head += status_phrase(status);
    head += "\r\nDate: " + http_date(framing.now) + "\r\n";
    for (const auto& [name, value] : headers) {
        if (!is_token(name) || !is_field_value(value)) {
            return fail(
                ErrorKind::InvalidArgument,
                "a response's header field '" + json_escaped(name) + "' cannot be sent"
            );
        }
        if (!is_own_field(name)) {
            head += name;
            head += ": ";
            head += value;
            head += "\r\n";
        }
    }
    if (framing.content_length) {
        head += "Content-Length: " + std::to_string(*framing.content_length) + "\r\n";
    }
    head += framing.keeps_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

}  // namespace bongsu::net
