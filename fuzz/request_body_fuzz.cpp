// links: console net core
// Bodies and queries of requests as the console's handlers read them. The first line of an input is
// the query, the rest the body: any bytes must end in checked values or in words.
#include "console/request_body.hpp"
#include "core/clock.hpp"
#include "net/http_target.hpp"
#include "net/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <boost/json.hpp>

using namespace bongsu;
using namespace bongsu::console;

namespace {

constexpr std::size_t kLongest = 200;
constexpr std::size_t kMost = 20;
constexpr Duration kLongestSpan = std::chrono::hours{24};

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

/// What handlers are promised about a text.
void check_text(const std::string& text, std::size_t longest) {
    require(text.size() <= longest && net::is_utf8(text));
    require(std::ranges::none_of(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
    }));
}

template <class T>
bool says_why(const Result<T>& result) {
    return result.has_value() || !result.error().message.empty();
}

void check_span(const Result<TimeSpan>& span) {
    require(says_why(span));
    if (span) {
        require(span->from < span->to && span->to - span->from <= kLongestSpan);
    }
}

void check_member(const boost::json::object& body, std::string_view name) {
    if (const auto text = text_of(body, name, kLongest)) {
        check_text(*text, kLongest);
        const auto same = optional_text(body, name, kLongest);
        require(same && *same == *text);
    }
    const auto number = optional_integer(body, name, -5, 5);
    require(says_why(number));
    require(!number || !*number || (**number >= -5 && **number <= 5));
    if (const auto texts = texts_of(body, name, kMost)) {
        require(texts->size() <= kMost);
        std::ranges::for_each(*texts, [](const std::string& text) { check_text(text, 500); });
    }
    require(says_why(flag_or(body, name, true)));
    if (const auto time = time_of(body, name)) {
        require(parse_iso8601(to_iso8601(*time)).has_value());
    }
}

void check_body(const net::HttpRequest& request) {
    const auto body = json_body(request);
    require(says_why(body));
    if (!body) {
        return;
    }
    for (const auto& member : *body) {
        check_member(*body, member.key());
    }
    check_member(*body, "absent");
    require(only_members(*body, {"from", "to"}).has_value() || !body->empty());
    check_span(body_span(*body, kLongestSpan));
}

void check_query(const net::HttpRequest& request) {
    for (const auto& [name, value] : request.query) {
        const auto number = query_integer(request, name, 1, 500);
        require(!number || !*number || (**number >= 1 && **number <= 500));
        require(says_why(query_flag(request, name, false)));
        require(says_why(query_time(request, name)));
        for (const std::string& item : query_list(request, name)) {
            require(!item.empty() && item.find(',') == std::string::npos);
        }
    }
    check_span(query_span(request, kLongestSpan));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    net::HttpRequest request;
    request.headers = {{"content-type", "application/json"}};
    if (auto query = net::parse_query(bytes.substr(0, end))) {
        request.query = *std::move(query);
    }
    request.body = bytes.substr(std::min(end + 1, bytes.size()));
    check_query(request);
    check_body(request);
    return 0;
}
