#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <array>
#include <optional>
#include <vector>

namespace bongsu::verifiers::fire {

/// A picture's luma summed up along rows and along columns, in bands: enough to tell by how much
/// one picture is shifted against another, and cheap to compare. Some 0.1 ms at 768x576.
class Profiles {
public:
    /// The frame has planes.
    explicit Profiles(const Frame& frame);

    /// By how many pixels what both pictures show lies farther right and down in `other` than in
    /// this one, up to 3 % of the width and of the height; nothing when too little of the picture
    /// agrees on one shift, or sizes differ. What moves by itself in less than half of the picture
    /// changes little.
    std::optional<Point> shift_to(const Profiles& other) const;

private:
    static constexpr std::size_t kBands = 5;
    using Bands = std::array<std::vector<float>, kBands>;

    static std::optional<float> shift_of(const Bands& from, const Bands& to);

    Bands across_;  ///< slope of the mean luma of some rows, from column to column
    Bands down_;    ///< and of some columns, from row to row
};

}  // namespace bongsu::verifiers::fire
