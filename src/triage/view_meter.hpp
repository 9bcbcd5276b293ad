#pragma once

#include "domain/scene.hpp"
#include "triage/grid.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bongsu::triage {

/// Measures what the picture says about the camera's ability to see, against a slow memory of its
/// edges. Runs on: one thread at a time.
class ViewMeter {
public:
    /// `grid` is the shrunken luma of `frame`. `elapsed` since the previous call decides how much
    /// of the picture goes into the memory (time constant ten minutes, so that a turned camera
    /// stays different long enough to be noticed).
    ViewQuality measure(const Frame& frame, const GreyGrid& grid, Duration elapsed);

private:
    float similarity_to_memory(const std::vector<std::uint8_t>& edges) const;
    void remember(const std::vector<std::uint8_t>& edges, Duration elapsed);

    GreyGrid previous_;
    std::optional<std::uint64_t> previous_digest_;
    std::vector<float> memory_;  ///< edge strength per cell
};

}  // namespace bongsu::triage
