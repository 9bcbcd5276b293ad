#include "vision/verifiers/smoke/billow.hpp"

#include "vision/verifiers/smoke/places.hpp"
#include "vision/verifiers/spaced.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace bongsu::verifiers::smoke {
namespace {

constexpr Duration kApart = std::chrono::milliseconds{300};
constexpr Duration kWindow = std::chrono::milliseconds{3'000};
constexpr Duration kShortest = std::chrono::milliseconds{1'400};
constexpr std::size_t kFewest = 5;
/// A place changes when it does so by so many grey levels, or by three times what the picture does.
constexpr float kChanges = 1.5F;
constexpr float kChangesByOutside = 3;
/// Smoke changes by less from picture to picture; somebody who walks through it by more.
constexpr float kHard = 30;
/// A change less than this, grey levels, is the camera's; from the second on all is told.
constexpr float kLeastRestless = 0.4F;
constexpr float kFullRestless = 1.F;
constexpr float kRestlessByOutside = 2;
constexpr float kLeastSoftness = 0.15F;
constexpr float kFullSoftness = 0.4F;
constexpr float kLeastSpread = 0.3F;
constexpr float kFullSpread = 0.7F;
constexpr float kMostHard = 0.6F;
/// Softening takes the mean of 25 places: of noise a 25th of the energy is left.
constexpr float kSoftened = 25;
constexpr float kSoftenedNoise = 5;
/// The median distance from the middle of a bell curve, in its deviations.
constexpr float kMedianOfBell = 0.674F;
/// At least so much of the change is taken for the part's own.
constexpr float kLeastOwn = 0.2F;

float ramp(float value, float from, float to) {
    return std::clamp((value - from) / (to - from), 0.F, 1.F);
}

float median_of(std::vector<float>& values) {
    if (values.empty()) {
        return 0;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// What places beside the part change by: in the middle, and how far from it the median place is.
struct Beside {
    float shift = 0;
    float noise = 0;
};

Beside beside(const Places& change, const Grid& grid, const Box& where) {
    std::vector<float> changes;
    changes.reserve(change.values.size());
    for (std::size_t i = 0; i < change.values.size(); ++i) {
        if (intersection(grid.box_of(i), where).area() <= 0) {
            changes.push_back(change.values[i]);
        }
    }
    Beside out{.shift = median_of(changes)};
    std::ranges::for_each(changes, [&](float& c) { c = std::abs(c - out.shift); });
    out.noise = median_of(changes);
    return out;
}

/// The part in each picture, and which of its places change hard.
struct Course {
    std::vector<Places> parts;
    std::vector<char> is_hard;
};

/// With the places around it, in which the same thing changes less.
void leave_out(std::size_t place, const Grid& grid, std::vector<char>& is_hard) {
    const int x = static_cast<int>(place) % grid.columns;
    const int y = static_cast<int>(place) / grid.columns;
    for (int row = std::max(0, y - 1); row <= std::min(grid.rows - 1, y + 1); ++row) {
        for (int column = std::max(0, x - 1); column <= std::min(grid.columns - 1, x + 1);
             ++column) {
            const int other = row * grid.columns + column;
            is_hard[static_cast<std::size_t>(other)] = 1;
        }
    }
}

Course follow(const std::vector<const Frame*>& frames, const Grid& grid) {
    Course out;
    for (const Frame* frame : frames) {
        out.parts.push_back(places_of(*frame, grid));
    }
    out.is_hard.assign(out.parts.front().values.size(), 0);
    for (std::size_t i = 1; i < out.parts.size(); ++i) {
        const Places change = difference(out.parts[i - 1], out.parts[i], {});
        for (std::size_t p = 0; p < change.values.size(); ++p) {
            if (std::abs(change.values[p]) > kHard) {
                leave_out(p, grid, out.is_hard);
            }
        }
    }
    return out;
}

/// `noise`: median change of a place that only the camera's noise changes.
void add_changes(const Course& course, float noise, Billow& out) {
    const auto places = static_cast<float>(course.is_hard.size());
    const auto steps = static_cast<float>(course.parts.size() - 1);
    std::vector<float> most(course.is_hard.size());
    float soft = 0;
    float all = 0;
    for (std::size_t i = 1; i < course.parts.size(); ++i) {
        const Places change = difference(course.parts[i - 1], course.parts[i], course.is_hard);
        const Places smooth = softened(change);
        soft += energy(smooth);
        all += energy(change);
        for (std::size_t p = 0; p < most.size(); ++p) {
            out.restless += std::abs(smooth.values[p]) / places / steps;
            most[p] = std::max(most[p], std::abs(smooth.values[p]));
        }
    }
    out.hard = static_cast<float>(std::ranges::count(course.is_hard, 1)) / places;
    // The camera's noise is as hard as can be; what it adds to both is known from beside the part.
    const float deviation = noise / kMedianOfBell;
    const float added = deviation * deviation * places * (1 - out.hard) * steps;
    const float own = std::max(all - added, kLeastOwn * all + 1e-6F);
    out.softness = std::clamp((soft - added / kSoftened) / own, 0.F, 1.F);
    const float least = std::max(kChanges, kChangesByOutside * out.outside);
    const auto changing = std::ranges::count_if(most, [&](float m) { return m >= least; });
    out.spread = static_cast<float>(changing) / std::max(1.F, places * (1 - out.hard));
}

}  // namespace

std::optional<Billow> measure_billow(std::span<const Frame> recent, const Box& where) {
    const std::vector<const Frame*> frames = spaced(recent, kWindow, kApart);
    if (frames.size() < kFewest || frames.back()->wall - frames.front()->wall < kShortest) {
        return std::nullopt;
    }
    const Grid grid = Grid::over(where, *frames.front());
    if (grid.is_too_small()) {
        return std::nullopt;
    }
    const Grid whole = grid.spread_over(*frames.front());
    const auto steps = static_cast<float>(frames.size() - 1);
    Billow out;
    float noise = 0;
    Places around = places_of(*frames.front(), whole);
    for (std::size_t i = 1; i < frames.size(); ++i) {
        Places next = places_of(*frames[i], whole);
        const Beside change = beside(difference(around, next, {}), whole, where);
        noise += change.noise / steps;
        out.outside += std::max(std::abs(change.shift), change.noise / kSoftenedNoise) / steps;
        around = std::move(next);
    }
    add_changes(follow(frames, grid), noise, out);
    return out;
}

float like_smoke(const Billow& billow) {
    if (billow.hard > kMostHard) {
        return 0;
    }
    const float least = std::max(kLeastRestless, kRestlessByOutside * billow.outside);
    return std::min({
        ramp(billow.restless, least, least + kFullRestless - kLeastRestless),
        ramp(billow.softness, kLeastSoftness, kFullSoftness),
        ramp(billow.spread, kLeastSpread, kFullSpread),
    });
}

}  // namespace bongsu::verifiers::smoke
