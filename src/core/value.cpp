#include "core/value.hpp"

#include <array>
#include <charconv>
#include <cstddef>

#include <yaml-cpp/yaml.h>

namespace bongsu {
namespace {

constexpr int kMaxDepth = 32;
constexpr std::size_t kMaxText = std::size_t{16} * 1024 * 1024;

template <class Number>
bool parse_whole(const std::string& text, Number& out) {
    const char* begin = text.data();
    const char* end = begin + text.size();
    const auto [at, error] = std::from_chars(begin, end, out);
    return error == std::errc{} && at == end && !text.empty();
}

Value scalar(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!") {  // quoted in the source: always text
        return text;
    }
    if (text == "true" || text == "false") {
        return text == "true";
    }
    if (text == "null" || text == "~" || text.empty()) {
        return {};
    }
    std::int64_t whole = 0;
    if (parse_whole(text, whole)) {
        return whole;
    }
    double number = 0;
    if (parse_whole(text, number)) {
        return number;
    }
    return text;
}

std::string place(std::string_view origin, const YAML::Mark& mark) {
    return std::string(origin) + ":" + std::to_string(mark.line + 1) + ":" +
           std::to_string(mark.column + 1);
}

Result<Value> convert(const YAML::Node& node, std::string_view origin, int depth) {
    if (depth > kMaxDepth) {
        return fail(
            ErrorKind::InvalidArgument,
            place(origin, node.Mark()) + ": nested deeper than " + std::to_string(kMaxDepth)
        );
    }
    if (node.IsScalar()) {
        return scalar(node);
    }
    if (node.IsSequence()) {
        Value::List list;
        for (const YAML::Node& item : node) {
            BONGSU_ASSIGN(Value value, convert(item, origin, depth + 1));
            list.push_back(std::move(value));
        }
        return Value{std::move(list)};
    }
    if (!node.IsMap()) {
        return Value{};
    }
    Value::Map map;
    for (const auto& entry : node) {
        const std::string& key = entry.first.IsScalar() ? entry.first.Scalar() : std::string{};
        for (const auto& [known, unused] : map) {
            if (known == key) {
                return fail(
                    ErrorKind::InvalidArgument,
                    "given_twice"_code,
                    place(origin, entry.first.Mark()) + ": key '" + key + "' is given twice"
                );
            }
        }
        BONGSU_ASSIGN(Value value, convert(entry.second, origin, depth + 1));
        map.emplace_back(key, std::move(value));
    }
    return Value{std::move(map)};
}

Result<std::string> expand_text(const std::string& text, EnvironmentLookup lookup) {
    std::string out;
    std::size_t at = 0;
    while (true) {
        const std::size_t open = text.find("${", at);
        if (open == std::string::npos) {
            return out + text.substr(at);
        }
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos) {
            return fail(
                ErrorKind::InvalidArgument, "'${' without '}'; write ${NAME} or ${NAME:default}"
            );
        }
        out += text.substr(at, open - at);
        const std::string inner = text.substr(open + 2, close - open - 2);
        const std::size_t colon = inner.find(':');
        const std::string name = inner.substr(0, colon);
        const char* found = lookup(name.c_str());
        if (found != nullptr) {
            out += found;
        } else if (colon != std::string::npos) {
            out += inner.substr(colon + 1);
        } else {
            return fail(
                ErrorKind::InvalidArgument,
                "environment variable " + name + " is not set; set it or write ${" + name +
                    ":default}"
            );
        }
        at = close + 1;
    }
}

}  // namespace

const Value* Value::find(std::string_view key) const {
    const Map* map = as_map();
    if (map == nullptr) {
        return nullptr;
    }
    for (const auto& [name, value] : *map) {
        if (name == key) {
            return &value;
        }
    }
    return nullptr;
}

std::string_view Value::type_name() const {
    constexpr std::array<std::string_view, 7> kNames{
        "nothing", "true/false", "whole number", "number", "text", "list", "map"
    };
    return kNames.at(data_.index());
}

Result<Value> parse_yaml(std::string_view text, std::string_view origin) {
    if (text.size() > kMaxText) {
        return fail(ErrorKind::InvalidArgument, std::string(origin) + ": larger than 16 MiB");
    }
    try {
        return convert(YAML::Load(std::string(text)), origin, 0);
    } catch (const YAML::Exception& error) {
        return fail(ErrorKind::InvalidArgument, place(origin, error.mark) + ": " + error.msg);
    }
}

Result<Value> expand_environment(const Value& value, EnvironmentLookup lookup) {
    if (const std::string* text = value.as_text()) {
        BONGSU_ASSIGN(std::string expanded, expand_text(*text, lookup));
        return Value{std::move(expanded)};
    }
    if (const Value::List* list = value.as_list()) {
        Value::List out;
        for (const Value& item : *list) {
            BONGSU_ASSIGN(Value expanded, expand_environment(item, lookup));
            out.push_back(std::move(expanded));
        }
        return Value{std::move(out)};
    }
    if (const Value::Map* map = value.as_map()) {
        Value::Map out;
        for (const auto& [key, item] : *map) {
            BONGSU_ASSIGN(Value expanded, expand_environment(item, lookup));
            out.emplace_back(key, std::move(expanded));
        }
        return Value{std::move(out)};
    }
    return value;
}

}  // namespace bongsu
