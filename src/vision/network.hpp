#pragma once

#include "core/result.hpp"
#include "domain/detection.hpp"
#include "vision/canvas.hpp"

#include <span>
#include <vector>

namespace bongsu::vision {

/// A detection network behind an interface: draw on a canvas, infer, get boxes in canvas pixels.
/// This is what a plug-in of the family `detectors` makes; planning, packing and merging are common
/// to all (detector.hpp).
/// Runs on: one thread at a time.
class Network {
public:
    virtual ~Network() = default;

    struct Size {
        int width = 0;
        int height = 0;
    };

    /// Input sizes that can be chosen, ascending by area; never empty.
    virtual std::span<const Size> sizes() const = 0;

    /// The input of size number `index`. Valid until the network is destroyed. A failure to load it
    /// shows here, at the first use.
    virtual Result<Canvas*> canvas(std::size_t index) = 0;

    /// What is on the canvas of size number `index`: boxes in canvas pixels, scores >= `min_score`,
    /// overlaps already suppressed.
    virtual Result<std::vector<Detection>> infer(std::size_t index, float min_score) = 0;
};

}  // namespace bongsu::vision
