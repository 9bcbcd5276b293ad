#include "eval/detection/labels.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestFile = 16U << 20U;
constexpr double kLeastVisible = 0.25;
constexpr int kPedestrian = 1;
constexpr std::array kIgnoredClasses{2, 7, 8, 12};  // on a vehicle, static, distractor, reflection

std::string_view take_until(std::string_view& rest, char separator) {
    const std::size_t at = rest.find(separator);
    std::string_view part = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    if (part.ends_with('\r')) {
        part.remove_suffix(1);
    }
    return part;
}

std::vector<std::string_view> cells_of(std::string_view line) {
    std::vector<std::string_view> cells;
    while (!line.empty()) {
        cells.push_back(take_until(line, ','));
    }
    return cells;
}

/// Cells of a line by the names of the header.
class Columns {
public:
    explicit Columns(std::string_view header) : names_(cells_of(header)) {}

    bool has(std::string_view name) const {
        return std::ranges::find(names_, name) != names_.end();
    }

    std::optional<std::string_view> text(
        const std::vector<std::string_view>& cells, std::string_view name
    ) const {
        const auto index =
            static_cast<std::size_t>(std::ranges::find(names_, name) - names_.begin());
        return index < cells.size() ? std::optional(cells[index]) : std::nullopt;
    }

    std::optional<double> number(const std::vector<std::string_view>& cells, std::string_view name)
        const {
        const std::string_view word = text(cells, name).value_or("");
        double value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        const bool is_good = error == std::errc{} && end == word.data() + word.size();
        return is_good && std::abs(value) < 1e7 ? std::optional(value) : std::nullopt;
    }

private:
    std::vector<std::string_view> names_;
};

struct Row {
    std::string key;
    Box box;
    bool is_considered = true;
    int cls = kPedestrian;
    double visibility = 1;
};

std::optional<Row> parse_row(const Columns& columns, std::string_view line, std::string_view key) {
    const auto cells = cells_of(line);
    const auto name = columns.text(cells, key);
    const auto x = columns.number(cells, "x");
    const auto y = columns.number(cells, "y");
    const auto w = columns.number(cells, "w");
    const auto h = columns.number(cells, "h");
    const auto considered = columns.number(cells, "considered");
    if (!name || !x || !y || !w || !h || !considered) {
        return std::nullopt;
    }
    return Row{
        .key = std::string(*name),
        .box =
            {static_cast<float>(*x),
             static_cast<float>(*y),
             static_cast<float>(*w),
             static_cast<float>(*h)},
        .is_considered = *considered != 0,
        .cls = static_cast<int>(columns.number(cells, "cls").value_or(kPedestrian)),
        .visibility = columns.number(cells, "visibility").value_or(1),
    };
}

void file(const Row& row, bool has_classes, PictureTruth& truth) {
    const bool is_ignored_class =
        std::ranges::find(kIgnoredClasses, row.cls) != kIgnoredClasses.end();
    if (row.is_considered && row.visibility >= kLeastVisible && !is_ignored_class) {
        truth.people.push_back(row.box);
    } else if (!has_classes || is_ignored_class || row.cls == kPedestrian) {
        truth.ignored.push_back(row.box);
    }
}

}  // namespace

Result<TruthByPicture> parse_box_labels(
    std::string_view csv, std::string_view key, std::string_view origin
) {
    if (csv.size() > kLargestFile) {
        return fail(ErrorKind::Corrupt, fmt::format("{} is larger than 16 MiB", origin));
    }
    const Columns columns(take_until(csv, '\n'));
    TruthByPicture pictures;
    for (int number = 2; !csv.empty(); ++number) {
        const std::string_view line = take_until(csv, '\n');
        if (line.empty()) {
            continue;
        }
        const auto row = parse_row(columns, line, key);
        if (!row) {
            return fail(
                ErrorKind::Corrupt,
                fmt::format("{}:{}: expected {},x,y,w,h,considered", origin, number, key)
            );
        }
        file(*row, columns.has("cls"), pictures[row->key]);
    }
    return pictures;
}

}  // namespace bongsu::eval
