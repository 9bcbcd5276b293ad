#include "triage/grid.hpp"

#include <algorithm>
#include <array>

namespace bongsu::triage {
namespace {

/// First source pixel of cell `i` of `cells` over `length` pixels.
int cell_begin(int i, int cells, int length) {
    return static_cast<int>(static_cast<std::int64_t>(i) * length / cells);
}

int cell_end(int i, int cells, int length) {
    return std::min(
        length, std::max(cell_begin(i, cells, length) + 1, cell_begin(i + 1, cells, length))
    );
}

/// Sums rows [begin, end) into one accumulator per column. 16 bits hold 257 rows; a cell has at
/// most 92.
void sum_rows(const Plane& plane, int begin, int end, std::vector<std::uint16_t>& columns) {
    std::ranges::fill(columns, std::uint16_t{0});
    for (int y = begin; y < end; ++y) {
        const std::uint8_t* row = plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride;
        for (std::size_t x = 0; x < columns.size(); ++x) {
            columns[x] = static_cast<std::uint16_t>(columns[x] + row[x]);
        }
    }
}

/// Running sums of `window` values along one line of cells, written as means over those that exist.
void mean_along(const float* in, float* out, int length, std::ptrdiff_t step, int reach) {
    float sum = 0;
    int count = 0;
    for (int i = 0; i < std::min(reach, length); ++i) {
        sum += in[i * step];
        ++count;
    }
    for (int i = 0; i < length; ++i) {
        if (i + reach < length) {
            sum += in[(i + reach) * step];
            ++count;
        }
        if (i - reach - 1 >= 0) {
            sum -= in[(i - reach - 1) * step];
            --count;
        }
        out[i * step] = sum / static_cast<float>(count);
    }
}

}  // namespace

GreyGrid shrink(const Plane& luma) {
    GreyGrid grid(kGridCells);
    std::vector<std::uint16_t> columns(static_cast<std::size_t>(luma.width));
    std::array<int, kGridWidth> begins{};
    std::array<int, kGridWidth> ends{};
    for (int x = 0; x < kGridWidth; ++x) {
        begins[x] = cell_begin(x, kGridWidth, luma.width);
        ends[x] = cell_end(x, kGridWidth, luma.width);
    }
    for (int y = 0; y < kGridHeight; ++y) {
        const int top = cell_begin(y, kGridHeight, luma.height);
        const int bottom = cell_end(y, kGridHeight, luma.height);
        sum_rows(luma, top, bottom, columns);
        std::uint8_t* out = grid.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        for (int x = 0; x < kGridWidth; ++x) {
            std::uint32_t sum = 0;
            for (int i = begins[x]; i < ends[x]; ++i) {
                sum += columns[static_cast<std::size_t>(i)];
            }
            const auto pixels = static_cast<std::uint32_t>((ends[x] - begins[x]) * (bottom - top));
            out[x] = static_cast<std::uint8_t>((sum + pixels / 2) / pixels);
        }
    }
    return grid;
}

CellValues blur(const GreyGrid& grid) {
    CellValues rows(kGridCells);
    for (int y = 0; y < kGridHeight; ++y) {
        const std::uint8_t* in = grid.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        float* out = rows.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        out[0] = static_cast<float>(3 * in[0] + in[1]) / 4;
        for (int x = 1; x + 1 < kGridWidth; ++x) {
            out[x] = static_cast<float>(in[x - 1] + 2 * in[x] + in[x + 1]) / 4;
        }
        out[kGridWidth - 1] = static_cast<float>(in[kGridWidth - 2] + 3 * in[kGridWidth - 1]) / 4;
    }
    CellValues blurred(kGridCells);
    for (int y = 0; y < kGridHeight; ++y) {
        const float* above =
            rows.data() + static_cast<std::ptrdiff_t>(std::max(y - 1, 0)) * kGridWidth;
        const float* here = rows.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        const float* below =
            rows.data() +
            static_cast<std::ptrdiff_t>(std::min(y + 1, kGridHeight - 1)) * kGridWidth;
        float* out = blurred.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        for (int x = 0; x < kGridWidth; ++x) {
            out[x] = (above[x] + 2 * here[x] + below[x]) / 4;
        }
    }
    return blurred;
}

CellValues person_mean(const CellValues& values) {
    CellValues horizontal(kGridCells);
    for (int y = 0; y < kGridHeight; ++y) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(y) * kGridWidth;
        mean_along(values.data() + at, horizontal.data() + at, kGridWidth, 1, 1);
    }
    CellValues mean(kGridCells);
    std::array<float, kGridWidth> sum{};
    const auto add_row = [&](int y, float sign) {
        const float* row = horizontal.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        for (int x = 0; x < kGridWidth; ++x) {
            sum[x] += sign * row[x];
        }
    };
    add_row(0, 1);
    add_row(1, 1);
    int count = 2;
    for (int y = 0; y < kGridHeight; ++y) {
        if (y + 2 < kGridHeight) {
            add_row(y + 2, 1);
            ++count;
        }
        if (y - 3 >= 0) {
            add_row(y - 3, -1);
            --count;
        }
        float* out = mean.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        for (int x = 0; x < kGridWidth; ++x) {
            // Rounding of the running sum may leave a tiny negative value where all are zero.
            out[x] = std::max(0.0F, sum[x] / static_cast<float>(count));
        }
    }
    return mean;
}

float sampled_median(std::span<const float> values) {
    std::vector<float> sample;
    sample.reserve(values.size() / 7 + 1);
    for (std::size_t i = 0; i < values.size(); i += 7) {
        sample.push_back(values[i]);
    }
    const auto middle = sample.begin() + static_cast<std::ptrdiff_t>(sample.size() / 2);
    std::ranges::nth_element(sample, middle);
    return *middle;
}

std::vector<std::uint8_t> mask_cells(const std::vector<Polygon>& masks) {
    std::vector<std::uint8_t> cells(kGridCells, 0);
    for (int y = 0; y < kGridHeight; ++y) {
        for (int x = 0; x < kGridWidth; ++x) {
            const Point centre{
                (static_cast<float>(x) + 0.5F) / kGridWidth,
                (static_cast<float>(y) + 0.5F) / kGridHeight
            };
            const bool is_masked = std::ranges::any_of(masks, [&](const Polygon& mask) {
                return contains(mask, centre);
            });
            cells[static_cast<std::size_t>(y) * kGridWidth + static_cast<std::size_t>(x)] =
                is_masked ? 1 : 0;
        }
    }
    return cells;
}

}  // namespace bongsu::triage
