#include "vision/verifiers/fire/flicker.hpp"

#include "domain/flame_colour.hpp"
#include "vision/verifiers/fire/pixels.hpp"
#include "vision/verifiers/fire/shift.hpp"
#include "vision/verifiers/spaced.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace bongsu::verifiers::fire {
namespace {

/// Flames move at 1 to 10 Hz; pictures 0.18 s apart show them changed and cameras of five pictures
/// a second still give enough.
constexpr Duration kApart = std::chrono::milliseconds{180};
constexpr Duration kWindow = std::chrono::milliseconds{1700};
constexpr Duration kShortest = std::chrono::milliseconds{700};
constexpr std::size_t kFewest = 5;

/// Pixels; less is noise of the measurement.
constexpr float kLeastShift = 0.25F;

constexpr int kGrid = 48;    ///< places looked at along a side of the part
constexpr int kGround = 40;  ///< and along a side of the whole picture

/// What burns is its own light: much brighter than what it stands in, or bright and deep in colour
/// at once. Skin is as pale as flames in daylight (Cr - Cb about 50) but no brighter than its
/// surroundings; red cloth is deep in colour and dark (Y about 90).
constexpr int kOverMean = 60;
constexpr int kGlowLuma = 150;
constexpr int kGlowRedOverBlue = 65;
constexpr float kLeastGlow = 0.2F;

constexpr float kLeastInner = 2;
constexpr float kFullInner = 4.5F;
constexpr float kInnerByOutside = 2;
constexpr float kLeastToggling = 0.35F;
constexpr float kMostDrift = 0.25F;
/// What looks like flames may lean and leap, and grow from nothing within the time looked at.
constexpr float kMostLeaning = 0.35F;
constexpr float kLeastSteadiness = 0.35F;

/// Places of a grid over a part of the picture, in pixels.
struct Grid {
    Box part;
    int side = 0;

    int x(int column) const { return place(part.x, part.w, column); }

    int y(int row) const { return place(part.y, part.h, row); }

private:
    int place(float start, float length, int i) const {
        return static_cast<int>(
            start + (static_cast<float>(i) + 0.5F) * length / static_cast<float>(side)
        );
    }
};

std::vector<YuvPixel> sample(const Frame& frame, const Grid& grid, Point shift) {
    std::vector<YuvPixel> out;
    out.reserve(static_cast<std::size_t>(grid.side) * static_cast<std::size_t>(grid.side));
    const bool is_still = shift.x == 0 && shift.y == 0;
    for (int row = 0; row < grid.side; ++row) {
        for (int column = 0; column < grid.side; ++column) {
            const int x = grid.x(column);
            const int y = grid.y(row);
            const Point moved{static_cast<float>(x) + shift.x, static_cast<float>(y) + shift.y};
            out.push_back(is_still ? pixel_at(frame, x, y) : pixel_between(frame, moved));
        }
    }
    return out;
}

bool glows(const YuvPixel& p, const YuvPixel& mean) {
    return p.y >= mean.y + kOverMean || (p.y >= kGlowLuma && p.v - p.u >= kGlowRedOverBlue);
}

/// One picture: the part and the whole.
struct Look {
    std::vector<YuvPixel> part;
    std::vector<YuvPixel> ground;
    std::vector<bool> is_flame;
    int area = 0;
    int glowing = 0;
    Point centre;  ///< of the flame-coloured places, in grid places
};

Look look_at(const Frame& frame, const Box& where, Point shift) {
    const Grid whole{
        .part = {0, 0, static_cast<float>(frame.width), static_cast<float>(frame.height)},
        .side = kGround
    };
    Look out{
        .part = sample(frame, {where, kGrid}, shift),
        .ground = sample(frame, whole, shift),
        .is_flame = {},
    };
    const YuvPixel mean = mean_of(out.ground);
    for (std::size_t i = 0; i < out.part.size(); ++i) {
        const bool burns = is_flame_coloured(out.part[i], mean);
        out.is_flame.push_back(burns);
        if (burns) {
            ++out.area;
            out.glowing += glows(out.part[i], mean) ? 1 : 0;
            const std::size_t row = i / kGrid;
            out.centre.x += static_cast<float>(i % kGrid);
            out.centre.y += static_cast<float>(row);
        }
    }
    const auto area = static_cast<float>(std::max(1, out.area));
    out.centre = {out.centre.x / area, out.centre.y / area};
    return out;
}

float change_of(const std::vector<YuvPixel>& before, const std::vector<YuvPixel>& now) {
    float sum = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
        sum += static_cast<float>(std::abs(now[i].y - before[i].y));
    }
    return sum / static_cast<float>(std::max<std::size_t>(1, now.size()));
}

void add_changes(const std::vector<Look>& looks, const Grid& grid, Flicker& out) {
    float inner = 0;
    int count = 0;
    Point sum;
    for (std::size_t i = 1; i < looks.size(); ++i) {
        out.outside += change_of(looks[i - 1].ground, looks[i].ground);
        for (std::size_t p = 0; p < looks[i].part.size(); ++p) {
            if (!looks[i].is_flame[p] || !looks[i - 1].is_flame[p]) {
                continue;
            }
            const int step = std::abs(looks[i].part[p].y - looks[i - 1].part[p].y);
            const auto change = static_cast<float>(step);
            inner += change;
            ++count;
            sum.x += change * static_cast<float>(grid.x(static_cast<int>(p % kGrid)));
            sum.y += change * static_cast<float>(grid.y(static_cast<int>(p / kGrid)));
        }
    }
    out.outside /= static_cast<float>(looks.size() - 1);
    out.inner = inner / static_cast<float>(std::max(1, count));
    out.heart = inner > 0 ? Point{sum.x / inner, sum.y / inner} : grid.part.centre();
}

void add_toggling(const std::vector<Look>& looks, Flicker& out) {
    float sum = 0;
    int count = 0;
    for (std::size_t p = 0; p < looks.front().part.size(); ++p) {
        const auto burning = static_cast<float>(std::ranges::count_if(looks, [&](const Look& look) {
            return look.is_flame[p];
        }));
        const float share = burning / static_cast<float>(looks.size());
        if (share > 0) {
            sum += 4 * share * (1 - share);
            ++count;
        }
    }
    out.toggling = sum / static_cast<float>(std::max(1, count));
}

void add_course(const std::vector<Look>& looks, Flicker& out) {
    int least = looks.front().area;
    int most = 0;
    int all = 0;
    int glowing = 0;
    const Look* first = nullptr;
    for (const Look& look : looks) {
        all += look.area;
        glowing += look.glowing;
        least = std::min(least, look.area);
        most = std::max(most, look.area);
        if (look.area == 0) {
            continue;
        }
        first = first == nullptr ? &look : first;
        const float way =
            std::hypot(look.centre.x - first->centre.x, look.centre.y - first->centre.y);
        out.drift = std::max(out.drift, way / static_cast<float>(kGrid));
    }
    out.glow = static_cast<float>(glowing) / static_cast<float>(std::max(1, all));
    out.steadiness = static_cast<float>(least) / static_cast<float>(std::max(1, most));
}

/// How far each picture is shifted against the last one; nothing where it can hardly be told from
/// standing still.
std::vector<Point> shifts_of(const std::vector<const Frame*>& frames) {
    const Profiles present(*frames.back());
    std::vector<Point> out;
    for (const Frame* frame : frames) {
        const Point shift = present.shift_to(Profiles(*frame)).value_or(Point{});
        const bool is_still = std::hypot(shift.x, shift.y) < kLeastShift;
        out.push_back(is_still ? Point{} : shift);
    }
    return out;
}

}  // namespace

std::optional<Flicker> measure_flicker(std::span<const Frame> recent, const Box& where) {
    const std::vector<const Frame*> frames = spaced(recent, kWindow, kApart);
    if (frames.size() < kFewest || frames.back()->wall - frames.front()->wall < kShortest) {
        return std::nullopt;
    }
    const std::vector<Point> shifts = shifts_of(frames);
    std::vector<Look> looks;
    looks.reserve(frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        looks.push_back(look_at(*frames[i], where, shifts[i]));
    }
    if (std::ranges::all_of(looks, [](const Look& look) { return look.area == 0; })) {
        return std::nullopt;
    }
    Flicker out;
    for (const Point& shift : shifts) {
        out.sway = std::max(out.sway, std::hypot(shift.x, shift.y));
    }
    add_changes(looks, {where, kGrid}, out);
    add_toggling(looks, out);
    add_course(looks, out);
    return out;
}

float like_flames(const Flicker& flicker, bool is_unsure) {
    // What is left of the sway makes edges tremble, but their places hardly come and go.
    const bool is_strict = is_unsure || flicker.sway > 0;
    if (flicker.inner < kInnerByOutside * flicker.outside || flicker.glow < kLeastGlow) {
        return 0;
    }
    if (flicker.drift > (is_strict ? kMostDrift : kMostLeaning)) {
        return 0;
    }
    const bool keeps_size = flicker.steadiness >= kLeastSteadiness;
    if (is_strict && (!keeps_size || flicker.toggling < kLeastToggling)) {
        return 0;
    }
    return std::clamp((flicker.inner - kLeastInner) / (kFullInner - kLeastInner), 0.F, 1.F);
}

}  // namespace bongsu::verifiers::fire
