#include "vision/verifiers/fire/shift.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace bongsu::verifiers::fire {
namespace {

constexpr float kFarthest = 0.03F;  ///< of the picture's side
constexpr int kLeastFarthest = 4;   ///< pixels
constexpr int kLines = 24;          ///< rows, or columns, of a band that are looked at, at most
/// A band whose slopes vary by less, in grey levels squared, is a wall or the sky.
constexpr float kLeastTexture = 0.05F;
/// Of the bands so many must say something, more than flames before a plain wall reach into; and
/// half of those by so little differ from the median.
constexpr std::size_t kFewestBands = 4;
constexpr float kAgree = 0.6F;  ///< pixels

/// Mean luma of lines of a band, place by place, as the slope at each place.
/// `along`, `between`: bytes from one place to the next, and from one line to the next.
std::vector<float> slopes(
    const std::uint8_t* first, int places, int along, int lines, int between
) {
    const int step = std::max(1, lines / kLines);
    std::vector<float> sums(static_cast<std::size_t>(places), 0.F);
    int count = 0;
    for (int line = step / 2; line < lines; line += step, ++count) {
        const std::uint8_t* at = first + static_cast<std::ptrdiff_t>(line) * between;
        for (float& sum : sums) {
            sum += static_cast<float>(*at);
            at += along;
        }
    }
    std::vector<float> out(sums.size(), 0.F);
    for (std::size_t i = 1; i + 1 < sums.size(); ++i) {
        out[i] = (sums[i + 1] - sums[i - 1]) / static_cast<float>(2 * std::max(1, count));
    }
    return out;
}

/// Mean squared difference where both have something, `to` read `shift` places farther on.
float difference(const std::vector<float>& from, const std::vector<float>& to, int shift) {
    const auto length = static_cast<int>(from.size());
    const int begin = std::max(0, -shift);
    const int end = std::min(length, length - shift);
    float sum = 0;
    for (int i = begin; i < end; ++i) {
        const int other = i + shift;
        const float d = from[static_cast<std::size_t>(i)] - to[static_cast<std::size_t>(other)];
        sum += d * d;
    }
    return sum / static_cast<float>(std::max(1, end - begin));
}

float texture(const std::vector<float>& slopes) {
    float sum = 0;
    for (const float slope : slopes) {
        sum += slope * slope;
    }
    return sum / static_cast<float>(std::max<std::size_t>(1, slopes.size()));
}

/// The shift of one band, finer than a place: the lowest point of a parabola through the best
/// three.
std::optional<float> best_shift(const std::vector<float>& from, const std::vector<float>& to) {
    if (std::min(texture(from), texture(to)) < kLeastTexture) {
        return std::nullopt;
    }
    const int farthest =
        std::max(kLeastFarthest, static_cast<int>(kFarthest * static_cast<float>(from.size())));
    std::vector<float> found;
    for (int shift = -farthest; shift <= farthest; ++shift) {
        found.push_back(difference(from, to, shift));
    }
    const auto best = std::ranges::min_element(found);
    if (best == found.begin() || best == found.end() - 1) {
        return std::nullopt;
    }
    const float before = *(best - 1);
    const float after = *(best + 1);
    const float bend = before + after - 2 * *best;
    const float fine = bend > 0 ? 0.5F * (before - after) / bend : 0.F;
    return static_cast<float>(best - found.begin() - farthest) + fine;
}

}  // namespace

Profiles::Profiles(const Frame& frame) {
    const Plane& luma = frame.planes[0];
    for (std::size_t i = 0; i < kBands; ++i) {
        const auto start = [&](int length) {
            return length * static_cast<int>(i) / static_cast<int>(kBands);
        };
        const int rows = luma.height / static_cast<int>(kBands);
        const int columns = luma.width / static_cast<int>(kBands);
        const std::uint8_t* top =
            luma.data + static_cast<std::ptrdiff_t>(start(luma.height)) * luma.stride;
        across_[i] = slopes(top, luma.width, 1, rows, luma.stride);
        down_[i] = slopes(luma.data + start(luma.width), luma.height, luma.stride, columns, 1);
    }
}

std::optional<float> Profiles::shift_of(const Bands& from, const Bands& to) {
    std::vector<float> shifts;
    for (std::size_t i = 0; i < kBands; ++i) {
        if (from[i].size() != to[i].size()) {
            return std::nullopt;
        }
        if (const auto shift = best_shift(from[i], to[i])) {
            shifts.push_back(*shift);
        }
    }
    if (shifts.size() < kFewestBands) {
        return std::nullopt;
    }
    std::ranges::sort(shifts);
    const std::size_t half = shifts.size() / 2;
    const float median =
        shifts.size() % 2 == 1 ? shifts[half] : (shifts[half - 1] + shifts[half]) / 2;
    const auto agreeing = std::ranges::count_if(shifts, [&](float shift) {
        return std::abs(shift - median) <= kAgree;
    });
    return 2 * static_cast<std::size_t>(agreeing) >= shifts.size() ? std::optional(median)
                                                                   : std::nullopt;
}

std::optional<Point> Profiles::shift_to(const Profiles& other) const {
    const auto x = shift_of(across_, other.across_);
    const auto y = shift_of(down_, other.down_);
    if (!x || !y) {
        return std::nullopt;
    }
    return Point{*x, *y};
}

}  // namespace bongsu::verifiers::fire
