#include "behaviours/fire/flame_map.hpp"

#include "domain/flame_colour.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bongsu::behaviours::fire {
namespace {

constexpr int kSmallest = 64;  ///< pixels of a side
constexpr int kSamples = 160;  ///< looked at along a side, at most
constexpr int kColumns = 40;

/// A cell of which less is flame-coloured belongs to no region.
constexpr float kHotShare = 0.2F;

/// Every n-th chroma pixel of a frame with the luma above it.
class Samples {
public:
    explicit Samples(const Frame& frame)
        : frame_(frame),
          step_x_(std::max(1, (frame.planes[1].width + kSamples - 1) / kSamples)),
          step_y_(std::max(1, (frame.planes[1].height + kSamples - 1) / kSamples)) {}

    template <class Visit>
    void each(const Visit& visit) const {
        const Plane& luma = frame_.planes[0];
        const Plane& blue = frame_.planes[1];
        const Plane& red = frame_.planes[2];
        for (int y = step_y_ / 2; y < blue.height; y += step_y_) {
            const std::uint8_t* luma_row =
                luma.data +
                static_cast<std::ptrdiff_t>(std::min(2 * y, luma.height - 1)) * luma.stride;
            const std::uint8_t* blue_row = blue.data + static_cast<std::ptrdiff_t>(y) * blue.stride;
            const std::uint8_t* red_row = red.data + static_cast<std::ptrdiff_t>(y) * red.stride;
            for (int x = step_x_ / 2; x < blue.width; x += step_x_) {
                visit(
                    x,
                    y,
                    YuvPixel{luma_row[std::min(2 * x, luma.width - 1)], blue_row[x], red_row[x]}
                );
            }
        }
    }

    int columns() const { return (frame_.planes[1].width + step_x_ - 1) / step_x_; }

    int rows() const { return (frame_.planes[1].height + step_y_ - 1) / step_y_; }

private:
    const Frame& frame_;
    int step_x_;
    int step_y_;
};

YuvPixel mean_of(const Samples& samples) {
    std::int64_t y = 0;
    std::int64_t u = 0;
    std::int64_t v = 0;
    std::int64_t count = 0;
    samples.each([&](int, int, const YuvPixel& s) {
        y += s.y;
        u += s.u;
        v += s.v;
        ++count;
    });
    count = std::max<std::int64_t>(count, 1);
    return {static_cast<int>(y / count), static_cast<int>(u / count), static_cast<int>(v / count)};
}

bool is_usable(const Frame& frame) {
    return frame.width >= kSmallest && frame.height >= kSmallest &&
           std::ranges::all_of(frame.planes, [](const Plane& plane) {
               return plane.data != nullptr && plane.width > 0 && plane.height > 0;
           });
}

/// Marks the flame-coloured cells around `cell` as taken and queues them.
void add_neighbours(
    const FlameMap& map, int cell, std::vector<bool>& is_taken, std::vector<int>& waiting
) {
    const int column = cell % map.columns;
    const int row = cell / map.columns;
    for (int y = std::max(0, row - 1); y <= std::min(map.rows - 1, row + 1); ++y) {
        for (int x = std::max(0, column - 1); x <= std::min(map.columns - 1, column + 1); ++x) {
            const auto next = static_cast<std::size_t>(y * map.columns + x);
            if (!is_taken[next] && map.share[next] >= kHotShare) {
                is_taken[next] = true;
                waiting.push_back(static_cast<int>(next));
            }
        }
    }
}

/// Collects the cells that hang together with `start` and marks them as taken.
FlameRegion flood(const FlameMap& map, int start, std::vector<bool>& is_taken) {
    std::vector<int> waiting{start};
    int left = map.columns;
    int right = 0;
    int top = map.rows;
    int bottom = 0;
    FlameRegion region;
    while (!waiting.empty()) {
        const int cell = waiting.back();
        waiting.pop_back();
        const int column = cell % map.columns;
        const int row = cell / map.columns;
        region.size += map.share[static_cast<std::size_t>(cell)];
        left = std::min(left, column);
        right = std::max(right, column + 1);
        top = std::min(top, row);
        bottom = std::max(bottom, row + 1);
        add_neighbours(map, cell, is_taken, waiting);
    }
    const float w = static_cast<float>(map.width) / static_cast<float>(map.columns);
    const float h = static_cast<float>(map.height) / static_cast<float>(map.rows);
    region.box = {
        static_cast<float>(left) * w,
        static_cast<float>(top) * h,
        static_cast<float>(right - left) * w,
        static_cast<float>(bottom - top) * h
    };
    return region;
}

}  // namespace

std::optional<FlameMap> flame_map(const Frame& frame) {
    if (!is_usable(frame)) {
        return std::nullopt;
    }
    const Samples samples(frame);
    FlameMap map;
    map.width = frame.width;
    map.height = frame.height;
    map.columns = std::min(kColumns, samples.columns() / 2);
    map.rows = std::clamp(kColumns * frame.height / frame.width, 1, samples.rows() / 2);
    const auto cells = static_cast<std::size_t>(map.columns) * static_cast<std::size_t>(map.rows);
    map.share.assign(cells, 0);
    std::vector<int> seen(cells, 0);
    const YuvPixel mean = mean_of(samples);
    const Plane& chroma = frame.planes[1];
    samples.each([&](int x, int y, const YuvPixel& s) {
        const int column = x * map.columns / chroma.width;
        const int row = y * map.rows / chroma.height;
        const auto cell = static_cast<std::size_t>(row * map.columns + column);
        ++seen[cell];
        map.share[cell] += is_flame_coloured(s, mean) ? 1.F : 0.F;
    });
    for (std::size_t i = 0; i < cells; ++i) {
        map.share[i] /= static_cast<float>(std::max(1, seen[i]));
    }
    return map;
}

std::vector<FlameRegion> flame_regions(const FlameMap& map) {
    std::vector<bool> is_taken(map.share.size(), false);
    std::vector<FlameRegion> out;
    for (std::size_t cell = 0; cell < map.share.size(); ++cell) {
        if (!is_taken[cell] && map.share[cell] >= kHotShare) {
            is_taken[cell] = true;
            out.push_back(flood(map, static_cast<int>(cell), is_taken));
        }
    }
    std::ranges::sort(out, std::greater{}, &FlameRegion::size);
    return out;
}

float flame_change(const FlameMap& before, const FlameMap& now, const Box& where) {
    if (before.columns != now.columns || before.rows != now.rows || now.width < 1 ||
        now.height < 1) {
        return 0;
    }
    float changed = 0;
    float sum_before = 0;
    float sum_now = 0;
    const float w = static_cast<float>(now.width) / static_cast<float>(now.columns);
    const float h = static_cast<float>(now.height) / static_cast<float>(now.rows);
    for (std::size_t i = 0; i < now.share.size(); ++i) {
        const auto column = static_cast<float>(i % static_cast<std::size_t>(now.columns));
        const auto row = static_cast<float>(i / static_cast<std::size_t>(now.columns));
        if (intersection({column * w, row * h, w, h}, where).area() <= 0) {
            continue;
        }
        changed += std::abs(now.share[i] - before.share[i]);
        sum_before += before.share[i];
        sum_now += now.share[i];
    }
    const float most = std::max(sum_before, sum_now);
    return most > 0 ? std::min(1.F, changed / most) : 0;
}

}  // namespace bongsu::behaviours::fire
