#include "behaviours/flood/ground_texture.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace bongsu::behaviours::flood {
namespace {

constexpr int kCell = 16;  // pixels of the small picture
constexpr int kWidth = GroundTexture::kColumns * kCell;
constexpr int kHeight = GroundTexture::kRows * kCell;
constexpr int kReach = 8;             // pixels around one with which it is compared
constexpr float kQuiet = 4;           // grey levels of contrast that are noise
constexpr float kGain = 20;           // of the normalised picture
constexpr float kFaint = 20;          // energy per pixel below which no direction is believed
constexpr float kDisorderly = 0.35F;  // agreement below which a cell has no direction
constexpr int kFirstGroundRow = GroundTexture::kRows / 3;

/// A small grey picture.
using Grey = std::vector<float>;

float& at(Grey& grey, int x, int y) {
    return grey[static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)];
}

float get(const Grey& grey, int x, int y) {
    const int column = std::clamp(x, 0, kWidth - 1);
    const int row = std::clamp(y, 0, kHeight - 1);
    return grey[static_cast<std::size_t>(row) * kWidth + static_cast<std::size_t>(column)];
}

float mean_of(const Plane& plane, int left, int right, int top, int bottom) {
    unsigned sum = 0;
    for (int y = top; y < bottom; ++y) {
        const std::uint8_t* row = plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride;
        for (int x = left; x < right; ++x) {
            sum += row[x];
        }
    }
    return static_cast<float>(sum) / static_cast<float>((right - left) * (bottom - top));
}

Grey shrink(const Plane& plane) {
    Grey small(std::size_t{kWidth} * kHeight);
    for (int y = 0; y < kHeight; ++y) {
        const int top = y * plane.height / kHeight;
        const int bottom = std::max(top + 1, (y + 1) * plane.height / kHeight);
        for (int x = 0; x < kWidth; ++x) {
            const int left = x * plane.width / kWidth;
            const int right = std::max(left + 1, (x + 1) * plane.width / kWidth);
            at(small, x, y) = mean_of(plane, left, right, top, bottom);
        }
    }
    return small;
}

/// Means over squares of 2 * `reach` + 1 pixels, cut at the border; running sums, so that the cost
/// does not depend on the reach.
Grey blurred(const Grey& grey, int reach) {
    Grey across(grey.size());
    const auto slide = [reach](auto&& in, auto&& out, int length) {
        double sum = 0;
        int count = 0;
        for (int i = -reach; i < length; ++i) {
            if (i + reach < length) {
                sum += static_cast<double>(in(i + reach));
                ++count;
            }
            if (i - reach - 1 >= 0) {
                sum -= static_cast<double>(in(i - reach - 1));
                --count;
            }
            if (i >= 0) {
                out(i) = static_cast<float>(sum / count);
            }
        }
    };
    for (int y = 0; y < kHeight; ++y) {
        slide(
            [&](int x) { return get(grey, x, y); },
            [&](int x) -> float& { return at(across, x, y); },
            kWidth
        );
    }
    Grey out(grey.size());
    for (int x = 0; x < kWidth; ++x) {
        slide(
            [&](int y) { return get(across, x, y); },
            [&](int y) -> float& { return at(out, x, y); },
            kHeight
        );
    }
    return out;
}

/// Each pixel as so many times the contrast around it.
Grey normalised(const Grey& grey) {
    const Grey smooth = blurred(grey, 1);
    const Grey mean = blurred(smooth, kReach);
    Grey squares(grey.size());
    std::ranges::transform(smooth, squares.begin(), [](float v) { return v * v; });
    const Grey mean_of_squares = blurred(squares, kReach);
    Grey out(grey.size());
    for (std::size_t i = 0; i < grey.size(); ++i) {
        const float contrast = std::sqrt(std::max(0.F, mean_of_squares[i] - mean[i] * mean[i]));
        out[i] = kGain * (smooth[i] - mean[i]) / (contrast + kQuiet);
    }
    return out;
}

/// Sums of the structure tensor over one cell.
struct Tensor {
    float xx = 0;
    float yy = 0;
    float xy = 0;

    void add(const Grey& grey, int x, int y) {
        // Sobel, 3x3.
        const auto column = [&](int dx) {
            return get(grey, x + dx, y - 1) + 2 * get(grey, x + dx, y) + get(grey, x + dx, y + 1);
        };
        const auto row = [&](int dy) {
            return get(grey, x - 1, y + dy) + 2 * get(grey, x, y + dy) + get(grey, x + 1, y + dy);
        };
        const float gx = column(1) - column(-1);
        const float gy = row(1) - row(-1);
        xx += gx * gx;
        yy += gy * gy;
        xy += gx * gy;
    }

    GroundTexture::Lean lean() const {
        const float all = xx + yy + kFaint * kCell * kCell;
        return {(xx - yy) / all, 2 * xy / all};
    }
};

}  // namespace

float GroundTexture::Lean::agreement() const {
    return std::hypot(x, y);
}

std::optional<GroundTexture> GroundTexture::of(const Frame& frame) {
    const Plane& luma = frame.planes[0];
    if (luma.data == nullptr || luma.width < 64 || luma.height < 48) {
        return std::nullopt;
    }
    const Grey small = shrink(luma);
    const Grey plain = normalised(small);
    GroundTexture texture;
    for (std::size_t cell = 0; cell < kCells; ++cell) {
        const int left = static_cast<int>(cell) % kColumns * kCell;
        const int top = static_cast<int>(cell) / kColumns * kCell;
        Tensor tensor;
        float sum = 0;
        for (int i = 0; i < kCell * kCell; ++i) {
            tensor.add(plain, left + i % kCell, top + i / kCell);
            sum += get(small, left + i % kCell, top + i / kCell);
        }
        texture.cells_[cell] = tensor.lean();
        texture.lumas_[cell] = sum / static_cast<float>(kCell * kCell);
        texture.luma_ += texture.lumas_[cell] / static_cast<float>(kCells);
    }
    return texture;
}

float disorder(const GroundTexture& texture) {
    const std::size_t first = std::size_t{kFirstGroundRow} * GroundTexture::kColumns;
    std::size_t disorderly = 0;
    for (std::size_t cell = first; cell < GroundTexture::kCells; ++cell) {
        disorderly += texture.at(cell).agreement() < kDisorderly ? 1U : 0U;
    }
    return static_cast<float>(disorderly) / static_cast<float>(GroundTexture::kCells - first);
}

}  // namespace bongsu::behaviours::flood
