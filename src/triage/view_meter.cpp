#include "triage/view_meter.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace bongsu::triage {
namespace {

constexpr Duration kMemory = std::chrono::minutes{10};

/// A digest of every fourth row of luma: the same picture always gives the same one, and sensor
/// noise alone makes two pictures differ.
std::uint64_t digest_of(const Plane& luma) {
    std::uint64_t digest = 0x9E3779B97F4A7C15ULL;
    for (int y = 0; y < luma.height; y += 4) {
        const std::uint8_t* row = luma.data + static_cast<std::ptrdiff_t>(y) * luma.stride;
        for (int x = 0; x + 8 <= luma.width; x += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, row + x, sizeof word);
            digest = (digest ^ word) * 0xFF51AFD7ED558CCDULL;
            digest ^= digest >> 32U;
        }
    }
    return digest;
}

struct Brightness {
    float mean = 0;
    float deviation = 0;
};

Brightness brightness_of(const GreyGrid& grid) {
    std::uint64_t sum = 0;
    std::uint64_t squares = 0;
    for (const std::uint32_t v : grid) {
        sum += v;
        squares += static_cast<std::uint64_t>(v) * v;
    }
    const double mean = static_cast<double>(sum) / static_cast<double>(kGridCells);
    const double variance =
        static_cast<double>(squares) / static_cast<double>(kGridCells) - mean * mean;
    return {static_cast<float>(mean), static_cast<float>(std::sqrt(std::max(0.0, variance)))};
}

/// Mean absolute Laplacian of the inner cells.
float sharpness_of(const GreyGrid& grid) {
    std::uint64_t sum = 0;
    for (int y = 1; y + 1 < kGridHeight; ++y) {
        const std::uint8_t* row = grid.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        for (int x = 1; x + 1 < kGridWidth; ++x) {
            const int around = row[x - 1] + row[x + 1] + row[x - kGridWidth] + row[x + kGridWidth];
            sum += static_cast<std::uint64_t>(std::abs(4 * row[x] - around));
        }
    }
    return static_cast<float>(sum) / static_cast<float>((kGridWidth - 2) * (kGridHeight - 2));
}

float difference_of(const GreyGrid& a, const GreyGrid& b) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kGridCells; ++i) {
        sum += static_cast<std::uint64_t>(std::abs(a[i] - b[i]));
    }
    return static_cast<float>(sum) / static_cast<float>(kGridCells);
}

/// Gradient strength per cell, clipped to a byte; 0 on the border.
std::vector<std::uint8_t> edges_of(const GreyGrid& grid) {
    std::vector<std::uint8_t> edges(kGridCells, 0);
    for (int y = 1; y + 1 < kGridHeight; ++y) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(y) * kGridWidth;
        const std::uint8_t* row = grid.data() + at;
        for (int x = 1; x + 1 < kGridWidth; ++x) {
            const int gradient = std::abs(row[x + 1] - row[x - 1]) +
                                 std::abs(row[x + kGridWidth] - row[x - kGridWidth]);
            edges[static_cast<std::size_t>(at + x)] =
                static_cast<std::uint8_t>(std::min(gradient, 255));
        }
    }
    return edges;
}

}  // namespace

ViewQuality ViewMeter::measure(const Frame& frame, const GreyGrid& grid, Duration elapsed) {
    ViewQuality quality;
    const Brightness brightness = brightness_of(grid);
    quality.mean_luma = brightness.mean;
    quality.contrast = brightness.deviation;
    quality.sharpness = sharpness_of(grid);
    const std::uint64_t digest = digest_of(frame.planes[0]);
    if (!previous_.empty()) {
        quality.change = difference_of(grid, previous_);
        quality.is_identical = previous_digest_ == digest && previous_ == grid;
    }
    const std::vector<std::uint8_t> edges = edges_of(grid);
    if (memory_.empty()) {
        memory_.assign(edges.begin(), edges.end());
    }
    quality.background_similarity = similarity_to_memory(edges);
    remember(edges, elapsed);
    previous_ = grid;
    previous_digest_ = digest;
    return quality;
}

float ViewMeter::similarity_to_memory(const std::vector<std::uint8_t>& edges) const {
    double sum_a = 0;
    double sum_b = 0;
    double sum_aa = 0;
    double sum_bb = 0;
    double sum_ab = 0;
    for (std::size_t i = 0; i < kGridCells; ++i) {
        const double a = edges[i];
        const double b = memory_[i];
        sum_a += a;
        sum_b += b;
        sum_aa += a * a;
        sum_bb += b * b;
        sum_ab += a * b;
    }
    constexpr auto kCount = static_cast<double>(kGridCells);
    const double variance_a = sum_aa / kCount - sum_a * sum_a / (kCount * kCount);
    const double variance_b = sum_bb / kCount - sum_b * sum_b / (kCount * kCount);
    const double covariance = sum_ab / kCount - sum_a * sum_b / (kCount * kCount);
    constexpr double kNoEdges = 1e-6;
    if (variance_a < kNoEdges || variance_b < kNoEdges) {
        return variance_a < kNoEdges && variance_b < kNoEdges ? 1.0F : 0.0F;
    }
    return static_cast<float>(covariance / std::sqrt(variance_a * variance_b));
}

void ViewMeter::remember(const std::vector<std::uint8_t>& edges, Duration elapsed) {
    const Duration bounded = std::clamp<Duration>(elapsed, Duration{0}, std::chrono::seconds{10});
    const auto share =
        static_cast<float>(1.0 - std::exp(-to_seconds(bounded) / to_seconds(kMemory)));
    for (std::size_t i = 0; i < kGridCells; ++i) {
        memory_[i] += share * (static_cast<float>(edges[i]) - memory_[i]);
    }
}

}  // namespace bongsu::triage
