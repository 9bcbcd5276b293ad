#pragma once

#include "density/recall.hpp"
#include "density/round.hpp"
#include "eval/measurements.hpp"
#include "program/html_page.hpp"

#include <optional>
#include <span>
#include <string>

namespace bongsu::bench {

eval::Measurements measurements_of(std::span<const RoundFigures> figures);
void add_recall(const RecallFigures& recall, eval::Measurements& out);

/// One line a round, for people.
std::string table_of(std::span<const RoundFigures> figures);

/// The same and where the time goes, as a page.
HtmlPage page_of(std::span<const RoundFigures> figures, const std::optional<RecallFigures>& recall);

}  // namespace bongsu::bench
