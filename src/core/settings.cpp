#include "core/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace bongsu {
namespace {

struct UnitRow {
    std::string_view suffix;
    double factor;
};

constexpr std::array<UnitRow, 6> kTimeUnits{{
    {"", 1},
    {"ms", 1e-3},
    {"s", 1},
    {"m", 60},
    {"h", 3600},
    {"d", 86400},
}};

constexpr std::array<UnitRow, 11> kByteUnits{{
    {"", 1},
    {"B", 1},
    {"kB", 1e3},
    {"MB", 1e6},
    {"GB", 1e9},
    {"TB", 1e12},
    {"KiB", 1024.0},
    {"MiB", 1024.0 * 1024},
    {"GiB", 1024.0 * 1024 * 1024},
    {"TiB", 1024.0 * 1024 * 1024 * 1024},
    {"PB", 1e15},
}};

std::optional<double> as_number(const Value& value) {
    if (const auto* whole = value.as_integer()) {
        return static_cast<double>(*whole);
    }
    if (const auto* number = value.as_double()) {
        return *number;
    }
    return std::nullopt;
}

template <std::size_t N>
std::optional<double> with_unit(const Value& value, const std::array<UnitRow, N>& units) {
    if (const auto plain = as_number(value)) {
        return plain;
    }
    const std::string* text = value.as_text();
    if (text == nullptr) {
        return std::nullopt;
    }
    double number = 0;
    const char* end = text->data() + text->size();
    const auto [at, error] = std::from_chars(text->data(), end, number);
    if (error != std::errc{}) {
        return std::nullopt;
    }
    const std::string_view suffix{at, static_cast<std::size_t>(end - at)};
    for (const UnitRow& row : units) {
        if (row.suffix == suffix) {
            return number * row.factor;
        }
    }
    return std::nullopt;
}

std::string plain_number(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%g", value);
    return text.data();
}

std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : ", ") + word;
    }
    return out;
}

Result<Value> in_range(const FieldSpec& field, double value, Value kept, const std::string& path) {
    if ((field.min && value < *field.min) || (field.max && value > *field.max)) {
        const std::string low = field.min ? plain_number(*field.min) : "any";
        const std::string high = field.max ? plain_number(*field.max) : "any";
        return fail(
            ErrorKind::InvalidArgument,
            "out_of_range"_code,
            path + " is " + plain_number(value) + (field.unit.empty() ? "" : " " + field.unit) +
                "; allowed is " + low + " to " + high,
            field.min && field.max ? ErrorValues{{"min", low}, {"max", high}} : ErrorValues{}
        );
    }
    return kept;
}

/// `number_of` returns nothing for the wrong type.
template <class NumberOf>
Result<Value> list_of(
    const Value& value, NumberOf accept, const std::string& path, const char* what
) {
    const Value::List* list = value.as_list();
    if (list == nullptr) {
        return fail(
            ErrorKind::InvalidArgument, "wrong_kind"_code, path + " must be a list of " + what
        );
    }
    for (const Value& item : *list) {
        if (!accept(item)) {
            return fail(
                ErrorKind::InvalidArgument,
                "wrong_kind"_code,
                path + " must be a list of " + what + "; found " + std::string(item.type_name())
            );
        }
    }
    return value;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row[b.size()];
}

/// A wrong read of settings is a bug of the program, not of the user: stop at once, saying which.
[[noreturn]] void settings_bug(std::string_view name) {
    std::fprintf(
        stderr,
        "bug: settings field '%.*s' read by the wrong name or type\n",
        static_cast<int>(name.size()),
        name.data()
    );
    std::abort();
}

}  // namespace

std::string_view to_string(FieldType type) {
    constexpr std::array<std::string_view, 10> kNames{
        "true/false",
        "whole number",
        "number",
        "text",
        "secret",
        "time",
        "size",
        "choice",
        "list of text",
        "list of numbers"
    };
    return kNames.at(static_cast<std::size_t>(type));
}

const Value& Settings::at(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) {
        settings_bug(name);
    }
    return found->second;
}

bool Settings::has(std::string_view name) const {
    return !at(name).is_null();
}

bool Settings::flag(std::string_view name) const {
    const bool* value = at(name).as_bool();
    return value != nullptr ? *value : (settings_bug(name), false);
}

std::int64_t Settings::integer(std::string_view name) const {
    const std::int64_t* value = at(name).as_integer();
    return value != nullptr ? *value : (settings_bug(name), 0);
}

double Settings::number(std::string_view name) const {
    const auto value = as_number(at(name));
    return value ? *value : (settings_bug(name), 0.0);
}

const std::string& Settings::text(std::string_view name) const {
    const std::string* value = at(name).as_text();
    if (value == nullptr) {
        settings_bug(name);
    }
    return *value;
}

Duration Settings::duration(std::string_view name) const {
    return from_seconds(number(name));
}

std::int64_t Settings::bytes(std::string_view name) const {
    return static_cast<std::int64_t>(number(name));
}

std::vector<std::string> Settings::texts(std::string_view name) const {
    std::vector<std::string> out;
    const Value::List* list = at(name).as_list();
    if (list == nullptr) {
        settings_bug(name);
    }
    for (const Value& item : *list) {
        out.push_back(*item.as_text());
    }
    return out;
}

std::vector<double> Settings::numbers(std::string_view name) const {
    std::vector<double> out;
    const Value::List* list = at(name).as_list();
    if (list == nullptr) {
        settings_bug(name);
    }
    for (const Value& item : *list) {
        out.push_back(*as_number(item));
    }
    return out;
}

Result<Value> SettingsSchema::parse_field(
    const FieldSpec& field, const Value& value, const std::string& path
) const {
    const auto wrong_type = [&](std::string_view expected) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            path + " must be " + std::string(expected) + ", not " + std::string(value.type_name())
        );
    };
    switch (field.type) {
        case FieldType::Bool:
            return value.as_bool() != nullptr ? Result<Value>(value) : wrong_type("true or false");
        case FieldType::Integer: {
            const auto* whole = value.as_integer();
            return whole != nullptr ? in_range(field, static_cast<double>(*whole), value, path)
                                    : wrong_type("a whole number");
        }
        case FieldType::Number: {
            const auto number = as_number(value);
            return number ? in_range(field, *number, *number, path) : wrong_type("a number");
        }
        case FieldType::Seconds: {
            const auto seconds = with_unit(value, kTimeUnits);
            return seconds ? in_range(field, *seconds, *seconds, path)
                           : wrong_type("a time such as 2.5, 500ms, 10s, 5m, 2h or 30d");
        }
        case FieldType::ByteSize: {
            const auto size = with_unit(value, kByteUnits);
            return size ? in_range(field, *size, *size, path)
                        : wrong_type("a size such as 512MB, 2TB or 1GiB");
        }
        case FieldType::Text:
        case FieldType::Secret:
            return value.as_text() != nullptr ? Result<Value>(value) : wrong_type("text");
        case FieldType::Choice: {
            const std::string* text = value.as_text();
            if (text != nullptr && std::ranges::find(field.choices, *text) != field.choices.end()) {
                return value;
            }
            return fail(
                ErrorKind::InvalidArgument,
                "not_one_of"_code,
                path + " must be one of " + join(field.choices)
            );
        }
        case FieldType::TextList:
            return list_of(
                value, [](const Value& v) { return v.as_text() != nullptr; }, path, "text"
            );
        case FieldType::NumberList:
            return list_of(
                value, [](const Value& v) { return as_number(v).has_value(); }, path, "numbers"
            );
    }
    return wrong_type("of a known type");
}

Result<Settings> SettingsSchema::parse(const Value& map, std::string_view path) const {
    const Value::Map empty;
    const Value::Map* entries = map.is_null() ? &empty : map.as_map();
    if (entries == nullptr) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            std::string(path) + " must be a map of settings, not " + std::string(map.type_name())
        );
    }
    std::vector<std::string> known;
    for (const FieldSpec& field : fields_) {
        known.push_back(field.name);
    }
    for (const auto& [key, unused] : *entries) {
        if (std::ranges::find(known, key) == known.end()) {
            return fail(unknown_key(path, key, known));
        }
    }
    Settings settings;
    for (const FieldSpec& field : fields_) {
        const Value* given = map.find(field.name);
        const bool is_given = given != nullptr && !given->is_null();
        const Value& value = is_given ? *given : field.fallback;
        const std::string field_path =
            path.empty() ? field.name : std::string(path) + "." + field.name;
        if (value.is_null()) {
            if (!field.is_optional) {
                return fail(
                    ErrorKind::InvalidArgument,
                    "missing"_code,
                    field_path + " is required (" + field.help + ")"
                );
            }
            settings.values_[field.name] = Value{};
            continue;
        }
        BONGSU_ASSIGN(settings.values_[field.name], parse_field(field, value, field_path));
    }
    return settings;
}

std::optional<std::string> nearest_name(
    std::string_view word, const std::vector<std::string>& candidates
) {
    std::optional<std::string> best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 2);
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance <= best_distance && (!best || distance < best_distance)) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

Error unknown_key(
    std::string_view path, std::string_view key, const std::vector<std::string>& known
) {
    std::string message = path.empty() ? "" : std::string(path) + ": ";
    message += "unknown key '" + std::string(key) + "'";
    if (const auto near = nearest_name(key, known)) {
        message += "; did you mean '" + *near + "'?";
    } else {
        message += "; known keys are " + join(known);
    }
    return Error{
        ErrorKind::InvalidArgument,
        std::move(message),
        nullptr,
        "unknown_field"_code,
        {{"key", std::string(key)}}
    };
}

}  // namespace bongsu
