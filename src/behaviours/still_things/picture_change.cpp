#include "behaviours/still_things/picture_change.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace bongsu::behaviours::still_things {

bool is_same(
    const SmallPicture& a, const SmallPicture& b, std::size_t cell, int shift, Tolerance most
) {
    const int luma = static_cast<int>(b.luma[cell]) - static_cast<int>(a.luma[cell]) - shift;
    const std::size_t colour = colour_of(cell);
    return std::abs(luma) <= most.luma &&
           difference(a.u[colour], b.u[colour]) + difference(a.v[colour], b.v[colour]) <=
               most.colour;
}

int median_shift(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
    std::array<int, 511> counts{};
    int sampled = 0;
    for (std::size_t i = 0; i < a.size(); i += 7, ++sampled) {
        const int shift = static_cast<int>(b[i]) - static_cast<int>(a[i]) + 255;
        ++counts[static_cast<std::size_t>(shift)];
    }
    int below = 0;
    std::size_t bin = 0;
    while (bin + 1 < counts.size() && below + counts[bin] <= sampled / 2) {
        below += counts[bin++];
    }
    return static_cast<int>(bin) - 255;
}

float median_change(
    const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b, int step
) {
    std::array<int, 512> counts{};
    int sampled = 0;
    for (std::size_t i = 0; i < a.size(); i += 7, ++sampled) {
        const int change = std::abs(static_cast<int>(b[i]) - static_cast<int>(a[i]) - step);
        ++counts[static_cast<std::size_t>(std::min(change, 511))];
    }
    const float half = static_cast<float>(sampled) / 2;
    float below = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto count = static_cast<float>(counts[i]);
        if (below + count >= half) {
            return static_cast<float>(i) + (count > 0 ? (half - below) / count : 0) - 0.5F;
        }
        below += count;
    }
    return 0;
}

int difference(std::uint8_t a, std::uint8_t b) {
    return std::abs(static_cast<int>(a) - static_cast<int>(b));
}

}  // namespace bongsu::behaviours::still_things
