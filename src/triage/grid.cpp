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
    const std::size_t width = columns.size();
    std::uint16_t* sums = columns.data();
    for (int y = begin; y < end; ++y) {
        const std::uint8_t* row = plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride;
        for (std::size_t x = 0; x < width; ++x) {
            sums[x] = static_cast<std::uint16_t>(sums[x] + row[x]);
        }
    }
}

std::uint8_t rounded(std::uint32_t sum, float share) {
    return static_cast<std::uint8_t>(static_cast<float>(sum) * share + 0.5F);
}

/// Cells of the same number of columns, which is what the usual picture sizes give.
template <int kColumns>
void mean_cells(const std::uint16_t* columns, int rows, std::uint8_t* out) {
    const float share = 1.0F / static_cast<float>(kColumns * rows);
    for (int x = 0; x < kGridWidth; ++x) {
        std::uint32_t sum = 0;
        for (int i = 0; i < kColumns; ++i) {
            sum += columns[x * kColumns + i];
        }
        out[x] = rounded(sum, share);
    }
}

void mean_cells_of_any_size(
    const std::vector<std::uint16_t>& columns, int rows, std::uint8_t* out
) {
    const int width = static_cast<int>(columns.size());
    for (int x = 0; x < kGridWidth; ++x) {
        const int begin = cell_begin(x, kGridWidth, width);
        const int end = cell_end(x, kGridWidth, width);
        std::uint32_t sum = 0;
        for (int i = begin; i < end; ++i) {
            sum += columns[static_cast<std::size_t>(i)];
        }
        out[x] = rounded(sum, 1.0F / static_cast<float>((end - begin) * rows));
    }
}

void mean_cells_of(const std::vector<std::uint16_t>& columns, int rows, std::uint8_t* out) {
    switch (columns.size()) {
        case 4UL * kGridWidth:
            return mean_cells<4>(columns.data(), rows, out);
        case 8UL * kGridWidth:
            return mean_cells<8>(columns.data(), rows, out);
        case 12UL * kGridWidth:
            return mean_cells<12>(columns.data(), rows, out);
        default:
            return mean_cells_of_any_size(columns, rows, out);
    }
}

const float* row_of(const CellValues& values, int y) {
    return values.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
}

float* row_of(CellValues& values, int y) {
    return values.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
}

}  // namespace

void shrink(const Plane& luma, GreyGrid& grid) {
    thread_local std::vector<std::uint16_t> columns;
    columns.resize(static_cast<std::size_t>(luma.width));
    grid.resize(kGridCells);
    for (int y = 0; y < kGridHeight; ++y) {
        const int top = cell_begin(y, kGridHeight, luma.height);
        const int bottom = cell_end(y, kGridHeight, luma.height);
        sum_rows(luma, top, bottom, columns);
        mean_cells_of(
            columns, bottom - top, grid.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth
        );
    }
}

void blur(const GreyGrid& grid, CellValues& blurred) {
    thread_local CellValues rows(kGridCells);
    for (int y = 0; y < kGridHeight; ++y) {
        const std::uint8_t* in = grid.data() + static_cast<std::ptrdiff_t>(y) * kGridWidth;
        float* out = row_of(rows, y);
        out[0] = static_cast<float>(3 * in[0] + in[1]) / 4;
        for (int x = 1; x + 1 < kGridWidth; ++x) {
            out[x] = static_cast<float>(in[x - 1] + 2 * in[x] + in[x + 1]) / 4;
        }
        out[kGridWidth - 1] = static_cast<float>(in[kGridWidth - 2] + 3 * in[kGridWidth - 1]) / 4;
    }
    blurred.resize(kGridCells);
    for (int y = 0; y < kGridHeight; ++y) {
        const float* above = row_of(rows, std::max(y - 1, 0));
        const float* here = row_of(rows, y);
        const float* below = row_of(rows, std::min(y + 1, kGridHeight - 1));
        float* out = row_of(blurred, y);
        for (int x = 0; x < kGridWidth; ++x) {
            out[x] = (above[x] + 2 * here[x] + below[x]) / 4;
        }
    }
}

void person_mean(const CellValues& values, CellValues& mean) {
    thread_local CellValues rows(kGridCells);
    for (int y = 0; y < kGridHeight; ++y) {
        const float* in = row_of(values, y);
        float* out = row_of(rows, y);
        out[0] = (in[0] + in[1]) / 2;
        for (int x = 1; x + 1 < kGridWidth; ++x) {
            out[x] = (in[x - 1] + in[x] + in[x + 1]) * (1.0F / 3);
        }
        out[kGridWidth - 1] = (in[kGridWidth - 2] + in[kGridWidth - 1]) / 2;
    }
    mean.resize(kGridCells);
    constexpr int kReach = 2;
    for (int y = 0; y < kGridHeight; ++y) {
        const int top = std::max(y - kReach, 0);
        const int bottom = std::min(y + kReach, kGridHeight - 1);
        float* out = row_of(mean, y);
        std::copy_n(row_of(rows, top), kGridWidth, out);
        for (int other = top + 1; other <= bottom; ++other) {
            const float* in = row_of(rows, other);
            for (int x = 0; x < kGridWidth; ++x) {
                out[x] += in[x];
            }
        }
        const float share = 1.0F / static_cast<float>(bottom - top + 1);
        for (int x = 0; x < kGridWidth; ++x) {
            out[x] *= share;
        }
    }
}

float sampled_median(std::span<const float> values) {
    constexpr float kSteps = 16;  // per grey level
    constexpr float kMost = 256;
    std::array<std::uint16_t, static_cast<std::size_t>(2 * kMost * kSteps) + 1> counts{};
    std::size_t sampled = 0;
    for (std::size_t i = 0; i < values.size(); i += 7, ++sampled) {
        const float shifted = (std::clamp(values[i], -kMost, kMost) + kMost) * kSteps + 0.5F;
        ++counts[static_cast<std::size_t>(shifted)];
    }
    std::size_t below = 0;
    std::size_t bin = 0;
    while (bin + 1 < counts.size() && below + counts[bin] <= sampled / 2) {
        below += counts[bin++];
    }
    return static_cast<float>(bin) / kSteps - kMost;
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
