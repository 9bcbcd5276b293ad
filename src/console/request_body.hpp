#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/value.hpp"
#include "net/http.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

namespace bongsu::console {

/// The body of a request as one JSON object: at most 32 deep, no comments. Of a member given twice
/// the last one counts.
/// InvalidArgument says where it breaks.
Result<boost::json::object> json_body(const net::HttpRequest& request);
/// The same as a map, for what the core reads: forms of cameras, settings.
Result<Value> body_value(const net::HttpRequest& request);

/// Reading members of a body. An absent or wrong one is InvalidArgument that names it; unknown
/// members are refused by `only_members`, naming the nearest known one.
Status only_members(const boost::json::object& body, const std::vector<std::string>& known);
Result<std::string> text_of(
    const boost::json::object& body, std::string_view name, std::size_t max_length = 1000
);
Result<std::optional<std::string>> optional_text(
    const boost::json::object& body, std::string_view name, std::size_t max_length = 1000
);
Result<std::optional<std::int64_t>> optional_integer(
    const boost::json::object& body, std::string_view name, std::int64_t min, std::int64_t max
);
Result<bool> flag_or(const boost::json::object& body, std::string_view name, bool fallback);
Result<std::vector<std::string>> texts_of(
    const boost::json::object& body, std::string_view name, std::size_t max_count
);
Result<WallTime> time_of(const boost::json::object& body, std::string_view name);

/// The same for the query of a request. Lists are comma-separated or repeated.
Result<std::optional<std::int64_t>> query_integer(
    const net::HttpRequest& request, std::string_view name, std::int64_t min, std::int64_t max
);
Result<bool> query_flag(const net::HttpRequest& request, std::string_view name, bool fallback);
Result<std::optional<WallTime>> query_time(const net::HttpRequest& request, std::string_view name);
std::vector<std::string> query_list(const net::HttpRequest& request, std::string_view name);

/// A span [from, to) of the query: both needed, in order, at most `longest`.
struct TimeSpan {
    WallTime from;
    WallTime to;
};

Result<TimeSpan> query_span(const net::HttpRequest& request, Duration longest);
/// The same from the members "from" and "to" of a body.
Result<TimeSpan> body_span(const boost::json::object& body, Duration longest);

}  // namespace bongsu::console
