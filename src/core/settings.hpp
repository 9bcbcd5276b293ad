#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/value.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu {

enum class FieldType {
    Bool,
    Integer,
    Number,
    Text,
    Secret,    ///< text that is never printed
    Seconds,   ///< 10, 2.5, "500ms", "10s", "5m", "2h", "30d"
    ByteSize,  ///< 1048576, "512MB", "2TB" (powers of 1000), "512MiB" (powers of 1024)
    Choice,    ///< one of `choices`
    TextList,
    NumberList,
};

std::string_view to_string(FieldType type);

/// One row of a module's or plug-in's table of settings. Parsing, validation, docs/ref/config.md
/// and the console's forms all come from this table.
struct FieldSpec {
    std::string name;
    FieldType type = FieldType::Text;
    Value fallback{};  ///< default; null means the field is required unless `optional`
    std::optional<double> min =
        std::nullopt;  ///< inclusive; for Seconds in seconds, for ByteSize in bytes
    std::optional<double> max = std::nullopt;
    std::vector<std::string> choices{};  ///< for Choice
    std::string unit{};                  ///< "s", "px", "1" ...
    std::string help{};                  ///< one sentence
    bool is_optional = false;            ///< absent is allowed although there is no default
};

/// Values that passed a schema. Asking for a field that the schema does not have, or by the wrong
/// type, is a bug and aborts; whether an optional field is present is asked with `has`.
class Settings {
public:
    bool has(std::string_view name) const;
    bool flag(std::string_view name) const;
    std::int64_t integer(std::string_view name) const;
    double number(std::string_view name) const;
    const std::string& text(std::string_view name) const;  ///< Text, Secret and Choice
    Duration duration(std::string_view name) const;
    std::int64_t bytes(std::string_view name) const;
    std::vector<std::string> texts(std::string_view name) const;
    std::vector<double> numbers(std::string_view name) const;

private:
    friend class SettingsSchema;
    const Value& at(std::string_view name) const;
    std::map<std::string, Value, std::less<>> values_;
};

/// A table of settings. Immutable after construction; shared freely between threads.
class SettingsSchema {
public:
    SettingsSchema() = default;

    explicit SettingsSchema(std::vector<FieldSpec> fields) : fields_(std::move(fields)) {}

    const std::vector<FieldSpec>& fields() const { return fields_; }

    /// Checks `map` against the table and fills in defaults. `path` names the place in errors, such
    /// as "rules[2]". An unknown key is an error that names the nearest known key.
    Result<Settings> parse(const Value& map, std::string_view path) const;

private:
    Result<Value> parse_field(const FieldSpec& field, const Value& value, const std::string& path)
        const;
    std::vector<FieldSpec> fields_;
};

/// The candidate with the smallest edit distance to `word`, or nothing when none is near.
std::optional<std::string> nearest_name(
    std::string_view word, const std::vector<std::string>& candidates
);

/// An error for an unknown key that names the place and the nearest known key.
Error unknown_key(
    std::string_view path, std::string_view key, const std::vector<std::string>& known
);

}  // namespace bongsu
