#pragma once

#include "core/settings.hpp"

#include <optional>
#include <string>
#include <vector>

/// Rows of settings tables in one line each.
namespace bongsu::fields {

FieldSpec flag(std::string name, bool fallback, std::string help);
FieldSpec whole(std::string name, int fallback, double min, double max, std::string help);
FieldSpec number(
    std::string name, double fallback, double min, double max, std::string unit, std::string help
);

/// `fallback`, `min` and `max`: as written by people, and in seconds.
FieldSpec seconds(std::string name, const char* fallback, double min, double max, std::string help);

/// `fallback` as written by people; `min` and `max` in bytes.
FieldSpec bytes(
    std::string name,
    const char* fallback,
    std::string help,
    double min = 0,
    std::optional<double> max = std::nullopt
);

/// The first choice is the default.
FieldSpec choice(std::string name, std::vector<std::string> choices, std::string help);

}  // namespace bongsu::fields
