#include "triage/global_change.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace bongsu::triage {
namespace {

constexpr int kBlockWidth = 16;
constexpr int kBlockHeight = 15;
static_assert(kGridWidth % kBlockWidth == 0 && kGridHeight % kBlockHeight == 0);

constexpr int kReach = 6;  ///< cells that best_shift tries each way

struct BlockMoments {
    float variance_before = 0;
    float variance_now = 0;
    float covariance = 0;
};

BlockMoments moments_of(const CellValues& before, const CellValues& now, int left, int top) {
    float sum_b = 0;
    float sum_n = 0;
    float sum_bb = 0;
    float sum_nn = 0;
    float sum_bn = 0;
    for (int y = top; y < top + kBlockHeight; ++y) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(y) * kGridWidth + left;
        for (std::ptrdiff_t i = at; i < at + kBlockWidth; ++i) {
            const float b = before[i];
            const float n = now[i];
            sum_b += b;
            sum_n += n;
            sum_bb += b * b;
            sum_nn += n * n;
            sum_bn += b * n;
        }
    }
    constexpr float kCount = kBlockWidth * kBlockHeight;
    const float mean_b = sum_b / kCount;
    const float mean_n = sum_n / kCount;
    return {
        sum_bb / kCount - mean_b * mean_b,
        sum_nn / kCount - mean_n * mean_n,
        sum_bn / kCount - mean_b * mean_n
    };
}

/// Same structure: correlated, or flat before and after (nothing appeared on a plain wall).
bool is_same_structure(const BlockMoments& m) {
    constexpr float kFlat = 9;  // (3 grey levels) squared
    const bool was_flat = m.variance_before < kFlat;
    const bool is_flat = m.variance_now < kFlat;
    if (was_flat && is_flat) {
        return true;
    }
    if (m.variance_before < 1 || m.variance_now < 1) {
        return false;
    }
    return m.covariance / std::sqrt(m.variance_before * m.variance_now) > 0.7F;
}

/// Mean absolute difference over the inner cells, every second one, without the common level shift.
float shifted_difference(const CellValues& before, const CellValues& now, Shift shift) {
    std::vector<float> differences;
    differences.reserve(kGridCells / 4);
    for (int y = kReach; y < kGridHeight - kReach; y += 2) {
        for (int x = kReach; x < kGridWidth - kReach; x += 2) {
            const std::ptrdiff_t here = static_cast<std::ptrdiff_t>(y) * kGridWidth + x;
            const std::ptrdiff_t there =
                static_cast<std::ptrdiff_t>(y + shift.y) * kGridWidth + x + shift.x;
            differences.push_back(now[there] - before[here]);
        }
    }
    const float level = sampled_median(differences);
    float sum = 0;
    for (const float d : differences) {
        sum += std::abs(d - level);
    }
    return sum / static_cast<float>(differences.size());
}

}  // namespace

std::string_view to_string(GlobalChange change) {
    switch (change) {
        case GlobalChange::None:
            return "none";
        case GlobalChange::Light:
            return "light";
        case GlobalChange::Infrared:
            return "infrared";
        case GlobalChange::Shake:
            return "shake";
    }
    return "none";
}

float colourfulness(const Frame& frame) {
    std::uint64_t sum = 0;
    std::uint64_t count = 0;
    for (const std::size_t i : {1U, 2U}) {
        const Plane& plane = frame.planes[i];
        for (int y = 0; plane.data != nullptr && y < plane.height; y += 8) {
            const std::uint8_t* row = plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride;
            for (int x = 0; x < plane.width; x += 8) {
                sum += static_cast<std::uint64_t>(std::abs(row[x] - 128));
                ++count;
            }
        }
    }
    return count == 0 ? 0 : static_cast<float>(sum) / static_cast<float>(count);
}

bool is_infrared_switch(float before, float after) {
    constexpr float kGrey = 0.8F;
    constexpr float kColour = 2.0F;
    return (before < kGrey && after > kColour) || (before > kColour && after < kGrey);
}

Shift best_shift(const CellValues& before, const CellValues& now) {
    const float still = shifted_difference(before, now, {});
    Shift best;
    float least = still;
    for (int y = -kReach; y <= kReach; ++y) {
        for (int x = -kReach; x <= kReach; ++x) {
            const float difference = shifted_difference(before, now, {x, y});
            if (difference < least) {
                least = difference;
                best = {x, y};
            }
        }
    }
    // Half the difference gone: a real shift. Less is chance agreement of repeating texture.
    return least < 0.5F * still ? best : Shift{};
}

LightComparison compare_under_light(const CellValues& before, const CellValues& now) {
    LightComparison result;
    result.is_explained.assign(kGridCells, 0);
    int explained = 0;
    for (int top = 0; top < kGridHeight; top += kBlockHeight) {
        for (int left = 0; left < kGridWidth; left += kBlockWidth) {
            if (!is_same_structure(moments_of(before, now, left, top))) {
                continue;
            }
            ++explained;
            for (int y = top; y < top + kBlockHeight; ++y) {
                const auto row = result.is_explained.begin() +
                                 static_cast<std::ptrdiff_t>(y) * kGridWidth + left;
                std::fill(row, row + kBlockWidth, std::uint8_t{1});
            }
        }
    }
    constexpr int kBlocks = (kGridWidth / kBlockWidth) * (kGridHeight / kBlockHeight);
    result.explained = static_cast<float>(explained) / static_cast<float>(kBlocks);
    return result;
}

}  // namespace bongsu::triage
