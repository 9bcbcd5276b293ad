#include "vision/pack.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>
#include <utility>

namespace bongsu::vision {
namespace {

bool overlap(const PixelRect& a, const PixelRect& b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

bool holds(const PixelRect& outer, const PixelRect& inner) {
    return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.w >= inner.x + inner.w &&
           outer.y + outer.h >= inner.y + inner.h;
}

/// What is free of one canvas: the largest rectangles, which overlap each other.
class FreeSpace {
public:
    explicit FreeSpace(const PixelRect& all) : free_{all} {}

    /// Takes a place where the least is left on the shorter side; nothing when there is none.
    std::optional<PixelRect> take(PackSize size) {
        const PixelRect* best = nullptr;
        auto least = std::pair(0, 0);
        for (const PixelRect& space : free_) {
            const int over_w = space.w - size.w;
            const int over_h = space.h - size.h;
            const auto left = std::minmax(over_w, over_h);
            if (left.first >= 0 && (best == nullptr || std::pair<int, int>(left) < least)) {
                best = &space;
                least = left;
            }
        }
        if (best == nullptr) {
            return std::nullopt;
        }
        const PixelRect taken{best->x, best->y, size.w, size.h};
        cut(taken);
        return taken;
    }

private:
    void cut(const PixelRect& taken) {
        std::vector<PixelRect> left;
        for (const PixelRect& space : free_) {
            if (overlap(space, taken)) {
                add_rests(space, taken, left);
            } else {
                left.push_back(space);
            }
        }
        free_.clear();
        for (std::size_t i = 0; i < left.size(); ++i) {
            bool is_needless = false;
            for (std::size_t j = 0; j < left.size() && !is_needless; ++j) {
                // Of two equal ones the first stays.
                is_needless = i != j && holds(left[j], left[i]) && (j < i || left[i] != left[j]);
            }
            if (!is_needless) {
                free_.push_back(left[i]);
            }
        }
    }

    static void add_rests(
        const PixelRect& space, const PixelRect& taken, std::vector<PixelRect>& rests
    ) {
        const int right = space.x + space.w;
        const int bottom = space.y + space.h;
        const int taken_right = taken.x + taken.w;
        const int taken_bottom = taken.y + taken.h;
        if (taken.x > space.x) {
            rests.push_back({space.x, space.y, taken.x - space.x, space.h});
        }
        if (taken_right < right) {
            rests.push_back({taken_right, space.y, right - taken_right, space.h});
        }
        if (taken.y > space.y) {
            rests.push_back({space.x, space.y, space.w, taken.y - space.y});
        }
        if (taken_bottom < bottom) {
            rests.push_back({space.x, taken_bottom, space.w, bottom - taken_bottom});
        }
    }

    std::vector<PixelRect> free_;
};

}  // namespace

std::vector<Placement> pack(std::span<const PackSize> items, PackSize canvas, int border) {
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) {
        return std::pair(-std::max(items[i].w, items[i].h), i);
    });
    const PixelRect inside{border, border, canvas.w - border, canvas.h - border};
    std::vector<FreeSpace> canvases;
    std::vector<Placement> out;
    out.reserve(items.size());
    for (const std::size_t item : order) {
        const PackSize size = items[item];
        assert(size.w + 2 * border <= canvas.w && size.h + 2 * border <= canvas.h);
        // Each takes the gap to its right-hand and lower neighbours with it.
        const PackSize with_gap{size.w + border, size.h + border};
        std::optional<PixelRect> place;
        std::size_t number = 0;
        while (!place) {
            if (number == canvases.size()) {
                canvases.emplace_back(inside);
            }
            place = canvases[number].take(with_gap);
            number += place ? 0 : 1;
        }
        out.push_back({item, number, {place->x, place->y, size.w, size.h}});
    }
    std::ranges::sort(out, {}, [](const Placement& p) { return std::pair(p.canvas, p.item); });
    return out;
}

}  // namespace bongsu::vision
