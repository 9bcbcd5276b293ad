#pragma once

#include "core/result.hpp"
#include "core/value.hpp"
#include "fleet/coded_problem.hpp"
#include "fleet/fleet.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::fleet {

/// One thing that is wrong with a file, for the person who wrote it.
struct CsvProblem {
    std::size_t row = 0;  ///< line of the file, counted from 1
    std::string column;   ///< as written in the header; empty: the row as a whole
    CodedProblem what;
};

/// A table of cameras as read: one form per good row, and everything that is wrong with the others.
struct CsvCameras {
    struct Row {
        std::size_t row = 0;  ///< line of the file, counted from 1
        Value form;           ///< what Fleet::put_many takes: only the fields that the row gives
    };

    std::vector<Row> rows;
    std::vector<CsvProblem> problems;
    std::size_t total = 0;                       ///< rows below the header
    std::map<std::string, std::string> headers;  ///< field of the form -> column as written
};

/// Reads a table of cameras with header names in Korean or English; see csv_table.hpp for codes and
/// separators. A field that no column or cell gives is left as it is. InvalidArgument when it is
/// too large, is no text, or has no column of ids.
Result<CsvCameras> read_camera_csv(std::string_view bytes);

/// The table of these cameras in UTF-8 with mark and English names, secrets hidden.
std::string write_camera_csv(const std::vector<FleetCameraPtr>& cameras);

enum class CsvMode {
    DryRun,    ///< says what would happen
    AllRows,   ///< nothing is taken when anything is wrong
    GoodRows,  ///< takes the good rows and tells the rest
};

struct CsvImport {
    std::size_t rows = 0;              ///< below the header
    std::size_t good = 0;              ///< rows without a problem
    std::size_t created = 0;           ///< cameras that are new; in a dry run: would be
    std::size_t changed = 0;           ///< cameras that existed; in a dry run: would be
    std::vector<CsvProblem> problems;  ///< ordered by row
};

/// Whether a row may be brought in; its error becomes the row's problem.
using RowGate = std::function<Status(const Value& form)>;

/// Takes a table of cameras into the fleet; without `may_import` every row may come in. Errors are
/// those of read_camera_csv and of the store.
Result<CsvImport> import_cameras(
    Fleet& fleet,
    std::string_view bytes,
    CsvMode mode,
    const Author& author,
    const RowGate& may_import = {}
);

}  // namespace bongsu::fleet
