#include "behaviours/still_things/small_picture.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::behaviours::still_things {
namespace {

constexpr int kRowsPerCell = 4;

int cell_begin(int i, int cells, int length) {
    return static_cast<int>(static_cast<std::int64_t>(i) * length / cells);
}

int cell_end(int i, int cells, int length) {
    const int begin = cell_begin(i, cells, length);
    return std::min(length, std::max(begin + 1, cell_begin(i + 1, cells, length)));
}

/// Adds rows [begin, end), every `step`th, per column; 16 bits hold 257 of them.
int add_rows(
    const Plane& plane, int begin, int end, int step, std::vector<std::uint16_t>& columns
) {
    std::ranges::fill(columns, std::uint16_t{0});
    const auto width = static_cast<std::size_t>(plane.width);
    std::uint16_t* sums = columns.data();
    int rows = 0;
    for (int y = begin; y < end; y += step, ++rows) {
        const std::uint8_t* row = plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride;
        for (std::size_t x = 0; x < width; ++x) {
            sums[x] = static_cast<std::uint16_t>(sums[x] + row[x]);
        }
    }
    return rows;
}

void shrink_plane(const Plane& plane, int columns, int rows, std::vector<std::uint8_t>& out) {
    thread_local std::vector<std::uint16_t> sums;
    sums.resize(static_cast<std::size_t>(plane.width));
    out.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    std::size_t cell = 0;
    for (int y = 0; y < rows; ++y) {
        const int top = cell_begin(y, rows, plane.height);
        const int bottom = cell_end(y, rows, plane.height);
        const int step = std::max(1, (bottom - top) / kRowsPerCell);
        const int taken = add_rows(plane, top, bottom, step, sums);
        for (int x = 0; x < columns; ++x, ++cell) {
            const int left = cell_begin(x, columns, plane.width);
            const int right = cell_end(x, columns, plane.width);
            int sum = 0;
            for (int i = left; i < right; ++i) {
                sum += sums[static_cast<std::size_t>(i)];
            }
            const int count = std::max(1, (right - left) * taken);
            out[cell] = static_cast<std::uint8_t>((sum + count / 2) / count);
        }
    }
}

}  // namespace

void shrink(const Frame& frame, SmallPicture& small) {
    shrink_plane(frame.planes[0], kColumns, kRows, small.luma);
    shrink_plane(frame.planes[1], kColourColumns, kColourRows, small.u);
    shrink_plane(frame.planes[2], kColourColumns, kColourRows, small.v);
}

bool is_even(const SmallPicture& picture) {
    constexpr double kLeastContrast = 4;  // grey levels
    double sum = 0;
    double squares = 0;
    for (const std::uint8_t value : picture.luma) {
        sum += value;
        squares += static_cast<double>(value) * value;
    }
    const auto n = static_cast<double>(picture.luma.size());
    return squares / n - sum / n * sum / n < kLeastContrast * kLeastContrast;
}

CellRange cells_of(const Box& box, int width, int height) {
    const float fx = kColumns / static_cast<float>(std::max(width, 1));
    const float fy = kRows / static_cast<float>(std::max(height, 1));
    const auto cell = [](float at, int cells) {
        return static_cast<int>(std::clamp(std::floor(at), 0.0F, static_cast<float>(cells - 1)));
    };
    if (box.area() <= 0 || box.right() <= 0 || box.bottom() <= 0 || box.x * fx >= kColumns ||
        box.y * fy >= kRows) {
        return {};
    }
    return {
        cell(box.x * fx, kColumns),
        cell(box.y * fy, kRows),
        cell(box.right() * fx - 0.01F, kColumns),
        cell(box.bottom() * fy - 0.01F, kRows)
    };
}

Box box_of(const CellRange& range, int width, int height) {
    const float fx = static_cast<float>(width) / kColumns;
    const float fy = static_cast<float>(height) / kRows;
    return {
        static_cast<float>(range.left) * fx,
        static_cast<float>(range.top) * fy,
        static_cast<float>(range.right - range.left + 1) * fx,
        static_cast<float>(range.bottom - range.top + 1) * fy
    };
}

}  // namespace bongsu::behaviours::still_things
