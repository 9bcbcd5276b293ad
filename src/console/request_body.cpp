#include "console/request_body.hpp"

#include "core/json.hpp"
#include "core/settings.hpp"

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;

constexpr std::size_t kDeepest = 32;
constexpr const char* kBody = "the body";
constexpr const char* kNoObject = "must be a JSON object";

std::unexpected<Error> wrong(
    std::string_view name, std::string_view words, ErrorCode code = "wrong_kind"_code
) {
    return fail(ErrorKind::InvalidArgument, code, std::string(name) + " " + std::string(words));
}

Status check_type(const net::HttpRequest& request) {
    const std::string* type = request.header("content-type");
    const bool is_json = type != nullptr && type->starts_with("application/json");
    return is_json ? Status{} : wrong(kBody, "must be application/json");
}

Result<std::string> checked_text(
    const json::value& value, std::string_view name, std::size_t max_length
) {
    if (!value.is_string()) {
        return wrong(name, "must be a text");
    }
    const json::string& text = value.get_string();
    if (text.size() > max_length) {
        return wrong(name, "must have at most " + std::to_string(max_length) + " bytes");
    }
    const bool has_control = std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
    });
    if (has_control) {
        return wrong(name, "must not hold control characters");
    }
    return std::string(text);
}

Result<std::int64_t> checked_integer(
    std::int64_t value, std::string_view name, std::int64_t min, std::int64_t max
) {
    if (value < min || value > max) {
        return wrong(name, "must be from " + std::to_string(min) + " to " + std::to_string(max));
    }
    return value;
}

}  // namespace

Result<json::object> json_body(const net::HttpRequest& request) {
    BONGSU_TRY(check_type(request));
    json::parse_options options;
    options.max_depth = kDeepest;
    boost::system::error_code error;
    json::value value = json::parse(request.body, error, {}, options);
    if (error) {
        return fail(
            ErrorKind::InvalidArgument, "no_json"_code, "the body is no JSON: " + error.message()
        );
    }
    if (!value.is_object()) {
        return wrong(kBody, kNoObject);
    }
    return std::move(value.get_object());
}

Result<Value> body_value(const net::HttpRequest& request) {
    BONGSU_TRY(check_type(request));
    BONGSU_ASSIGN(Value value, parse_json(request.body, kBody));
    if (value.as_map() == nullptr) {
        return wrong(kBody, kNoObject);
    }
    return value;
}

Status only_members(const json::object& body, const std::vector<std::string>& known) {
    for (const auto& member : body) {
        const std::string key(member.key());
        if (std::ranges::find(known, key) == known.end()) {
            return fail(unknown_key("", key, known));
        }
    }
    return {};
}

Result<std::string> text_of(
    const json::object& body, std::string_view name, std::size_t max_length
) {
    const json::value* value = body.if_contains(name);
    if (value == nullptr) {
        return wrong(name, "is missing", "missing"_code);
    }
    return checked_text(*value, name, max_length);
}

Result<std::optional<std::string>> optional_text(
    const json::object& body, std::string_view name, std::size_t max_length
) {
    const json::value* value = body.if_contains(name);
    if (value == nullptr || value->is_null()) {
        return std::nullopt;
    }
    return checked_text(*value, name, max_length);
}

Result<std::optional<std::int64_t>> optional_integer(
    const json::object& body, std::string_view name, std::int64_t min, std::int64_t max
) {
    const json::value* value = body.if_contains(name);
    if (value == nullptr || value->is_null()) {
        return std::nullopt;
    }
    if (!value->is_int64()) {
        return wrong(name, "must be a whole number");
    }
    return checked_integer(value->get_int64(), name, min, max);
}

Result<bool> flag_or(const json::object& body, std::string_view name, bool fallback) {
    const json::value* value = body.if_contains(name);
    if (value == nullptr) {
        return fallback;
    }
    if (!value->is_bool()) {
        return wrong(name, "must be true or false");
    }
    return value->get_bool();
}

Result<std::vector<std::string>> texts_of(
    const json::object& body, std::string_view name, std::size_t max_count
) {
    constexpr std::size_t kLongest = 500;
    const json::value* value = body.if_contains(name);
    if (value == nullptr || !value->is_array()) {
        return wrong(name, "must be a list of texts");
    }
    const json::array& list = value->get_array();
    if (list.size() > max_count) {
        return wrong(name, "must have at most " + std::to_string(max_count) + " entries");
    }
    std::vector<std::string> out;
    for (const json::value& item : list) {
        BONGSU_ASSIGN(std::string text, checked_text(item, name, kLongest));
        out.push_back(std::move(text));
    }
    return out;
}

Result<WallTime> time_of(const json::object& body, std::string_view name) {
    BONGSU_ASSIGN(const std::string text, text_of(body, name));
    auto time = parse_iso8601(text);
    if (!time) {
        return wrong(name, "must be a time such as 2026-11-21T22:40:05Z");
    }
    return *time;
}

Result<std::optional<std::int64_t>> query_integer(
    const net::HttpRequest& request, std::string_view name, std::int64_t min, std::int64_t max
) {
    const std::string* text = request.query_value(name);
    if (text == nullptr || text->empty()) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    const char* const end = text->data() + text->size();
    const auto [at, error] = std::from_chars(text->data(), end, value);
    if (error != std::errc{} || at != end) {
        return wrong(name, "must be a whole number");
    }
    return checked_integer(value, name, min, max);
}

Result<bool> query_flag(const net::HttpRequest& request, std::string_view name, bool fallback) {
    const std::string* text = request.query_value(name);
    if (text == nullptr) {
        return fallback;
    }
    if (*text != "true" && *text != "false") {
        return wrong(name, "must be true or false");
    }
    return *text == "true";
}

Result<std::optional<WallTime>> query_time(const net::HttpRequest& request, std::string_view name) {
    const std::string* text = request.query_value(name);
    if (text == nullptr || text->empty()) {
        return std::nullopt;
    }
    auto time = parse_iso8601(*text);
    if (!time) {
        return wrong(name, "must be a time such as 2026-11-21T22:40:05Z");
    }
    return *time;
}

std::vector<std::string> query_list(const net::HttpRequest& request, std::string_view name) {
    std::vector<std::string> out;
    for (const auto& [key, value] : request.query) {
        if (key != name) {
            continue;
        }
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::string_view item = rest.substr(0, rest.find(','));
            if (!item.empty()) {
                out.emplace_back(item);
            }
            rest.remove_prefix(std::min(rest.size(), item.size() + 1));
        }
    }
    return out;
}

namespace {

Result<TimeSpan> checked_span(WallTime from, WallTime to, Duration longest) {
    if (to <= from || to - from > longest) {
        return fail(
            ErrorKind::InvalidArgument,
            "span_wrong"_code,
            "to must be after from, by at most " +
                std::to_string(static_cast<std::int64_t>(to_seconds(longest))) + " s"
        );
    }
    return TimeSpan{from, to};
}

}  // namespace

Result<TimeSpan> query_span(const net::HttpRequest& request, Duration longest) {
    BONGSU_ASSIGN(const auto from, query_time(request, "from"));
    BONGSU_ASSIGN(const auto to, query_time(request, "to"));
    if (!from || !to) {
        return fail(ErrorKind::InvalidArgument, "span_wrong"_code, "from and to are needed");
    }
    return checked_span(*from, *to, longest);
}

Result<TimeSpan> body_span(const json::object& body, Duration longest) {
    BONGSU_ASSIGN(const WallTime from, time_of(body, "from"));
    BONGSU_ASSIGN(const WallTime to, time_of(body, "to"));
    return checked_span(from, to, longest);
}

}  // namespace bongsu::console
