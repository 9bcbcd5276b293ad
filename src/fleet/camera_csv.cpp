#include "fleet/camera_csv.hpp"

#include "domain/camera_form.hpp"
#include "domain/id_rules.hpp"
#include "fleet/csv_columns.hpp"
#include "fleet/csv_table.hpp"
#include "fleet/field_problem.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace bongsu::fleet {
namespace {

constexpr std::size_t kLongestCell = 4000;

/// Which column of the file holds which field; null: an unknown one.
using Header = std::vector<const CsvColumn*>;

Header read_header(const CsvTable::Row& row, CsvCameras& out) {
    Header header;
    std::set<const CsvColumn*> seen;
    for (const std::string& title : row.cells) {
        const CsvColumn* column = find_column(title);
        if (column == nullptr && !title.empty()) {
            const auto near = nearest_name(title, column_titles());
            out.problems.push_back(
                {row.line,
                 title,
                 {"unknown_column"_code,
                  {{"near", near.value_or("")}},
                  "unknown column" + (near ? "; did you mean '" + *near + "'?" : std::string())}}
            );
        } else if (column != nullptr && !seen.insert(column).second) {
            out.problems.push_back(
                {row.line, title, {"column_twice"_code, {}, "this column is given twice"}}
            );
            column = nullptr;
        } else if (column != nullptr) {
            out.headers[std::string(column->field)] = title;
        }
        header.push_back(column);
    }
    return header;
}

/// Reads one row; problems go to `out`. Nothing when it has any.
std::optional<Value> read_row(
    const CsvTable::Row& row, const CsvTable::Row& titles, const Header& header, CsvCameras& out
) {
    const std::size_t before = out.problems.size();
    if (row.cells.size() > header.size()) {
        const std::string cells = std::to_string(row.cells.size());
        const std::string columns = std::to_string(header.size());
        out.problems.push_back(
            {row.line,
             "",
             {"too_many_cells"_code,
              {{"cells", cells}, {"columns", columns}},
              "has " + cells + " cells, the header " + columns}}
        );
    }
    CsvForm form;
    for (std::size_t i = 0; i < std::min(row.cells.size(), header.size()); ++i) {
        const std::string_view cell = without_guard(row.cells[i]);
        if (header[i] == nullptr || cell.empty()) {
            continue;
        }
        const Status text = check_text(cell, kLongestCell, "the cell");
        const auto taken =
            text ? form.take(*header[i], cell)
                 : std::unexpected(CodedProblem{"bad_text"_code, {}, text.error().message});
        if (!taken) {
            out.problems.push_back({row.line, titles.cells[i], taken.error()});
        }
    }
    if (!form.has_id() && out.problems.size() == before) {
        out.problems.push_back(
            {row.line,
             out.headers["id"],
             {"id_missing"_code, {}, "is missing: every camera needs an id"}}
        );
    }
    return out.problems.size() == before ? std::optional(form.value()) : std::nullopt;
}

/// The column that a field of the form came from.
std::string column_of(const CsvCameras& table, std::string field) {
    if (field.starts_with("streams[1]")) {
        field = "sub_url";
    } else if (field.starts_with("streams")) {
        field = "url";
    }
    const auto found = table.headers.find(field.substr(0, field.find('[')));
    return found != table.headers.end() ? found->second : "";
}

std::vector<Value> forms_of(const CsvCameras& table) {
    std::vector<Value> forms;
    for (const CsvCameras::Row& row : table.rows) {
        forms.push_back(row.form);
    }
    return forms;
}

/// The ids of good rows whose camera exists already.
std::size_t count_known(const Fleet& fleet, const std::vector<CameraId>& ids) {
    const FleetSnapshotPtr now = fleet.snapshot();
    return static_cast<std::size_t>(std::ranges::count_if(ids, [&](const CameraId& id) {
        return now->find(id) != nullptr;
    }));
}

/// Turns what the fleet refuses into problems of rows.
void add_problems(const CsvCameras& table, const std::vector<BulkFailure>& failed, CsvImport& out) {
    std::map<std::string, std::vector<std::size_t>> rows;
    for (const CsvCameras::Row& row : table.rows) {
        rows[*row.form.find("id")->as_text()].push_back(row.row);
    }
    for (const BulkFailure& failure : failed) {
        // Of doubles the first row is taken, so the failures belong to the last ones.
        std::vector<std::size_t>& lines = rows[failure.camera.value()];
        const std::size_t line = lines.empty() ? 0 : lines.back();
        if (!lines.empty()) {
            lines.pop_back();
        }
        const FieldProblem problem = field_problem(failure.error, nullptr);
        const ErrorCode code = problem.code.empty() ? "refused"_code : problem.code;
        out.problems.push_back(
            {line, column_of(table, problem.field), {code, problem.values, problem.message}}
        );
    }
}

}  // namespace

Result<CsvCameras> read_camera_csv(std::string_view bytes) {
    BONGSU_ASSIGN(const CsvTable table, read_csv(bytes));
    if (table.rows.empty()) {
        return fail(
            ErrorKind::InvalidArgument,
            "file_empty"_code,
            "the file is empty; its first line names the columns"
        );
    }
    CsvCameras out;
    const CsvTable::Row& titles = table.rows.front();
    const Header header = read_header(titles, out);
    if (!out.headers.contains("id")) {
        return fail(
            ErrorKind::InvalidArgument,
            "file_without_ids"_code,
            "the first line names no column 'id' (or 'ID', '카메라ID', '관리번호'); it must name "
            "the columns"
        );
    }
    out.total = table.rows.size() - 1;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        if (auto form = read_row(table.rows[i], titles, header, out)) {
            out.rows.push_back({table.rows[i].line, *std::move(form)});
        }
    }
    return out;
}

std::string write_camera_csv(const std::vector<FleetCameraPtr>& cameras) {
    std::string out = "\xEF\xBB\xBF";
    for (const CsvColumn& column : csv_columns()) {
        if (!column.is_secret) {
            out += (out.size() > 3 ? "," : "") + std::string(column.field_title);
        }
    }
    out += "\r\n";
    for (const FleetCameraPtr& camera : cameras) {
        const Value form = to_value(camera->config, Secrets::Hidden);
        bool is_first = true;
        for (const CsvColumn& column : csv_columns()) {
            if (column.is_secret) {
                continue;
            }
            out += is_first ? "" : ",";
            out += csv_cell(text_of(form, column), column.kind == CsvKind::Number);
            is_first = false;
        }
        out += "\r\n";
    }
    return out;
}

Result<CsvImport> import_cameras(
    Fleet& fleet,
    std::string_view bytes,
    CsvMode mode,
    const Author& author,
    const RowGate& may_import
) {
    BONGSU_ASSIGN(CsvCameras table, read_camera_csv(bytes));
    std::erase_if(table.rows, [&](const CsvCameras::Row& row) {
        const Status allowed = may_import ? may_import(row.form) : Status{};
        if (!allowed) {
            table.problems.push_back(
                {row.row, "", {"not_allowed"_code, {}, allowed.error().message}}
            );
        }
        return !allowed;
    });
    CsvImport out{.rows = table.total, .problems = std::move(table.problems)};
    const std::vector<Value> forms = forms_of(table);
    const BulkOutcome would = fleet.check_many(forms);
    add_problems(table, would.failed, out);
    std::ranges::sort(out.problems, {}, [](const CsvProblem& problem) {
        return std::tie(problem.row, problem.column);
    });
    out.good = would.changed.size();
    const std::size_t known = count_known(fleet, would.changed);
    const bool is_refused = mode == CsvMode::AllRows && !out.problems.empty();
    if (mode != CsvMode::DryRun && !is_refused) {
        BONGSU_ASSIGN(const BulkOutcome done, fleet.put_many(forms, BulkMode::GoodOnes, author));
        out.good = done.changed.size();
    }
    if (!is_refused) {
        out.changed = std::min(known, out.good);
        out.created = out.good - out.changed;
    }
    return out;
}

}  // namespace bongsu::fleet
