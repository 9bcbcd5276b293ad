#pragma once

#include "behaviours/still_things/small_picture.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bongsu::behaviours::still_things {

/// How far two looks of a cell may be apart and still be the same surface.
struct Tolerance {
    int luma = 0;    ///< grey levels
    int colour = 0;  ///< both differences together
};

inline constexpr Tolerance kOther{16, 30};  ///< beyond it another thing, without doubt
inline constexpr Tolerance kFaint{
    8, 8
};  ///< beyond it perhaps a part of one: cells are means, noise is small

/// The second picture is lighter by `shift` as a whole.
bool is_same(
    const SmallPicture& a, const SmallPicture& b, std::size_t cell, int shift, Tolerance most
);

/// Median of b - a over every seventh cell: how much lighter b is as a whole.
int median_shift(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b);

/// Median of |b - a - step| over every seventh cell, interpolated.
float median_change(
    const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b, int step
);

int difference(std::uint8_t a, std::uint8_t b);

}  // namespace bongsu::behaviours::still_things
