#include "behaviours/heavy_rain/streaks.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace bongsu::behaviours::heavy_rain {
namespace {

constexpr int kMostColumns = 640;
constexpr int kCellColumns = 16;
constexpr int kCellRows = 9;
constexpr int kFlash = 6;                // grey levels that a streak is brighter
constexpr float kLeastFlashes = 0.003F;  // of a cell's pixels
constexpr float kBrightOverDark = 3;     // bright flashes for each dark one
constexpr float kUpright = 0.3F;         // (across - along) / (across + along) of the edges

/// What three pictures show at one place.
struct Flash {
    int bright = 0;  ///< grey levels above both others
    int dark = 0;    ///< below both others
};

/// Three pictures as one.
class Moment {
public:
    Moment(const GreyPicture& before, const GreyPicture& now, const GreyPicture& after)
        : before_(before), now_(now), after_(after) {}

    Flash at(int x, int y) const {
        const int a = smooth(before_, x, y);
        const int b = smooth(now_, x, y);
        const int c = smooth(after_, x, y);
        return {std::max(0, b - std::max(a, c)) / 3, std::max(0, std::min(a, c) - b) / 3};
    }

private:
    /// Sum of three pixels above each other: along a streak, across noise.
    static int smooth(const GreyPicture& picture, int x, int y) {
        const auto width = static_cast<std::size_t>(picture.width);
        const std::size_t at = static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x);
        return picture.pixels[at - width] + picture.pixels[at] + picture.pixels[at + width];
    }

    const GreyPicture& before_;
    const GreyPicture& now_;
    const GreyPicture& after_;
};

/// How bright the flashes of the whole picture are; 0 where there is none.
struct FlashMap {
    std::vector<int> bright;
    int width = 0;

    int at(int x, int y) const {
        return bright
            [static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
             static_cast<std::size_t>(x)];
    }
};

struct Cell {
    int pixels = 0;
    int bright = 0;
    int dark = 0;
    double across = 0;  ///< energy of edges that stand upright
    double along = 0;   ///< of those that lie

    bool has_streaks() const {
        const auto flashes = static_cast<float>(bright);
        if (flashes < kLeastFlashes * static_cast<float>(pixels) ||
            flashes <= kBrightOverDark * static_cast<float>(dark)) {
            return false;
        }
        return across - along > static_cast<double>(kUpright) * (across + along);
    }
};

void add_edges(Cell& cell, const FlashMap& map, int x, int y) {
    const int across = map.at(x + 1, y - 1) + 2 * map.at(x + 1, y) + map.at(x + 1, y + 1) -
                       map.at(x - 1, y - 1) - 2 * map.at(x - 1, y) - map.at(x - 1, y + 1);
    const int along = map.at(x - 1, y + 1) + 2 * map.at(x, y + 1) + map.at(x + 1, y + 1) -
                      map.at(x - 1, y - 1) - 2 * map.at(x, y - 1) - map.at(x + 1, y - 1);
    cell.across += static_cast<double>(across) * across;
    cell.along += static_cast<double>(along) * along;
}

}  // namespace

std::optional<GreyPicture> GreyPicture::of(const Frame& frame) {
    const Plane& luma = frame.planes[0];
    if (luma.data == nullptr || luma.width < 128 || luma.height < 72) {
        return std::nullopt;
    }
    const int step = (luma.width + kMostColumns - 1) / kMostColumns;
    GreyPicture small{.width = luma.width / step, .height = luma.height / step, .pixels = {}};
    small.pixels.reserve(
        static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height)
    );
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x) {
            int sum = 0;
            for (int i = 0; i < step * step; ++i) {
                const std::ptrdiff_t row = std::ptrdiff_t{y} * step + i / step;
                sum += luma.data[row * luma.stride + x * step + i % step];
            }
            small.pixels.push_back(static_cast<std::uint8_t>(sum / (step * step)));
        }
    }
    return small;
}

float streak_share(const GreyPicture& before, const GreyPicture& now, const GreyPicture& after) {
    assert(before.pixels.size() == now.pixels.size() && now.pixels.size() == after.pixels.size());
    const Moment moment(before, now, after);
    FlashMap map{.bright = std::vector<int>(now.pixels.size()), .width = now.width};
    std::vector<Cell> cells(static_cast<std::size_t>(kCellColumns) * kCellRows);
    const auto cell_of = [&](int x, int y) -> Cell& {
        const int row = y * kCellRows / now.height;
        const int column = x * kCellColumns / now.width;
        return cells
            [static_cast<std::size_t>(row) * kCellColumns + static_cast<std::size_t>(column)];
    };
    for (int y = 1; y < now.height - 1; ++y) {
        for (int x = 0; x < now.width; ++x) {
            const Flash flash = moment.at(x, y);
            map.bright
                [static_cast<std::size_t>(y) * static_cast<std::size_t>(now.width) +
                 static_cast<std::size_t>(x)] = flash.bright > kFlash ? flash.bright : 0;
            Cell& cell = cell_of(x, y);
            ++cell.pixels;
            cell.bright += flash.bright > kFlash ? 1 : 0;
            cell.dark += flash.dark > kFlash ? 1 : 0;
        }
    }
    for (int y = 2; y < now.height - 2; ++y) {
        for (int x = 1; x < now.width - 1; ++x) {
            add_edges(cell_of(x, y), map, x, y);
        }
    }
    const auto count = std::ranges::count_if(cells, &Cell::has_streaks);
    return static_cast<float>(count) / static_cast<float>(cells.size());
}

}  // namespace bongsu::behaviours::heavy_rain
