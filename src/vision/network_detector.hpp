#pragma once

#include "vision/detector.hpp"
#include "vision/look_plan.hpp"
#include "vision/network.hpp"
#include "vision/pack.hpp"

#include <memory>
#include <vector>

namespace bongsu::vision {

/// The detector on top of any Network: chooses input sizes and tiles, packs regions, maps boxes
/// back and merges what several looks saw.
class NetworkDetector final : public Detector {
public:
    NetworkDetector(
        std::unique_ptr<Network> network,
        DetectorSettings settings,
        const Clock& clock,
        Metrics& metrics
    );

    Result<std::vector<Detection>> detect(const Frame& frame, std::span<const Box> regions = {})
        override;
    Result<std::vector<std::vector<Detection>>> detect_packed(std::span<const View> views) override;

private:
    /// A rectangle of a frame drawn to a rectangle of a canvas.
    struct Look {
        const Frame* frame;
        PixelRect source;
        PixelRect target;
        std::size_t view;
    };

    Result<std::vector<Detection>> detect_whole(const Frame& frame);
    Result<std::vector<Detection>> detect_regions(const Frame& frame, std::span<const Box> regions);
    /// Draws the looks on one canvas, infers, and appends each box to the list of its view.
    Status look_at_all(
        std::size_t size,
        const std::vector<std::vector<Look>>& canvases,
        std::vector<std::vector<Detection>>& found
    );
    Status look(
        std::size_t size, std::span<const Look> looks, std::vector<std::vector<Detection>>& found
    );

    /// Canvases of one size and where on them each view goes.
    struct Packing {
        std::size_t size = 0;  ///< index of Network::sizes
        std::vector<Placement> placements{};
    };

    static Status check(std::span<const View> views);
    Packing choose_packing(std::span<const View> views) const;
    PackSize drawn_size(const View& view, float shrinking) const;

    std::unique_ptr<Network> network_;
    DetectorSettings settings_;
    const Clock& clock_;
    Counter& inferences_;
    Counter& views_;
    Histogram& seconds_;
};

}  // namespace bongsu::vision
