#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::fleet {

inline constexpr std::size_t kMaxCsvBytes = std::size_t{8} * 1024 * 1024;
inline constexpr std::size_t kMaxCsvRows = 20'000;
inline constexpr std::size_t kMaxCsvColumns = 64;

/// A table of text as read: UTF-8, surrounding blanks cut off, empty lines left out.
struct CsvTable {
    struct Row {
        std::size_t line = 0;  ///< of the file, counted from 1
        std::vector<std::string> cells;
    };

    std::vector<Row> rows;
};

/// The text as UTF-8: as it is (with or without mark), from UTF-16 with mark (what spreadsheets
/// call Unicode text), else from CP949, the Korean code page. InvalidArgument when it is none of
/// them.
Result<std::string> to_utf8(std::string_view bytes);

/// Splits by RFC 4180. The separator is the comma, semicolon or tab that the first line has most
/// of. InvalidArgument for a quote that does not end, and beyond the limits above.
Result<CsvTable> read_csv(std::string_view bytes);

/// One cell as it stands in a file: quoted when needed; `is_number` cells are written as they are,
/// others that a spreadsheet would take for a formula get an apostrophe in front
/// (OWASP, "CSV Injection").
std::string csv_cell(std::string_view text, bool is_number = false);

/// Takes that apostrophe away again.
std::string_view without_guard(std::string_view cell);

}  // namespace bongsu::fleet
