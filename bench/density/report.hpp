#pragma once

#include "density/round.hpp"
#include "eval/measurements.hpp"

#include <span>
#include <string>

namespace bongsu::bench {

eval::Measurements measurements_of(std::span<const RoundFigures> figures);

/// One line a round, for people.
std::string table_of(std::span<const RoundFigures> figures);

}  // namespace bongsu::bench
