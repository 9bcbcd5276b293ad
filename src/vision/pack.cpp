#include "vision/pack.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

namespace bongsu::vision {
namespace {

struct Shelf {
    std::size_t canvas;
    int y;
    int height;
    int next_x;
};

class Shelves {
public:
    Shelves(PackSize canvas, int border) : canvas_(canvas), border_(border) {}

    Placement place(std::size_t item, PackSize size) {
        auto shelf = std::ranges::find_if(shelves_, [&](const Shelf& s) {
            return size.h <= s.height && s.next_x + size.w + border_ <= canvas_.w;
        });
        if (shelf == shelves_.end()) {
            shelf = open(size.h);
        }
        const Placement out{item, shelf->canvas, {shelf->next_x, shelf->y, size.w, size.h}};
        shelf->next_x += size.w + border_;
        return out;
    }

private:
    std::vector<Shelf>::iterator open(int height) {
        Shelf shelf{0, border_, height, border_};
        if (!shelves_.empty()) {
            const Shelf& last = shelves_.back();
            shelf.canvas = last.canvas;
            shelf.y = last.y + last.height + border_;
            if (shelf.y + height + border_ > canvas_.h) {
                shelf.canvas = last.canvas + 1;
                shelf.y = border_;
            }
        }
        shelves_.push_back(shelf);
        return std::prev(shelves_.end());
    }

    PackSize canvas_;
    int border_;
    std::vector<Shelf> shelves_;
};

}  // namespace

std::vector<Placement> pack_shelves(std::span<const PackSize> items, PackSize canvas, int border) {
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(-items[i].h, i); });
    Shelves shelves(canvas, border);
    std::vector<Placement> out;
    out.reserve(items.size());
    for (const std::size_t item : order) {
        assert(items[item].w + 2 * border <= canvas.w && items[item].h + 2 * border <= canvas.h);
        out.push_back(shelves.place(item, items[item]));
    }
    std::ranges::sort(out, {}, [](const Placement& p) { return std::pair(p.canvas, p.item); });
    return out;
}

}  // namespace bongsu::vision
