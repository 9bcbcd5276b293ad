#include "eval/manifest.hpp"

#include "eval/mot/sequence.hpp"

#include <algorithm>
#include <ranges>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestFile = 16U << 20U;

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    for (const auto part : std::views::split(line, ',')) {
        cells.emplace_back(part.begin(), part.end());
    }
    return cells;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (!line.empty()) {
            lines.push_back(line);
        }
    }
    return lines;
}

}  // namespace

Result<Manifest> Manifest::load(
    const std::filesystem::path& path, const std::vector<std::string>& columns
) {
    BONGSU_ASSIGN(const std::string text, read_text_file(path, kLargestFile));
    return parse(text, columns, path.string());
}

Result<Manifest> Manifest::parse(
    std::string_view text, const std::vector<std::string>& columns, const std::string& origin
) {
    const auto lines = lines_of(text);
    const auto names = lines.empty() ? std::vector<std::string>{} : cells_of(lines.front());
    std::vector<std::size_t> places;
    for (const std::string& column : columns) {
        const auto at = std::ranges::find(names, column);
        if (at == names.end()) {
            return fail(ErrorKind::Corrupt, fmt::format("{} has no column '{}'", origin, column));
        }
        places.push_back(static_cast<std::size_t>(at - names.begin()));
    }
    Manifest manifest;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto cells = cells_of(lines[i]);
        Row row;
        for (const std::size_t place : places) {
            if (place >= cells.size()) {
                return fail(ErrorKind::Corrupt, fmt::format("{}:{}: too few cells", origin, i + 1));
            }
            row.push_back(cells[place]);
        }
        manifest.rows_.push_back(std::move(row));
    }
    return manifest;
}

}  // namespace bongsu::eval
