#pragma once

#include "behaviours/flood/dry_ground.hpp"
#include "core/result.hpp"

#include <array>
#include <string>
#include <string_view>

namespace bongsu::behaviours::flood {

/// What a place looks like dry, in each kind of light apart: shadows by day, lamps by night.
class GroundMemory {
public:
    /// `luma`: mean of the picture, grey levels.
    DryGround& in_light(float luma);

    /// As JSON, some 20 kB; empty when nothing is known.
    std::string kept() const;

    /// What kept() gave. Corrupt: says what is wrong, and nothing changes.
    Status recall(std::string_view kept);

private:
    /// Borders between kinds of light, mean grey levels: night, street lights, dull, bright.
    static constexpr std::array kLights{45.F, 85.F, 125.F};

    std::array<DryGround, kLights.size() + 1> grounds_;
};

}  // namespace bongsu::behaviours::flood
