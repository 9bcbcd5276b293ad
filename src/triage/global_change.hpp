#pragma once

#include "domain/frame.hpp"
#include "triage/grid.hpp"

#include <string_view>
#include <vector>

namespace bongsu::triage {

/// A change of the whole picture that is not something moving in the scene.
enum class GlobalChange {
    None,
    Light,     ///< lamps, sun, exposure: same structure, other brightness
    Infrared,  ///< the camera switched its infrared filter: colour came or went
    Shake,     ///< the camera itself moved
};

std::string_view to_string(GlobalChange change);

/// How colourful a picture is: mean distance of sampled U and V from grey, 0..128. 0 when there is
/// no chroma.
float colourfulness(const Frame& frame);

/// Whether colour appeared or disappeared between two pictures of these colourfulnesses.
bool is_infrared_switch(float before, float after);

/// The whole-cell shift (at most 6 cells each way) under which `now` agrees with `before` far
/// better than without, or {0,0}.
struct Shift {
    int x = 0;
    int y = 0;

    bool is_none() const { return x == 0 && y == 0; }
};

Shift best_shift(const CellValues& before, const CellValues& now);

/// Which blocks of the picture keep their structure when each may have its own gain and offset.
struct LightComparison {
    float explained = 0;                     ///< share of all cells, 0..1
    std::vector<std::uint8_t> is_explained;  ///< per cell
};

LightComparison compare_under_light(const CellValues& before, const CellValues& now);

}  // namespace bongsu::triage
