#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bongsu::behaviours::still_things {

inline constexpr int kColumns = 160;
inline constexpr int kRows = 90;
inline constexpr std::size_t kCells = static_cast<std::size_t>(kColumns) * kRows;
/// Colour differences are kept at half of that, as in the picture itself.
inline constexpr int kColourColumns = kColumns / 2;
inline constexpr int kColourRows = kRows / 2;
inline constexpr std::size_t kColourCells = static_cast<std::size_t>(kColourColumns) * kColourRows;

/// A picture on 160 x 90 cells, whatever its size and shape: area means of luma, and of the two
/// colour differences for blocks of two by two cells. 21.6 kB.
struct SmallPicture {
    std::vector<std::uint8_t> luma;
    std::vector<std::uint8_t> u;
    std::vector<std::uint8_t> v;

    bool is_empty() const { return luma.empty(); }
};

inline std::size_t cell_at(int x, int y) {
    return static_cast<std::size_t>(y) * kColumns + static_cast<std::size_t>(x);
}

/// Which colour block a cell belongs to.
inline std::size_t colour_of(std::size_t cell) {
    const std::size_t x = cell % kColumns;
    const std::size_t y = cell / kColumns;
    return y / 2 * kColourColumns + x / 2;
}

/// Fills `small` from a picture whose planes are not empty. Of tall cells four rows are taken.
void shrink(const Frame& frame, SmallPicture& small);

/// Whether the picture has so little contrast that it shows nothing.
bool is_even(const SmallPicture& picture);

/// The cells first..last (inclusive) that a box of the source picture touches; clamped.
struct CellRange {
    int left = 0;
    int top = 0;
    int right = -1;
    int bottom = -1;
};

CellRange cells_of(const Box& box, int width, int height);

/// The part of the source picture that cells cover.
Box box_of(const CellRange& range, int width, int height);

}  // namespace bongsu::behaviours::still_things
