#pragma once

#include "behaviours/flood/ground_texture.hpp"

#include <array>
#include <bitset>

namespace bongsu::behaviours::flood {

/// Cells of a GroundTexture.
using Cells = std::bitset<GroundTexture::kCells>;

/// What a picture has lost of what is usual, as shares of the cells that usually have structure.
struct Loss {
    float drowned = 0;     ///< of the ground: structure gone and none in its place
    float anywhere = 0;    ///< of the whole picture: structure gone, whatever took its place
    float elsewhere = 0;   ///< of what is not ground; 0 when that shows too little to tell
    float brightened = 0;  ///< mean change of the drowned cells, grey levels
    int structured = 0;    ///< cells of the ground that usually have structure and are seen now
};

/// What a place usually looks like in one kind of light: the mean direction of each cell's edges.
/// What moves has none in the mean.
class DryGround {
public:
    /// Enough was seen to miss something.
    bool is_known() const { return looks_ >= kLooksNeeded; }

    /// `weight`: 1 for a picture of dry ground, less for one that may not be.
    void learn(const GroundTexture& texture, float weight);

    /// `ground`: where water would be; `hidden`: where something stands before it now.
    Loss loss(const GroundTexture& texture, const Cells& ground, const Cells& hidden) const;

private:
    static constexpr int kLooksNeeded = 5;

    std::array<GroundTexture::Lean, GroundTexture::kCells> usual_{};
    std::array<float, GroundTexture::kCells> lumas_{};
    int looks_ = 0;
};

}  // namespace bongsu::behaviours::flood
