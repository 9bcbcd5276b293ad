#include "behaviours/still_things/still_ground.hpp"

#include "behaviours/still_things/picture_change.hpp"

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
constexpr int kMostTicks = 255;
static_assert(kBelongsAfter / kTick < kMostTicks, "stillness is counted in a byte");
/// A patch needs so many cells that are another thing beyond doubt; faint ones so near to them
/// belong to it. Those further away are smears and shades where somebody walked.
constexpr std::ptrdiff_t kLeastCells = 4;
constexpr int kFaintReach = 1;
/// How much stronger the edges must be in one of the two pictures to tell.
constexpr float kEdgeMargin = 1.25F;
/// How much more the patch must look like what is around it in one of the two pictures to tell.
constexpr double kLikenessMargin = 0.1;

std::uint8_t counted_on(std::uint8_t count, int ticks) {
    return static_cast<std::uint8_t>(std::min(kMostTicks, count + ticks));
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

void mark_around(std::size_t cell, std::vector<std::uint8_t>& marked) {
    const int x = static_cast<int>(cell % kColumns);
    const int y = static_cast<int>(cell / kColumns);
    mark(
        {std::max(0, x - kFaintReach),
         std::max(0, y - kFaintReach),
         std::min(kColumns - 1, x + kFaintReach),
         std::min(kRows - 1, y + kFaintReach)},
        1,
        marked
    );
}

void step_towards(std::uint8_t& value, std::uint8_t target) {
    value = static_cast<std::uint8_t>(value + (target > value ? 1 : 0) - (target < value ? 1 : 0));
}

}  // namespace

StillGround::Sight StillGround::look(
    const SmallPicture& picture, WallTime time, std::span<const std::uint8_t> covered
) {
    if (before_.is_empty() || !last_ || time < *last_) {
        restart(picture, time);
        return Sight::Restarted;
    }
    shift_ = median_shift(before_.luma, picture.luma);
    uncounted_ += std::min<Duration>(time - *last_, kLongestStep);
    const auto ticks = static_cast<int>(uncounted_ / kTick);
    uncounted_ -= ticks * kTick;
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
    settle(picture, ticks);
    const bool follows = time - followed_ >= kFollowEvery;
    followed_ = follows ? time : followed_;
    learn(covered, {.follows = follows, .is_new = time - restarted_ < kFirstLook, .ticks = ticks});
    return Sight::Good;
}

void StillGround::restart(const SmallPicture& picture, WallTime time) {
    before_ = picture;
    now_ = picture;
    still_.assign(kCells, 0);
    shift_ = 0;
    noise_ = 0;
    last_ = time;
    uncounted_ = Duration{0};
    followed_ = time;
    restarted_ = time;
    away_.assign(kCells, 0);
    known_.assign(kCells, 0);
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
void StillGround::settle(const SmallPicture& picture, int ticks) {
    const int step = median_shift(now_.luma, picture.luma);
    noise_ += kNoiseShare * (median_change(now_.luma, picture.luma, step) - noise_);
    const int most = std::max(kStill, static_cast<int>(kStillNoise * noise_));
    for (std::size_t i = 0; i < kCells; ++i) {
        const int luma = static_cast<int>(picture.luma[i]) - static_cast<int>(now_.luma[i]) - step;
        still_[i] = std::abs(luma) <= most ? counted_on(still_[i], ticks) : std::uint8_t{0};
    }
    now_ = picture;
    for (std::size_t i = 0; i < kCells; ++i) {
        away_[i] = is_changed(i) ? counted_on(away_[i], ticks) : std::uint8_t{0};
    }
}

void StillGround::learn(std::span<const std::uint8_t> covered, const Learning& learning) {
    constexpr int kFirst = static_cast<int>(kFirstStill / kTick);
    constexpr int kBelongs = static_cast<int>(kBelongsAfter / kTick);
    for (std::size_t i = 0; i < kCells; ++i) {
        if (covered[i] != kOpen) {
            continue;
        }
        const std::size_t colour = colour_of(i);
        if (!is_changed(i)) {
            known_[i] = counted_on(known_[i], learning.ticks);
            if (learning.follows) {
                follow(i);
            }
            continue;
        }
        // Something dark on dark ground does not interrupt the stillness.
        const bool is_new = learning.is_new || known_[i] < kFirst;
        const std::uint8_t still = std::min(still_[i], away_[i]);
        if (still >= (is_new ? kFirst : kBelongs)) {
            known_[i] = still;
            before_.luma[i] = now_.luma[i];
            before_.u[colour] = now_.u[colour];
            before_.v[colour] = now_.v[colour];
        }
    }
}

/// One grey level towards the picture.
void StillGround::follow(std::size_t cell) {
    step_towards(before_.luma[cell], now_.luma[cell]);
    if (is_first_of_colour(cell)) {
        const std::size_t colour = colour_of(cell);
        step_towards(before_.u[colour], now_.u[colour]);
        step_towards(before_.v[colour], now_.v[colour]);
    }
}

bool StillGround::differs(std::size_t cell, Tolerance most) const {
    return !is_same(before_, now_, cell, shift_, most);
}

double StillGround::likeness_to_ground(const CellRange& range) const {
    int alike = 0;
    int all = 0;
    for (int y = range.top; y <= range.bottom; ++y) {
        for (int x = range.left; x <= range.right; ++x) {
            ++all;
            alike += is_changed(cell_at(x, y)) ? 0 : 1;
        }
    }
    return all == 0 ? 1 : static_cast<double>(alike) / all;
}

void StillGround::forget(const CellRange& range, bool changed_only) {
    for (int y = range.top; y <= range.bottom; ++y) {
        for (int x = range.left; x <= range.right; ++x) {
            const std::size_t cell = cell_at(x, y);
            if (!changed_only || is_changed(cell)) {
                known_[cell] = 0;
            }
        }
    }
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
    const Tolerance limit = other();
    for (std::size_t i = 0; i < kCells; ++i) {
        if (still_[i] >= least && differs(i, limit)) {
            mark_around(i, marked);
        }
    }
    for (std::size_t i = 0; i < kCells; ++i) {
        marked[i] = marked[i] != 0 && still_[i] >= least && is_changed(i) ? 1 : 0;
    }
    thread_local std::vector<std::uint8_t> open;
    open = marked;
    for (std::size_t i = 0; i < kCells; ++i) {
        if (open[i] == 0) {
            continue;
        }
        StillRegion region = take_patch(open, i);
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
    region.known = std::min<Duration>(kTick * median_of(known_, region.cells), kBelongsAfter);
    if (is_light(region, before_, now_)) {
        region.change = Change::Light;
        return;
    }
    // Beside it something else may have changed, such as its owner: that tells nothing.
    const auto is_around = [&](std::size_t cell) { return inside[cell] == 0 && !is_changed(cell); };
    region.edges = border_contrast(region, before_, now_, is_around);
    const double foreign = likeness(before_, region, is_around) - likeness(now_, region, is_around);
    const int edges = region.edges >= kEdgeMargin ? 1 : region.edges <= 1 / kEdgeMargin ? -1 : 0;
    const int looks = foreign >= kLikenessMargin ? 1 : foreign <= -kLikenessMargin ? -1 : 0;
    region.change = edges + looks > 0   ? Change::Came
                    : edges + looks < 0 ? Change::Went
                                        : Change::Unsure;
}

}  // namespace bongsu::behaviours::still_things
