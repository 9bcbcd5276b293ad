#pragma once

#include "vision/network.hpp"

#include <cstddef>
#include <vector>

namespace bongsu::vision {

/// A network for tests that "detects" bright blocks: every canvas cell of 4x4 pixels whose first
/// plane is above 200 belongs to an object; connected cells in a rectangle become one person. It
/// lets tests check mapping and packing with pixels instead of scripted answers.
class FakeNetwork final : public Network {
public:
    explicit FakeNetwork(std::vector<Size> sizes);

    std::span<const Size> sizes() const override { return sizes_; }

    Result<Canvas*> canvas(std::size_t index) override;
    Result<std::vector<Detection>> infer(std::size_t index, float min_score) override;

    /// Which size each inference used.
    std::vector<std::size_t> inferences;

private:
    std::vector<Size> sizes_;
    std::vector<std::vector<float>> planes_;
    std::vector<Canvas> canvases_;
};

/// A grey frame with white rectangles.
Frame frame_with_blocks(int width, int height, const std::vector<Box>& blocks);

}  // namespace bongsu::vision
