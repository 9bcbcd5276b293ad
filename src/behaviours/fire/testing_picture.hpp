#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

// Drawn pictures for the tests of this folder.
namespace bongsu::behaviours::fire {

struct Colour {
    int y = 0;
    int u = 128;
    int v = 128;
};

/// The middle of a flame: bright, much red, little blue.
inline constexpr Colour kOrange{170, 70, 180};

struct Patch {
    Box box;
    Colour colour;
};

struct Drawing {
    int width = 320;
    int height = 240;
    Colour ground{90, 128, 128};
    std::vector<Patch> patches{};
};

inline Frame picture(const Drawing& drawing) {
    WritableFrame out = allocate_frame(drawing.width, drawing.height);
    const auto fill = [&](std::size_t index, const Box& box, int value) {
        const Plane& plane = out.frame.planes[index];
        const int shrink = index == 0 ? 1 : 2;
        const int right = std::min(plane.width, static_cast<int>(box.right()) / shrink);
        const int bottom = std::min(plane.height, static_cast<int>(box.bottom()) / shrink);
        for (int y = std::max(0, static_cast<int>(box.y) / shrink); y < bottom; ++y) {
            for (int x = std::max(0, static_cast<int>(box.x) / shrink); x < right; ++x) {
                out.data[index][static_cast<std::ptrdiff_t>(y) * plane.stride + x] =
                    static_cast<std::uint8_t>(value);
            }
        }
    };
    const auto draw = [&](const Box& box, const Colour& colour) {
        fill(0, box, colour.y);
        fill(1, box, colour.u);
        fill(2, box, colour.v);
    };
    const Box all{
        0, 0, static_cast<float>(drawing.width) + 2, static_cast<float>(drawing.height) + 2
    };
    draw(all, drawing.ground);
    for (const Patch& patch : drawing.patches) {
        draw(patch.box, patch.colour);
    }
    return out.frame;
}

}  // namespace bongsu::behaviours::fire
