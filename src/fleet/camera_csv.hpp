#pragma once

#include "core/result.hpp"
#include "core/value.hpp"
#include "fleet/fleet.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::fleet {

inline constexpr std::size_t kMaxCsvBytes = std::size_t{8} * 1024 * 1024;
inline constexpr std::size_t kMaxCsvRows = 20'000;

/// One thing that is wrong with a file, in words for the person who wrote it.
struct CsvProblem {
    std::size_t row = 0;  ///< line of the table, the header is 1
    std::string column;   ///< as written in the header; empty: the row as a whole
    std::string message;
};

/// A table of cameras as read: one form per good row, and everything that is wrong with the others.
struct CsvCameras {
    struct Row {
        std::size_t row = 0;  ///< line of the table, the header is 1
        Value form;           ///< what parse_camera reads
    };

    std::vector<Row> rows;
    std::vector<CsvProblem> problems;
    std::size_t total = 0;  ///< rows below the header
};

/// Reads a table of cameras: UTF-8 (with or without mark) or CP949, header names in Korean or
/// English, separated by comma, semicolon or tab (RFC 4180 quoting). InvalidArgument when it is too
/// large, is no text, or has no usable header.
Result<CsvCameras> read_camera_csv(std::string_view bytes);

/// The table of these cameras in UTF-8 with mark and English names, secrets hidden. Cells that a
/// spreadsheet would take for a formula get an apostrophe in front.
std::string write_camera_csv(const std::vector<FleetCameraPtr>& cameras);

}  // namespace bongsu::fleet
