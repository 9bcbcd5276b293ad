#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bongsu::triage {

/// The small grey picture on which triage works: 160x90 cells whatever the source's size and shape.
/// A person of 5 % of the picture's height is 4-5 cells tall.
inline constexpr int kGridWidth = 160;
inline constexpr int kGridHeight = 90;
inline constexpr std::size_t kGridCells = static_cast<std::size_t>(kGridWidth) * kGridHeight;

/// Row by row, kGridCells values. The functions below write into grids that are kept, because
/// making a dozen of them for each picture would cost as much as filling them.
using GreyGrid = std::vector<std::uint8_t>;
using CellValues = std::vector<float>;

/// Area average of a luma plane, straight from its rows. `luma` must not be empty; sides up to
/// 8192.
void shrink(const Plane& luma, GreyGrid& grid);

/// 3x3 binomial blur (1 2 1), edges repeated.
void blur(const GreyGrid& grid, CellValues& blurred);

/// Mean over 3 columns and 5 rows around each cell: about the shape of a small person. Edges count
/// only the cells that exist.
void person_mean(const CellValues& values, CellValues& mean);

/// Median of every seventh value, to a sixteenth of a grey level: exact enough for a level shift.
float sampled_median(std::span<const float> values);

/// Cells whose centre lies in one of the normalised polygons: 1 = masked.
std::vector<std::uint8_t> mask_cells(const std::vector<Polygon>& masks);

}  // namespace bongsu::triage
