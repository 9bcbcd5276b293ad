#include "eval/measurements.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

std::string_view take_part(std::string_view& name) {
    const std::size_t dot = name.find('.');
    const std::string_view part = name.substr(0, dot);
    name.remove_prefix(dot == std::string_view::npos ? name.size() : dot + 1);
    return part;
}

bool matches(std::string_view pattern, std::string_view name) {
    while (!pattern.empty() && !name.empty()) {
        const std::string_view expected = take_part(pattern);
        const std::string_view part = take_part(name);
        const std::string_view literal = expected.substr(0, expected.find('<'));
        const bool is_open = literal.size() < expected.size();
        if (is_open ? part.size() <= literal.size() || !part.starts_with(literal)
                    : part != expected) {
            return false;
        }
    }
    return pattern.empty() && name.empty();
}

/// Integers without decimals, all else with enough digits to tell results apart.
std::string number_text(double value) {
    return value == std::floor(value) && std::abs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                                : fmt::format("{:.6g}", value);
}

}  // namespace

const MeasurementDesc* find_measurement(std::string_view name) {
    const auto table = measurement_table();
    const auto found = std::ranges::find_if(table, [&](const MeasurementDesc& desc) {
        return matches(desc.name, name);
    });
    return found == table.end() ? nullptr : &*found;
}

void Measurements::add(const std::string& name, double value) {
    if (find_measurement(name) == nullptr) {
        std::fprintf(
            stderr, "measurement '%s' is not in eval/measurement_table.cpp\n", name.c_str()
        );
        std::abort();
    }
    if (std::isfinite(value)) {
        values_[name] = value;
    }
}

std::string Measurements::to_json() const {
    std::string out = "{";
    for (const auto& [name, value] : values_) {
        out += fmt::format("{}\n  \"{}\": {}", out.size() > 1 ? "," : "", name, number_text(value));
    }
    return out + "\n}\n";
}

std::string Measurements::to_table() const {
    std::size_t widest = 0;
    for (const auto& [name, value] : values_) {
        widest = std::max(widest, name.size());
    }
    std::string out;
    for (const auto& [name, value] : values_) {
        const std::string_view unit = find_measurement(name)->unit;
        out += fmt::format(
            "{:<{}}  {:>9} {}\n",
            name,
            widest,
            value == std::floor(value) ? fmt::format("{:.0f}", value)
                                       : fmt::format("{:.3f}", value),
            unit == "1" ? "" : unit
        );
    }
    return out;
}

std::string as_name_part(std::string_view text) {
    std::string part(text);
    for (char& c : part) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_') {
            c = '_';
        }
    }
    return part.empty() ? "_" : part;
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0;
    }
    std::ranges::sort(values);
    const double rank = std::ceil(share * static_cast<double>(values.size()));
    const auto index = static_cast<std::size_t>(std::max(1.0, rank)) - 1;
    return values[std::min(index, values.size() - 1)];
}

}  // namespace bongsu::eval
