#include "behaviours/scenario/scenario_words.hpp"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <utility>

namespace bongsu::behaviours {

std::vector<ScenarioLine> lines_of(std::string_view text) {
    std::vector<ScenarioLine> lines;
    int count = 0;
    for (const auto part : std::views::split(text, '\n')) {
        ++count;
        std::string line(part.begin(), part.end());
        line.resize(std::min(line.find('#'), line.size()));
        line.resize(line.find_last_not_of(" \t\r") + 1);
        if (!line.empty()) {
            const bool is_indented = line[0] == ' ' || line[0] == '\t';
            lines.push_back({count, std::move(line), is_indented});
        }
    }
    return lines;
}

Words split(std::string_view line) {
    Words words;
    std::size_t at = 0;
    while ((at = line.find_first_not_of(" \t", at)) != std::string_view::npos) {
        const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
        words.emplace_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

std::optional<double> parse_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{value}
                                                                    : std::nullopt;
}

std::optional<Point> parse_pair(std::string_view text, char mark) {
    const std::size_t middle = text.find(mark);
    if (middle == std::string_view::npos) {
        return std::nullopt;
    }
    const auto a = parse_number(text.substr(0, middle));
    const auto b = parse_number(text.substr(middle + 1));
    if (!a || !b) {
        return std::nullopt;
    }
    return Point{static_cast<float>(*a), static_cast<float>(*b)};
}

std::optional<std::string> Options::word() {
    return is_at_end() ? std::nullopt : std::optional{words_[at_++]};
}

std::optional<double> Options::next_number() {
    const auto text = word();
    return text ? parse_number(*text) : std::nullopt;
}

std::optional<Span> Options::span() {
    const auto from = next_number();
    const auto to = next_number();
    return from && to && *from <= *to ? std::optional{Span{*from, *to}} : std::nullopt;
}

}  // namespace bongsu::behaviours
