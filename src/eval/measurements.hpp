#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::eval {

/// Declares measurements. Names are dotted; a part in angle brackets stands for a name that only
/// the data knows, such as a sequence. docs/ref/measurements.md is generated from the table.
struct MeasurementDesc {
    std::string_view name;
    std::string_view unit;
    std::string_view help;
};

/// Every measurement that `bongsu eval` can make.
std::span<const MeasurementDesc> measurement_table();

/// The declaration of a measured name, or null.
const MeasurementDesc* find_measurement(std::string_view name);

/// The value below which the given share of `values` lies (nearest rank); 0 when there are none.
double percentile(std::vector<double> values, double share);

/// What was measured: dotted names and numbers.
class Measurements {
public:
    /// `name` must be declared in the table: anything else is a bug and aborts.
    void add(const std::string& name, double value);

    const std::map<std::string, double>& values() const { return values_; }

    /// One flat JSON object, sorted by name.
    std::string to_json() const;

    /// Aligned lines "name value unit" for people.
    std::string to_table() const;

private:
    std::map<std::string, double> values_;
};

/// Turns a name from a file into one part of a dotted name: letters, digits, '-' and '_'.
std::string as_name_part(std::string_view text);

}  // namespace bongsu::eval
