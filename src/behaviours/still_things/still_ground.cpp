#include "behaviours/still_things/still_ground.hpp"

#include "behaviours/still_things/histogram.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace bongsu::behaviours::still_things {
namespace {

/// A cell that changes by no more than this from look to look stands still, grey levels.
constexpr int kStill = 12;
/// Or by so many times the noise: more than three standard deviations of a difference.
constexpr float kStillNoise = 5;
/// The noise is a running mean over some ten looks.
constexpr float kNoiseShare = 0.1F;
/// More than this share of the picture changed: light, view, or something before the lens.
constexpr double kChangedView = 0.35;
constexpr Duration kChangedViewFor = std::chrono::seconds{3};
/// Nobody knows what happened in a longer gap: no more than this counts as still.
constexpr Duration kLongestStep = std::chrono::seconds{3};
/// The slow background goes one grey level towards the picture so often. Faster, it would follow
/// the shadow of somebody who stands there, and miss the bare ground when he goes.
constexpr Duration kFollowEvery = std::chrono::seconds{2};
/// A first picture may be broken, or have people in it: for so long, what stays a moment is ground.
constexpr Duration kFirstLook = std::chrono::seconds{10};
constexpr Duration kFirstStill = std::chrono::seconds{2};
constexpr Duration kTick = std::chrono::milliseconds{250};
static_assert(kBelongsAfter / kTick < 255, "stillness is counted in a byte");
/// Cells this near belong to one patch.
constexpr int kReach = 2;
/// A patch needs so many cells that are another thing beyond doubt; faint ones around them belong
/// to it.
constexpr std::ptrdiff_t kLeastCells = 4;
/// How much stronger the edges must be in one of the two pictures to tell.
constexpr float kEdgeMargin = 1.25F;
/// How much more the patch must look like what is around it in one of the two pictures to tell.
constexpr double kLikenessMargin = 0.1;
/// Width of what is around a patch, cells.
constexpr int kRing = 3;
/// From this correlation on a patch has kept its structure: another light on the same surface.
constexpr double kSameStructure = 0.8;

std::size_t cell_at(int x, int y) {
    const int cell = y * kColumns + x;
    return static_cast<std::size_t>(cell);
}

int difference(std::uint8_t a, std::uint8_t b) {
    return std::abs(static_cast<int>(a) - static_cast<int>(b));
}

/// Median of b - a over every seventh cell: how much lighter b is as a whole.
int median_shift(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
    std::array<int, 511> counts{};
    int sampled = 0;
    for (std::size_t i = 0; i < a.size(); i += 7, ++sampled) {
        const int shift = static_cast<int>(b[i]) - static_cast<int>(a[i]) + 255;
        ++counts[static_cast<std::size_t>(shift)];
    }
    int below = 0;
    std::size_t bin = 0;
    while (bin + 1 < counts.size() && below + counts[bin] <= sampled / 2) {
        below += counts[bin++];
    }
    return static_cast<int>(bin) - 255;
}

/// Median of |b - a - step| over every seventh cell, interpolated.
float median_change(
    const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b, int step
) {
    std::array<int, 512> counts{};
    int sampled = 0;
    for (std::size_t i = 0; i < a.size(); i += 7, ++sampled) {
        const int change = std::abs(static_cast<int>(b[i]) - static_cast<int>(a[i]) - step);
        ++counts[static_cast<std::size_t>(std::min(change, 511))];
    }
    const float half = static_cast<float>(sampled) / 2;
    float below = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto count = static_cast<float>(counts[i]);
        if (below + count >= half) {
            return static_cast<float>(i) + (count > 0 ? (half - below) / count : 0) - 0.5F;
        }
        below += count;
    }
    return 0;
}

/// Four cells share one block of colour; one of them brings it forward.
bool is_first_of_colour(std::size_t cell) {
    return cell % kColumns % 2 == 0 && cell / kColumns % 2 == 0;
}

int median_of(const std::vector<std::uint8_t>& values, const std::vector<std::uint16_t>& cells) {
    std::vector<std::uint8_t> some;
    some.reserve(cells.size());
    for (const std::size_t cell : cells) {
        some.push_back(values[cell]);
    }
    const auto middle = some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2);
    std::ranges::nth_element(some, middle);
    return *middle;
}

void step_towards(std::uint8_t& value, std::uint8_t target) {
    value = static_cast<std::uint8_t>(value + (target > value ? 1 : 0) - (target < value ? 1 : 0));
}

/// The four neighbours of a cell that exist.
template <class Visit>
void for_neighbours(std::size_t cell, const Visit& visit) {
    const std::size_t x = cell % kColumns;
    if (x > 0) {
        visit(cell - 1);
    }
    if (x + 1 < kColumns) {
        visit(cell + 1);
    }
    if (cell >= kColumns) {
        visit(cell - kColumns);
    }
    if (cell + kColumns < kCells) {
        visit(cell + kColumns);
    }
}

/// Moves the open cells within reach of a cell to `taken`.
void take_neighbours(
    std::vector<std::uint8_t>& open, int x, int y, std::vector<std::uint16_t>& taken
) {
    for (int ny = std::max(0, y - kReach); ny <= std::min(kRows - 1, y + kReach); ++ny) {
        for (int nx = std::max(0, x - kReach); nx <= std::min(kColumns - 1, x + kReach); ++nx) {
            const std::size_t other = cell_at(nx, ny);
            if (open[other] != 0) {
                open[other] = 0;
                taken.push_back(static_cast<std::uint16_t>(other));
            }
        }
    }
}

/// Collects the patch around `first` and takes it out of `open`.
StillRegion take_patch(std::vector<std::uint8_t>& open, std::size_t first) {
    StillRegion region;
    region.range = {kColumns, kRows, -1, -1};
    open[first] = 0;
    region.cells.push_back(static_cast<std::uint16_t>(first));
    for (std::size_t i = 0; i < region.cells.size(); ++i) {
        const int x = region.cells[i] % kColumns;
        const int y = region.cells[i] / kColumns;
        CellRange& range = region.range;
        range = {
            std::min(range.left, x),
            std::min(range.top, y),
            std::max(range.right, x),
            std::max(range.bottom, y)
        };
        take_neighbours(open, x, y, region.cells);
    }
    std::ranges::sort(region.cells);
    return region;
}

/// How much a patch looks like what is around it.
template <class IsAround>
double likeness(const SmallPicture& picture, const StillRegion& region, const IsAround& is_around) {
    Histogram patch;
    for (const std::size_t cell : region.cells) {
        patch.add(picture.luma[cell]);
    }
    Histogram ring;
    const CellRange& range = region.range;
    for (int y = std::max(0, range.top - kRing); y <= std::min(kRows - 1, range.bottom + kRing);
         ++y) {
        for (int x = std::max(0, range.left - kRing);
             x <= std::min(kColumns - 1, range.right + kRing);
             ++x) {
            const std::size_t cell = cell_at(x, y);
            if (is_around(cell)) {
                ring.add(picture.luma[cell]);
            }
        }
    }
    return patch.likeness(ring);
}

}  // namespace

bool is_same(
    const SmallPicture& a, const SmallPicture& b, std::size_t cell, int shift, Tolerance most
) {
    const int luma = static_cast<int>(b.luma[cell]) - static_cast<int>(a.luma[cell]) - shift;
    const std::size_t colour = colour_of(cell);
    return std::abs(luma) <= most.luma &&
           difference(a.u[colour], b.u[colour]) + difference(a.v[colour], b.v[colour]) <=
               most.colour;
}

StillGround::Sight StillGround::look(
    const SmallPicture& picture, WallTime time, std::span<const std::uint8_t> covered
) {
    if (before_.is_empty() || !last_ || time < *last_) {
        restart(picture, time);
        return Sight::Restarted;
    }
    shift_ = median_shift(before_.luma, picture.luma);
    const Duration elapsed = std::min<Duration>(time - *last_, kLongestStep);
    last_ = time;
    if (changed_share(picture) > kChangedView) {
        blind_since_ = blind_since_.value_or(time);
        if (time - *blind_since_ < kChangedViewFor) {
            return Sight::Blind;
        }
        restart(picture, time);
        return Sight::Restarted;
    }
    blind_since_.reset();
    settle(picture, elapsed);
    const bool follows = time - followed_ >= kFollowEvery;
    followed_ = follows ? time : followed_;
    learn(covered, follows, time - restarted_ < kFirstLook);
    return Sight::Good;
}

void StillGround::restart(const SmallPicture& picture, WallTime time) {
    before_ = picture;
    now_ = picture;
    still_.assign(kCells, 0);
    shift_ = 0;
    noise_ = 0;
    last_ = time;
    followed_ = time;
    restarted_ = time;
    away_.assign(kCells, 0);
    blind_since_.reset();
}

double StillGround::changed_share(const SmallPicture& picture) const {
    std::size_t changed = 0;
    const int most = other().luma;
    for (std::size_t i = 0; i < kCells; ++i) {
        const int luma =
            static_cast<int>(picture.luma[i]) - static_cast<int>(before_.luma[i]) - shift_;
        changed += std::abs(luma) > most ? 1 : 0;
    }
    return static_cast<double>(changed) / static_cast<double>(kCells);
}

/// Brings the fast background up to the picture and counts for how long each cell has stood still.
void StillGround::settle(const SmallPicture& picture, Duration elapsed) {
    const int step = median_shift(now_.luma, picture.luma);
    const auto ticks = static_cast<int>((elapsed + kTick / 2) / kTick);
    noise_ += kNoiseShare * (median_change(now_.luma, picture.luma, step) - noise_);
    const int most = std::max(kStill, static_cast<int>(kStillNoise * noise_));
    for (std::size_t i = 0; i < kCells; ++i) {
        const int luma = static_cast<int>(picture.luma[i]) - static_cast<int>(now_.luma[i]) - step;
        const int still = std::abs(luma) <= most ? std::min(255, still_[i] + ticks) : 0;
        still_[i] = static_cast<std::uint8_t>(still);
    }
    now_ = picture;
    for (std::size_t i = 0; i < kCells; ++i) {
        const int away = is_changed(i) ? std::min(255, away_[i] + ticks) : 0;
        away_[i] = static_cast<std::uint8_t>(away);
    }
}

void StillGround::learn(std::span<const std::uint8_t> covered, bool follows, bool is_new) {
    const int belongs_after = static_cast<int>((is_new ? kFirstStill : kBelongsAfter) / kTick);
    for (std::size_t i = 0; i < kCells; ++i) {
        if (covered[i] != kOpen) {
            continue;
        }
        const std::size_t colour = colour_of(i);
        if (still_[i] >= belongs_after) {
            before_.luma[i] = now_.luma[i];
            before_.u[colour] = now_.u[colour];
            before_.v[colour] = now_.v[colour];
        } else if (follows && !is_changed(i)) {
            step_towards(before_.luma[i], now_.luma[i]);
            if (is_first_of_colour(i)) {
                step_towards(before_.u[colour], now_.u[colour]);
                step_towards(before_.v[colour], now_.v[colour]);
            }
        }
    }
}

bool StillGround::differs(std::size_t cell, Tolerance most) const {
    return !is_same(before_, now_, cell, shift_, most);
}

void StillGround::adopt(std::span<const std::uint16_t> cells) {
    for (const std::size_t cell : cells) {
        const std::size_t colour = colour_of(cell);
        before_.luma[cell] = now_.luma[cell];
        before_.u[colour] = now_.u[colour];
        before_.v[colour] = now_.v[colour];
    }
}

std::vector<StillRegion> StillGround::regions(Duration still_for, std::size_t most_cells) const {
    std::vector<StillRegion> found;
    if (before_.is_empty()) {
        return found;
    }
    const auto least = static_cast<int>(still_for / kTick);
    thread_local std::vector<std::uint8_t> marked;
    marked.assign(kCells, 0);
    for (std::size_t i = 0; i < kCells; ++i) {
        marked[i] = still_[i] >= least && is_changed(i) ? 1 : 0;
    }
    thread_local std::vector<std::uint8_t> open;
    open = marked;
    for (std::size_t i = 0; i < kCells; ++i) {
        if (open[i] == 0) {
            continue;
        }
        StillRegion region = take_patch(open, i);
        const Tolerance limit = other();
        const auto sure = std::ranges::count_if(region.cells, [&](std::uint16_t cell) {
            return differs(cell, limit);
        });
        if (sure >= kLeastCells && region.cells.size() <= most_cells) {
            judge(region, marked);
            found.push_back(std::move(region));
        }
    }
    return found;
}

void StillGround::judge(StillRegion& region, const std::vector<std::uint8_t>& inside) const {
    region.still = kTick * median_of(still_, region.cells);
    region.away = kTick * median_of(away_, region.cells);
    if (is_light(region)) {
        region.change = Change::Light;
        return;
    }
    // Beside it something else may have changed, such as its owner: that tells nothing.
    const auto is_around = [&](std::size_t cell) { return inside[cell] == 0 && !is_changed(cell); };
    region.edges = border_contrast(region, is_around);
    const double foreign = likeness(before_, region, is_around) - likeness(now_, region, is_around);
    const int edges = region.edges >= kEdgeMargin ? 1 : region.edges <= 1 / kEdgeMargin ? -1 : 0;
    const int looks = foreign >= kLikenessMargin ? 1 : foreign <= -kLikenessMargin ? -1 : 0;
    region.change = edges + looks > 0   ? Change::Came
                    : edges + looks < 0 ? Change::Went
                                        : Change::Unsure;
}

/// Luma contrast along the border of the patch now, over the contrast there before.
float StillGround::border_contrast(const StillRegion& region, const IsAround& is_around) const {
    int contrast_now = 0;
    int contrast_before = 0;
    for (const std::size_t cell : region.cells) {
        for_neighbours(cell, [&](std::size_t other) {
            if (is_around(other)) {
                contrast_now += difference(now_.luma[cell], now_.luma[other]);
                contrast_before += difference(before_.luma[cell], before_.luma[other]);
            }
        });
    }
    return static_cast<float>(contrast_now + 1) / static_cast<float>(contrast_before + 1);
}

/// The structure of the surface is still there and its colour is the same: shadow or lamp.
bool StillGround::is_light(const StillRegion& region) const {
    constexpr double kLeastStructure = 5;  // grey levels of standard deviation
    double sum_a = 0;
    double sum_b = 0;
    double sum_aa = 0;
    double sum_bb = 0;
    double sum_ab = 0;
    int colour = 0;
    for (const std::size_t cell : region.cells) {
        const double a = before_.luma[cell];
        const double b = now_.luma[cell];
        sum_a += a;
        sum_b += b;
        sum_aa += a * a;
        sum_bb += b * b;
        sum_ab += a * b;
        const std::size_t c = colour_of(cell);
        colour += difference(before_.u[c], now_.u[c]) + difference(before_.v[c], now_.v[c]);
    }
    const auto n = static_cast<double>(region.cells.size());
    const double var_a = std::max(0.0, sum_aa / n - sum_a / n * sum_a / n);
    const double var_b = std::max(0.0, sum_bb / n - sum_b / n * sum_b / n);
    const double cov = sum_ab / n - sum_a / n * sum_b / n;
    const bool has_structure = var_a >= kLeastStructure * kLeastStructure && var_b > 1;
    return has_structure && colour < kOther.colour * n &&
           cov > kSameStructure * std::sqrt(var_a * var_b);
}

}  // namespace bongsu::behaviours::still_things
