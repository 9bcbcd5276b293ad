#pragma once

#include "behaviours/still_things/small_picture.hpp"
#include "domain/scene.hpp"

#include <cstdint>
#include <vector>

namespace bongsu::behaviours::still_things {

/// Marks of cells: nobody is there, somebody or a vehicle is beside it, or hides it.
inline constexpr std::uint8_t kOpen = 0;
inline constexpr std::uint8_t kBeside = 1;
inline constexpr std::uint8_t kHidden = 2;

/// Sets the cells of a range.
void mark(const CellRange& range, std::uint8_t value, std::vector<std::uint8_t>& cells);

/// Marks the cells that somebody or a vehicle hides, and those around with their shadows.
void mark_covered(const Scene& scene, std::vector<std::uint8_t>& covered);

}  // namespace bongsu::behaviours::still_things
