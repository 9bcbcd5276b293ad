#pragma once

#include "behaviours/scenario/scenario.hpp"
#include "domain/geometry.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::behaviours {

/// One line of a scenario's text that says something.
struct ScenarioLine {
    int number = 0;
    std::string text;  ///< without comment
    bool is_indented = false;
};

std::vector<ScenarioLine> lines_of(std::string_view text);

using Words = std::vector<std::string>;
Words split(std::string_view line);

std::optional<double> parse_number(std::string_view text);

/// Two numbers with a mark between: 40x100 or 0.3,0.5.
std::optional<Point> parse_pair(std::string_view text, char mark);

/// Walks over the words after the first few: "size 40x100 jitter 3".
class Options {
public:
    Options(const Words& words, std::size_t from) : words_(words), at_(from) {}

    bool is_at_end() const { return at_ >= words_.size(); }

    /// Only when not at the end.
    const std::string& name() { return words_[at_++]; }

    std::optional<std::string> word();
    std::optional<double> next_number();
    /// Two numbers that ascend.
    std::optional<Span> span();

private:
    const Words& words_;
    std::size_t at_;
};

}  // namespace bongsu::behaviours
