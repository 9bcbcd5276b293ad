#pragma once

#include "behaviours/still_things/still_ground.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bongsu::behaviours::still_things {

/// Remembers how a patch of the picture looked before a thing came (or went) and how it looks
/// since, so that it can be seen for as long as it stays, however the ground is learnt meanwhile.
/// 8 bytes a cell.
class Patch {
public:
    enum class Sight {
        Still,   ///< looks as it did when it was noticed
        Undone,  ///< looks as it did before
        Hidden,  ///< mostly covered
        Faint,   ///< as both: a smear or a shade, not a thing beyond doubt
        Other,   ///< neither
    };

    Patch() = default;
    Patch(const StillRegion& region, const StillGround& ground);

    /// Compares with the latest picture of the ground; slow changes of light are followed.
    Sight look(const StillGround& ground, std::span<const std::uint8_t> covered);

    const std::vector<std::uint16_t>& cells() const { return cells_; }

    bool is_empty() const { return cells_.empty(); }

    /// Share of the smaller patch that both have in common.
    float overlap(const std::vector<std::uint16_t>& cells) const;

private:
    struct Colour {
        std::uint8_t luma = 0;
        std::uint8_t u = 0;
        std::uint8_t v = 0;
    };

    static Colour colour_at(const SmallPicture& picture, std::size_t cell);
    static bool is_same(Colour a, Colour b, Tolerance most);

    std::vector<std::uint16_t> cells_;
    std::vector<Colour> before_;
    std::vector<Colour> look_;
};

}  // namespace bongsu::behaviours::still_things
