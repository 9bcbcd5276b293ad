#include "triage/view_meter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace bongsu::triage {
namespace {

constexpr Duration kMemory = std::chrono::minutes{10};

/// A digest of every fourth row of luma: the same picture always gives the same one, and sensor
/// noise alone makes two pictures differ. Four words at a time, as each step waits for the one
/// before it.
std::uint64_t digest_of(const Plane& luma) {
    constexpr int kLanes = 4;
    std::array<std::uint64_t, kLanes> digests{1, 2, 3, 4};
    const auto step = [&](int lane, const std::uint8_t* bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, sizeof word);
        std::uint64_t& digest = digests[static_cast<std::size_t>(lane)];
        digest = (digest ^ word) * 0xFF51AFD7ED558CCDULL;
        digest ^= digest >> 32U;
    };
    for (int y = 0; y < luma.height; y += 4) {
        const std::uint8_t* row = luma.data + static_cast<std::ptrdiff_t>(y) * luma.stride;
        for (int x = 0; x + 8 * kLanes <= luma.width; x += 8 * kLanes) {
            for (int lane = 0; lane < kLanes; ++lane) {
                step(lane, row + x + 8 * lane);
            }
        }
    }
    std::uint64_t all = 0x9E3779B97F4A7C15ULL;
    for (const std::uint64_t digest : digests) {
        all = (all ^ digest) * 0xFF51AFD7ED558CCDULL;
    }
    return all;
}

struct Brightness {
    float mean = 0;
    float deviation = 0;
};

Brightness brightness_of(const GreyGrid& grid) {
    std::uint32_t sum = 0;
    std::uint32_t squares = 0;  // 14,400 x 255 x 255 fits
    for (const std::uint32_t v : grid) {
        sum += v;
        squares += v * v;
    }
    const double mean = static_cast<double>(sum) / static_cast<double>(kGridCells);
    const double variance =
        static_cast<double>(squares) / static_cast<double>(kGridCells) - mean * mean;
    return {static_cast<float>(mean), static_cast<float>(std::sqrt(std::max(0.0, variance)))};
}

/// Mean absolute Laplacian of the inner cells.
float sharpness_of(const GreyGrid& grid) {
    std::uint32_t sum = 0;
    for (int y = 1; y + 1 < kGridHeight; ++y) {
        const std::uint8_t* row = grid.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        for (int x = 1; x + 1 < kGridWidth; ++x) {
            const int around = row[x - 1] + row[x + 1] + row[x - kGridWidth] + row[x + kGridWidth];
            sum += static_cast<std::uint32_t>(std::abs(4 * row[x] - around));
        }
    }
    return static_cast<float>(sum) / static_cast<float>((kGridWidth - 2) * (kGridHeight - 2));
}

float difference_of(const GreyGrid& a, const GreyGrid& b) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < kGridCells; ++i) {
        sum += static_cast<std::uint32_t>(std::abs(a[i] - b[i]));
    }
    return static_cast<float>(sum) / static_cast<float>(kGridCells);
}

/// Gradient strength per cell, clipped to a byte; 0 on the border.
void find_edges(const GreyGrid& grid, std::vector<std::uint8_t>& edges) {
    edges.assign(kGridCells, 0);
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
}

/// What a correlation is made of, per row in floats: rows are short enough for them to be exact
/// enough, and the sums are vectorised.
struct Sums {
    double a = 0;
    double b = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
};

constexpr std::size_t kLanes = 8;

float total(const std::array<float, kLanes>& lanes) {
    float sum = 0;
    for (const float lane : lanes) {
        sum += lane;
    }
    return sum;
}

void add_row(const std::uint8_t* edges, const float* memory, Sums& sums) {
    static_assert(kGridWidth % kLanes == 0);
    std::array<float, kLanes> a{};
    std::array<float, kLanes> b{};
    std::array<float, kLanes> aa{};
    std::array<float, kLanes> bb{};
    std::array<float, kLanes> ab{};
    for (std::size_t x = 0; x < kGridWidth; x += kLanes) {
        for (std::size_t i = 0; i < kLanes; ++i) {
            const auto edge = static_cast<float>(edges[x + i]);
            const float known = memory[x + i];
            a[i] += edge;
            b[i] += known;
            aa[i] += edge * edge;
            bb[i] += known * known;
            ab[i] += edge * known;
        }
    }
    sums.a += total(a);
    sums.b += total(b);
    sums.aa += total(aa);
    sums.bb += total(bb);
    sums.ab += total(ab);
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
    thread_local std::vector<std::uint8_t> edges;
    find_edges(grid, edges);
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
    Sums sums;
    for (std::size_t row = 0; row < kGridCells; row += kGridWidth) {
        add_row(edges.data() + row, memory_.data() + row, sums);
    }
    constexpr auto kCount = static_cast<double>(kGridCells);
    const double variance_a = sums.aa / kCount - sums.a * sums.a / (kCount * kCount);
    const double variance_b = sums.bb / kCount - sums.b * sums.b / (kCount * kCount);
    const double covariance = sums.ab / kCount - sums.a * sums.b / (kCount * kCount);
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
