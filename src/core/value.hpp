#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace bongsu {

/// A tree of plain data as read from YAML or JSON, before it is checked against a schema.
class Value {
public:
    using List = std::vector<Value>;
    using Map = std::vector<std::pair<std::string, Value>>;  ///< in the order of the text

    Value() = default;

    Value(bool v) : data_(v) {}  // NOLINT(google-explicit-constructor)

    Value(int v) : data_(static_cast<std::int64_t>(v)) {}  // NOLINT(google-explicit-constructor)

    Value(std::int64_t v) : data_(v) {}  // NOLINT(google-explicit-constructor)

    Value(double v) : data_(v) {}  // NOLINT(google-explicit-constructor)

    Value(const char* v) : data_(std::string(v)) {}  // NOLINT(google-explicit-constructor)

    Value(std::string v) : data_(std::move(v)) {}  // NOLINT(google-explicit-constructor)

    Value(List v) : data_(std::move(v)) {}  // NOLINT(google-explicit-constructor)

    Value(Map v) : data_(std::move(v)) {}  // NOLINT(google-explicit-constructor)

    bool is_null() const { return std::holds_alternative<std::monostate>(data_); }

    const bool* as_bool() const { return std::get_if<bool>(&data_); }

    const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&data_); }

    const double* as_double() const { return std::get_if<double>(&data_); }

    const std::string* as_text() const { return std::get_if<std::string>(&data_); }

    const List* as_list() const { return std::get_if<List>(&data_); }

    const Map* as_map() const { return std::get_if<Map>(&data_); }

    /// The member of a map, or null when this is not a map or has no such member.
    const Value* find(std::string_view key) const;

    /// "text", "number", "list" ...: for error messages.
    std::string_view type_name() const;

    bool operator==(const Value&) const = default;

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map> data_;
};

/// Parses one YAML (or JSON) document. `origin` names the file in errors, which carry line and
/// column. Depth is limited to 32 and the text to 16 MiB.
Result<Value> parse_yaml(std::string_view text, std::string_view origin);

/// Replaces ${NAME} and ${NAME:default} in all texts through `lookup` (which returns null when
/// unset). An unset name without a default is an error.
using EnvironmentLookup = const char* (*)(const char* name);
Result<Value> expand_environment(const Value& value, EnvironmentLookup lookup);

}  // namespace bongsu
