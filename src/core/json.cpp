#include "core/json.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

#include <boost/json.hpp>

namespace bongsu {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxDepth = 32;
constexpr double kLargestExactWhole = 9007199254740992.0;  // 2^53

Result<Value> from_json(const json::value& value, const std::string& origin);

Result<Value> from_object(const json::object& object, const std::string& origin) {
    Value::Map map;
    map.reserve(object.size());
    for (const auto& [key, item] : object) {
        BONGSU_ASSIGN(Value converted, from_json(item, origin));
        map.emplace_back(std::string(key), std::move(converted));
    }
    return Value{std::move(map)};
}

Result<Value> from_array(const json::array& array, const std::string& origin) {
    Value::List list;
    list.reserve(array.size());
    for (const json::value& item : array) {
        BONGSU_ASSIGN(Value converted, from_json(item, origin));
        list.push_back(std::move(converted));
    }
    return Value{std::move(list)};
}

Result<Value> from_json(const json::value& value, const std::string& origin) {
    switch (value.kind()) {
        case json::kind::null:
            return Value{};
        case json::kind::bool_:
            return Value{value.get_bool()};
        case json::kind::int64:
            return Value{std::int64_t{value.get_int64()}};
        case json::kind::uint64:
            return fail(
                ErrorKind::InvalidArgument, origin + ": a whole number is larger than 64 bits hold"
            );
        case json::kind::double_:
            return Value{value.get_double()};
        case json::kind::string:
            return Value{std::string(value.get_string())};
        case json::kind::array:
            return from_array(value.get_array(), origin);
        case json::kind::object:
            return from_object(value.get_object(), origin);
    }
    return Value{};
}

/// Length of the well-formed UTF-8 sequence at the front of `text`; 0 when there is none
/// (RFC 3629 section 4).
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) {
        return 1;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) {
        return 0;
    }
    const std::uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < low || byte(1) > high) {
        return 0;
    }
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

void append_escaped(char c, std::string& out) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto code = static_cast<std::uint8_t>(c);
    if (code < 0x20) {
        out += "\\u00";
        out += kHex[code >> 4U];
        out += kHex[code & 0xFU];
        return;
    }
    out += c;
}

void append_text(std::string_view text, std::string& out) {
    out += '"';
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 1) {
            append_escaped(text[0], out);
        } else if (length == 0) {
            out += "\xEF\xBF\xBD";
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    out += '"';
}

void append_number(double number, std::string& out) {
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    if (number == std::floor(number) && std::abs(number) < kLargestExactWhole) {
        out += std::to_string(static_cast<std::int64_t>(number));
        return;
    }
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    const std::string_view written(text.data(), error == std::errc{} ? end : text.data());
    out += written;
    // As a whole number of more than 64 bits it could not be read again.
    if (written.find_first_of(".e") == std::string_view::npos) {
        out += ".0";
    }
}

void append(const Value& value, std::string& out) {
    if (const bool* flag = value.as_bool()) {
        out += *flag ? "true" : "false";
    } else if (const std::int64_t* whole = value.as_integer()) {
        out += std::to_string(*whole);
    } else if (const double* number = value.as_double()) {
        append_number(*number, out);
    } else if (const std::string* text = value.as_text()) {
        append_text(*text, out);
    } else if (const Value::List* list = value.as_list()) {
        out += '[';
        for (const Value& item : *list) {
            out += &item == list->data() ? "" : ",";
            append(item, out);
        }
        out += ']';
    } else if (const Value::Map* map = value.as_map()) {
        out += '{';
        for (const auto& member : *map) {
            out += &member == map->data() ? "" : ",";
            append_text(member.first, out);
            out += ':';
            append(member.second, out);
        }
        out += '}';
    } else {
        out += "null";
    }
}

}  // namespace

Result<Value> parse_json(std::string_view text, std::string_view origin, std::size_t max_bytes) {
    const std::string name{origin};
    if (text.size() > max_bytes) {
        return fail(
            ErrorKind::InvalidArgument,
            name + ": larger than " + std::to_string(max_bytes) + " bytes"
        );
    }
    boost::system::error_code error;
    json::parse_options options;
    options.max_depth = kMaxDepth;
    const json::value parsed = json::parse(text, error, {}, options);
    if (error) {
        return fail(
            ErrorKind::InvalidArgument, name + ": this is no valid JSON (" + error.message() + ")"
        );
    }
    return from_json(parsed, name);
}

std::string to_json(const Value& value) {
    std::string out;
    append(value, out);
    return out;
}

}  // namespace bongsu
