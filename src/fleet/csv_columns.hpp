#pragma once

#include "core/value.hpp"
#include "fleet/coded_problem.hpp"

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::fleet {

enum class CsvKind { Id, Text, Url, Number, YesNo, Words, Days };

/// One column that a table of cameras may have.
struct CsvColumn {
    std::string_view field;        ///< of the camera's form: "name", "place.latitude"
    std::string_view field_title;  ///< as written by exports
    CsvKind kind = CsvKind::Text;
    std::vector<std::string_view> titles;  ///< other names that are understood
    double min = 0;                        ///< for Number
    double max = 0;
    bool is_secret = false;  ///< read, never written
};

/// In the order of exports.
std::span<const CsvColumn> csv_columns();

/// By title, whatever its case, blanks and dashes. Null: unknown.
const CsvColumn* find_column(std::string_view title);

/// Every title, for suggestions.
std::vector<std::string> column_titles();

/// Puts cells together to the form of a camera.
class CsvForm {
public:
    /// Or what is wrong with the cell.
    std::expected<void, CodedProblem> take(const CsvColumn& column, std::string_view cell);

    bool has_id() const { return !id_.empty(); }

    /// What Fleet::put_many takes.
    Value value() const;

private:
    std::string id_;
    Value::Map plain_;
    Value::Map place_;
    std::string url_;
    std::string sub_url_;
    Value::Map login_;
};

/// The cell of this column for a camera's form, as to_value made it.
std::string text_of(const Value& form, const CsvColumn& column);

}  // namespace bongsu::fleet
