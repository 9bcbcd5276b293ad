#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::eval {

/// The rows of a labelled folder's manifest: comma-separated, the columns named by the first line.
/// Quotes are not understood, so only columns before the first quoted one may be asked for.
class Manifest {
public:
    /// Errors: NotFound; Corrupt when one of the columns is missing or a line is too short for
    /// them.
    static Result<Manifest> load(
        const std::filesystem::path& path, const std::vector<std::string>& columns
    );
    /// `origin` names the text in errors.
    static Result<Manifest> parse(
        std::string_view text, const std::vector<std::string>& columns, const std::string& origin
    );

    /// One row's cells in the order of the columns asked for.
    using Row = std::vector<std::string>;

    const std::vector<Row>& rows() const { return rows_; }

private:
    std::vector<Row> rows_;
};

}  // namespace bongsu::eval
