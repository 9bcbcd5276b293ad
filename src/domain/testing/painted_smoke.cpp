#include "domain/testing/painted_smoke.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bongsu::testing {
namespace {

/// Smoke is soft: its density is reckoned for blocks of so many pixels and drawn out between them.
constexpr int kBlock = 4;
constexpr double kPuffsPerSecond = 6;

/// A repeatable number in 0..1 for a place of a lattice.
float lattice(int x, int y, unsigned seed) {
    std::uint32_t h = static_cast<std::uint32_t>(x) * 0x8da6b343U ^
                      static_cast<std::uint32_t>(y) * 0xd8163841U ^ seed * 0xcb1ab31fU;
    h = (h ^ (h >> 13U)) * 0x5bd1e995U;
    return static_cast<float>((h ^ (h >> 15U)) & 0xffffU) / 65535.F;
}

float smooth(float t) {
    return t * t * (3 - 2 * t);
}

float value_noise(float x, float y, unsigned seed) {
    const float left = std::floor(x);
    const float top = std::floor(y);
    const auto ix = static_cast<int>(left);
    const auto iy = static_cast<int>(top);
    const float fx = smooth(x - left);
    const float fy = smooth(y - top);
    const float upper = std::lerp(lattice(ix, iy, seed), lattice(ix + 1, iy, seed), fx);
    const float lower = std::lerp(lattice(ix, iy + 1, seed), lattice(ix + 1, iy + 1, seed), fx);
    return std::lerp(upper, lower, fy);
}

struct Puff {
    Point centre;  ///< shares of the height
    float radius = 0;
    float strength = 0;
};

std::vector<Puff> puffs_at(const PaintedSmoke& smoke, float aspect, double time) {
    std::vector<Puff> puffs;
    const double oldest = std::max(smoke.begins, time - smoke.lasts);
    const auto first = static_cast<int>(std::ceil((oldest - smoke.begins) * kPuffsPerSecond));
    const auto last =
        static_cast<int>(std::floor((std::min(time, smoke.ends) - smoke.begins) * kPuffsPerSecond));
    for (int i = std::max(0, first); i <= last; ++i) {
        const double born = smoke.begins + i / kPuffsPerSecond;
        const auto age = static_cast<float>(time - born);
        const float sway = lattice(i, 1, 7) - 0.5F;
        const float lift = 0.85F + 0.3F * lattice(i, 2, 7);
        const auto ripe = static_cast<float>(std::min(1.0, (born - smoke.begins) / smoke.grows));
        const float radius = smoke.width / 2 + smoke.spread * age;
        puffs.push_back({
            .centre =
                {smoke.source.x * aspect + smoke.wind * age + sway * (smoke.width + radius),
                 smoke.source.y - smoke.rise * lift * age},
            .radius = radius,
            .strength = (0.25F + 0.75F * ripe) * (1 - age / static_cast<float>(smoke.lasts)),
        });
    }
    return puffs;
}

/// How much of the background is hidden, block by block.
struct Veil {
    int columns = 0;
    int rows = 0;
    std::vector<float> alpha;

    float at(float x, float y) const {
        const float fx = std::clamp(x, 0.F, static_cast<float>(columns) - 1.001F);
        const float fy = std::clamp(y, 0.F, static_cast<float>(rows) - 1.001F);
        const auto column = static_cast<std::size_t>(fx);
        const auto row = static_cast<std::size_t>(fy);
        const auto width = static_cast<std::size_t>(columns);
        const float* p = alpha.data() + row * width + column;
        const float tx = fx - static_cast<float>(column);
        const float ty = fy - static_cast<float>(row);
        return std::lerp(std::lerp(p[0], p[1], tx), std::lerp(p[width], p[width + 1], tx), ty);
    }
};

/// Swirls go with the smoke and change on their way.
float swirls(const PaintedSmoke& smoke, float x, float y, double time) {
    const auto t = static_cast<float>(time);
    const float u = x - smoke.wind * t;
    const float v = y + smoke.rise * t;
    const float scale = 1 / std::max(0.03F, 1.5F * smoke.width);
    const float coarse = value_noise(u * scale + 0.15F * t, v * scale, 1);
    const float fine = value_noise(u * scale * 2.3F - 0.3F * t, v * scale * 2.3F, 2);
    return 1 - smoke.swirl + smoke.swirl * 2 * (0.65F * coarse + 0.35F * fine);
}

Veil veil_at(const PaintedSmoke& smoke, int width, int height, double time) {
    Veil veil{.columns = width / kBlock + 2, .rows = height / kBlock + 2, .alpha = {}};
    const auto size = static_cast<float>(height);
    const std::vector<Puff> puffs = puffs_at(smoke, static_cast<float>(width) / size, time);
    veil.alpha.reserve(
        static_cast<std::size_t>(veil.columns) * static_cast<std::size_t>(veil.rows)
    );
    for (int row = 0; row < veil.rows; ++row) {
        for (int column = 0; column < veil.columns; ++column) {
            const float x = static_cast<float>(column * kBlock) / size;
            const float y = static_cast<float>(row * kBlock) / size;
            float depth = 0;
            for (const Puff& puff : puffs) {
                const float dx = (x - puff.centre.x) / puff.radius;
                const float dy = (y - puff.centre.y) / puff.radius;
                const float far = dx * dx + dy * dy;
                depth += far < 6 ? puff.strength * std::exp(-far) : 0;
            }
            depth = depth > 0 ? depth * swirls(smoke, x, y, time) : 0;
            veil.alpha.push_back(smoke.density * (1 - std::exp(-depth)));
        }
    }
    return veil;
}

WritableFrame copy_of(const Frame& frame) {
    WritableFrame out = allocate_frame(frame.width, frame.height);
    out.frame.wall = frame.wall;
    for (std::size_t i = 0; i < 3; ++i) {
        const Plane& from = frame.planes[i];
        const Plane& to = out.frame.planes[i];
        for (int y = 0; y < from.height; ++y) {
            std::copy_n(
                from.data + static_cast<std::ptrdiff_t>(y) * from.stride,
                from.width,
                out.data[i] + static_cast<std::ptrdiff_t>(y) * to.stride
            );
        }
    }
    return out;
}

void blend(WritableFrame& out, std::size_t index, const Veil& veil, int shade) {
    const Plane& plane = out.frame.planes[index];
    const float blocks = (index == 0 ? 1.F : 2.F) / kBlock;
    for (int y = 0; y < plane.height; ++y) {
        std::uint8_t* row = out.data[index] + static_cast<std::ptrdiff_t>(y) * plane.stride;
        for (int x = 0; x < plane.width; ++x) {
            const float alpha =
                veil.at(static_cast<float>(x) * blocks, static_cast<float>(y) * blocks);
            const float value =
                std::lerp(static_cast<float>(row[x]), static_cast<float>(shade), alpha);
            row[x] = static_cast<std::uint8_t>(std::lround(value));
        }
    }
}

}  // namespace

Frame paint(const Frame& frame, const PaintedSmoke& smoke, double time) {
    WritableFrame out = copy_of(frame);
    if (time >= smoke.begins) {
        const Veil veil = veil_at(smoke, frame.width, frame.height, time);
        blend(out, 0, veil, smoke.shade);
        blend(out, 1, veil, 128);
        blend(out, 2, veil, 128);
    }
    return out.frame;
}

Frame add_noise(const Frame& frame, float deviation, unsigned seed) {
    WritableFrame out = copy_of(frame);
    const Plane& plane = out.frame.planes[0];
    for (int y = 0; y < plane.height; ++y) {
        std::uint8_t* row = out.data[0] + static_cast<std::ptrdiff_t>(y) * plane.stride;
        for (int x = 0; x < plane.width; ++x) {
            // The sum of three even numbers is nearly a bell, of deviation one half.
            const float even = lattice(x, y, seed) + lattice(y, x, seed + 77) +
                               lattice(x + y, x, seed + 154) - 1.5F;
            const float value = static_cast<float>(row[x]) + 2 * deviation * even;
            row[x] = static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
        }
    }
    return out.frame;
}

Frame paint_wall(const Wall& wall) {
    WritableFrame out = allocate_frame(wall.width, wall.height);
    for (std::size_t i = 0; i < 3; ++i) {
        const Plane& plane = out.frame.planes[i];
        const int brick = std::max(1, i == 0 ? wall.brick : wall.brick / 2);
        for (int y = 0; y < plane.height; ++y) {
            std::uint8_t* row = out.data[i] + static_cast<std::ptrdiff_t>(y) * plane.stride;
            for (int x = 0; x < plane.width; ++x) {
                // Every brick has a grey of its own, as walls, kerbs and gravel do.
                const float grey = lattice(x / brick, y / brick, 3) - 0.5F;
                const auto tint = static_cast<int>(grey * 12);
                const int value =
                    i == 0
                        ? wall.luma + static_cast<int>(grey * 2 * static_cast<float>(wall.contrast))
                        : 128 + (i == 1 ? -tint : tint);
                row[x] = static_cast<std::uint8_t>(std::clamp(value, 16, 235));
            }
        }
    }
    return out.frame;
}

}  // namespace bongsu::testing
