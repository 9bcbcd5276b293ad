#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bongsu::verifiers::smoke {

/// A part of the picture, cut into square places of one size.
struct Grid {
    Box part;         ///< pixels
    float unit = 1;   ///< side of a place, pixels
    float pitch = 1;  ///< from one to the next; larger than `unit` where places are only samples
    int columns = 0;
    int rows = 0;

    /// Places are a 160th of the picture's height, so that smoke is equally soft in all of them;
    /// larger where the part has more than 64 of them a side.
    static Grid over(const Box& part, const Frame& frame);
    /// Places of the same size all over the picture, 48 in its width.
    Grid spread_over(const Frame& frame) const;

    bool is_too_small() const { return columns < 6 || rows < 6; }

    Box box_of(std::size_t place) const;
};

/// A number for each place of a grid, row by row.
struct Places {
    int columns = 0;
    int rows = 0;
    std::vector<float> values;

    float at(int x, int y) const {
        const int place = y * columns + x;
        return values[static_cast<std::size_t>(place)];
    }
};

/// Mean luma, of at most 4 x 4 pixels spread over each place.
Places places_of(const Frame& frame, const Grid& grid);

/// b - a; 0 where `left_out` is not 0. It may be empty.
Places difference(const Places& a, const Places& b, std::span<const char> left_out);

/// Means over five by five places, of fewer at the border.
Places softened(const Places& places);

/// The sum of squares.
float energy(const Places& places);

}  // namespace bongsu::verifiers::smoke
