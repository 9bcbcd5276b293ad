#include "core/setting_fields.hpp"

#include <utility>

namespace bongsu::fields {
namespace {

FieldSpec ranged(FieldType type, std::string name, Value fallback, double min, std::string help) {
    return {
        .name = std::move(name),
        .type = type,
        .fallback = std::move(fallback),
        .min = min,
        .help = std::move(help),
    };
}

}  // namespace

FieldSpec flag(std::string name, bool fallback, std::string help) {
    return {
        .name = std::move(name),
        .type = FieldType::Bool,
        .fallback = fallback,
        .help = std::move(help),
    };
}

FieldSpec whole(std::string name, int fallback, double min, double max, std::string help) {
    FieldSpec field = ranged(FieldType::Integer, std::move(name), fallback, min, std::move(help));
    field.max = max;
    field.unit = "1";
    return field;
}

FieldSpec number(
    std::string name, double fallback, double min, double max, std::string unit, std::string help
) {
    FieldSpec field = ranged(FieldType::Number, std::move(name), fallback, min, std::move(help));
    field.max = max;
    field.unit = std::move(unit);
    return field;
}

FieldSpec seconds(
    std::string name, const char* fallback, double min, double max, std::string help
) {
    FieldSpec field = ranged(FieldType::Seconds, std::move(name), fallback, min, std::move(help));
    field.max = max;
    field.unit = "s";
    return field;
}

FieldSpec bytes(
    std::string name, const char* fallback, std::string help, double min, std::optional<double> max
) {
    FieldSpec field = ranged(FieldType::ByteSize, std::move(name), fallback, min, std::move(help));
    field.max = max;
    field.unit = "B";
    return field;
}

FieldSpec choice(std::string name, std::vector<std::string> choices, std::string help) {
    FieldSpec field{.name = std::move(name), .type = FieldType::Choice, .help = std::move(help)};
    field.fallback = choices.front();
    field.choices = std::move(choices);
    return field;
}

}  // namespace bongsu::fields
