#include "vision/appearance.hpp"

#include "vision/regions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bongsu::vision {
namespace {

constexpr int kStripes = 4;
constexpr int kHues = 12;
constexpr int kSaturations = 4;
constexpr int kGreys = 8;
constexpr int kBins = kHues * kSaturations + kGreys;
static_assert(kStripes * kBins == kAppearanceSize);

constexpr float kSideMargin = 0.18F;  // of the width on each side: mostly background
constexpr float kTopMargin = 0.03F;
constexpr int kMinWidth = 8;
constexpr int kMinHeight = 16;
constexpr float kColourless = 14.F;      // chroma radius below which hue is noise
constexpr float kFullSaturation = 80.F;  // chroma radius of the last saturation bin
constexpr float kPi = 3.14159265F;

/// The bin of one pixel. Hue is the angle in the chroma plane, saturation the radius: close enough
/// to HSV for a histogram, and it needs no conversion.
int bin_of(int y, int u, int v) {
    const auto du = static_cast<float>(u - 128);
    const auto dv = static_cast<float>(v - 128);
    const float radius = std::sqrt(du * du + dv * dv);
    if (radius < kColourless) {
        return kHues * kSaturations + std::min(y * kGreys / 256, kGreys - 1);
    }
    const float turn = (std::atan2(dv, du) + kPi) / (2 * kPi);
    const int hue = std::min(static_cast<int>(turn * kHues), kHues - 1);
    const float share = (radius - kColourless) / (kFullSaturation - kColourless);
    const int saturation = std::clamp(static_cast<int>(share * kSaturations), 0, kSaturations - 1);
    return hue * kSaturations + saturation;
}

int sample(const Plane& plane, int x, int y) {
    const int column = std::min(x, plane.width - 1);
    const int row = std::min(y, plane.height - 1);
    return plane.data[static_cast<std::ptrdiff_t>(row) * plane.stride + column];
}

}  // namespace

Appearance describe(const Frame& frame, const Box& box) {
    const Box core{
        box.x + box.w * kSideMargin,
        box.y + box.h * kTopMargin,
        box.w * (1 - 2 * kSideMargin),
        box.h * (1 - 2 * kTopMargin),
    };
    const Box inside =
        clipped(box, static_cast<float>(frame.width), static_cast<float>(frame.height));
    const Box seen =
        clipped(core, static_cast<float>(frame.width), static_cast<float>(frame.height));
    if (inside.w < kMinWidth || inside.h < kMinHeight || seen.w < 2 || seen.h < kStripes) {
        return {};
    }
    const PixelRect rect = to_pixels(seen, frame.width, frame.height);
    std::array<float, kAppearanceSize> histogram{};
    std::array<float, kStripes> counts{};
    for (int y = rect.y; y < rect.y + rect.h; ++y) {
        const auto stripe = static_cast<std::size_t>((y - rect.y) * kStripes / rect.h);
        for (int x = rect.x; x < rect.x + rect.w; x += 2) {
            const int bin = bin_of(
                sample(frame.planes[0], x, y),
                sample(frame.planes[1], x / 2, y / 2),
                sample(frame.planes[2], x / 2, y / 2)
            );
            histogram[stripe * kBins + static_cast<std::size_t>(bin)] += 1;
            counts[stripe] += 1;
        }
    }
    Appearance out(kAppearanceSize);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const float count = counts[i / kBins];
        out[i] = count > 0 ? std::sqrt(histogram[i] / (count * kStripes)) : 0.F;
    }
    return out;
}

}  // namespace bongsu::vision
