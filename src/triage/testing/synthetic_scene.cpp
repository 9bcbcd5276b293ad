#include "triage/testing/synthetic_scene.hpp"

#include <algorithm>
#include <cstring>

namespace bongsu::triage::testing {
namespace {

constexpr int kMargin = 64;  ///< pixels that the scene goes on beyond the picture
constexpr int kPatch = 16;   ///< size of the texture's patches, pixels
constexpr std::size_t kGrains = 1 << 16;

std::size_t at(int x, int y, int stride) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(stride) +
           static_cast<std::size_t>(x);
}

}  // namespace

SyntheticScene::SyntheticScene(int width, int height, std::uint32_t seed)
    : width_(width), height_(height), random_(seed) {
    const int full_width = width + 2 * kMargin;
    const int full_height = height + 2 * kMargin;
    const int columns = full_width / kPatch + 1;
    std::vector<float> patches(static_cast<std::size_t>(columns) * (full_height / kPatch + 1));
    std::uniform_real_distribution<float> shade(60, 160);
    std::ranges::generate(patches, [&] { return shade(random_); });
    std::normal_distribution<float> normal;
    grain_.resize(kGrains + static_cast<std::size_t>(width));
    std::ranges::generate(grain_, [&] { return normal(random_); });
    texture_.resize(static_cast<std::size_t>(full_width) * full_height);
    for (int y = 0; y < full_height; ++y) {
        for (int x = 0; x < full_width; ++x) {
            texture_[at(x, y, full_width)] = patches[at(x / kPatch, y / kPatch, columns)];
        }
    }
}

Frame SyntheticScene::picture(WallTime wall) {
    WritableFrame out = allocate_frame(width_, height_);
    const int full_width = width_ + 2 * kMargin;
    std::vector<float> row(static_cast<std::size_t>(width_));
    std::uniform_int_distribution<std::size_t> place(0, kGrains - 1);
    for (int y = 0; y < height_; ++y) {
        const auto from =
            texture_.begin() +
            static_cast<std::ptrdiff_t>(at(kMargin + shift_x, y + kMargin + shift_y, full_width));
        std::copy_n(from, width_, row.begin());
        for (const Thing& thing : things) {
            if (y >= thing.y && y < thing.y + thing.height) {
                const int left = std::clamp(thing.x, 0, width_);
                const int right = std::clamp(thing.x + thing.width, left, width_);
                std::fill(row.begin() + left, row.begin() + right, static_cast<float>(thing.luma));
            }
        }
        const float* grain = grain_.data() + place(random_);
        for (int x = 0; x < width_; ++x) {
            const float lit = row[static_cast<std::size_t>(x)] * static_cast<float>(gain) +
                              static_cast<float>(offset) + static_cast<float>(noise) * grain[x];
            out.data[0][at(x, y, width_)] =
                static_cast<std::uint8_t>(std::clamp(lit + 0.5F, 0.0F, 255.0F));
        }
    }
    const Plane& chroma = out.frame.planes[1];
    const auto chroma_size = static_cast<std::size_t>(chroma.stride) * chroma.height;
    std::memset(out.data[1], has_colour ? 118 : 128, chroma_size);
    std::memset(out.data[2], has_colour ? 140 : 128, chroma_size);
    out.frame.wall = wall;
    out.frame.is_key = true;
    return out.frame;
}

}  // namespace bongsu::triage::testing
