#pragma once

#include "behaviours/flood/ground_texture.hpp"
#include "core/result.hpp"
#include "core/value.hpp"

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
    float replaced = 0;    ///< of the whole picture: other structure in its place
    float brightened = 0;  ///< mean change of the drowned cells, grey levels
    int structured = 0;    ///< cells of the ground that usually have structure and are seen now
};

/// What a place usually looks like in one kind of light: the mean direction of each cell's edges.
/// What moves has none in the mean, and what stands for an hour has little: four hours count, so
/// that the shadow of a house or a slowly rising water is not soon taken for the ground.
class DryGround {
public:
    /// Enough was seen to miss something.
    bool is_known() const { return looks_ >= kLooksNeeded; }

    /// So much was seen that what comes and goes within the hour is out of the mean.
    bool is_familiar() const { return looks_ >= kFamiliarLooks; }

    /// `weight`: 1 for a picture of dry ground, less for one that may not be.
    void learn(const GroundTexture& texture, float weight);

    /// `ground`: where water would be; `hidden`: where something stands before it now.
    Loss loss(const GroundTexture& texture, const Cells& ground, const Cells& hidden) const;

    /// For later runs; directions in thousandths, brightness in tenths.
    Value kept() const;
    /// Corrupt: not what kept() gives.
    static Result<DryGround> recall(const Value& kept);

private:
    static constexpr int kLooksNeeded = 5;
    static constexpr int kFamiliarLooks = 60;

    std::array<GroundTexture::Lean, GroundTexture::kCells> usual_{};
    std::array<float, GroundTexture::kCells> lumas_{};
    int looks_ = 0;
};

}  // namespace bongsu::behaviours::flood
