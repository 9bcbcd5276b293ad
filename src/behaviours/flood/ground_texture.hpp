#pragma once

#include "domain/frame.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace bongsu::behaviours::flood {

/// How the edges of a picture run, cell by cell. Ground shows kerbs, markings, joints and tracks:
/// edges that agree on a direction. Water shows none of them, and what it mirrors is broken up by
/// waves into edges of all directions. Light changes this little, as each place is compared with
/// its own contrast. Structure tensor: Bigun and Granlund, ICCV 1987.
class GroundTexture {
public:
    static constexpr int kColumns = 20;
    static constexpr int kRows = 15;
    static constexpr std::size_t kCells = std::size_t{kColumns} * kRows;

    /// The direction of a cell's edges, doubled so that a line and its opposite are one; its length
    /// is how much they agree, 0..1.
    struct Lean {
        float x = 0;
        float y = 0;

        float agreement() const;
    };

    /// Nothing for pictures below 64x48. Some 2 ms.
    static std::optional<GroundTexture> of(const Frame& frame);

    const Lean& at(std::size_t cell) const { return cells_[cell]; }

    /// Mean brightness of a cell, grey levels.
    float luma_at(std::size_t cell) const { return lumas_[cell]; }

    /// Of the whole picture.
    float luma() const { return luma_; }

private:
    std::array<Lean, kCells> cells_{};
    std::array<float, kCells> lumas_{};
    float luma_ = 0;
};

/// Share of the cells from a third of the height downwards whose edges agree on nothing, 0..1: the
/// best that one picture alone says about water. By far not enough for an alarm: lawns and gravel
/// look so too.
float disorder(const GroundTexture& texture);

}  // namespace bongsu::behaviours::flood
