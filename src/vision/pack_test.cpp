#include "vision/pack.hpp"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bongsu::vision {
namespace {

constexpr int kBorder = 8;

bool overlap_with_border(const PixelRect& a, const PixelRect& b) {
    return a.x < b.x + b.w + kBorder && b.x < a.x + a.w + kBorder && a.y < b.y + b.h + kBorder &&
           b.y < a.y + a.h + kBorder;
}

RC_GTEST_PROP(Packing, PlacesEveryItemOnceInsideAndApart, ()) {
    const auto count = *rc::gen::inRange(1, 40);
    std::vector<PackSize> items;
    for (int i = 0; i < count; ++i) {
        items.push_back({*rc::gen::inRange(1, 401), *rc::gen::inRange(1, 401)});
    }
    const auto placed = pack(items, {416, 416}, kBorder);
    RC_ASSERT(placed.size() == items.size());
    std::set<std::size_t> seen;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const PixelRect& r = placed[i].target;
        RC_ASSERT(seen.insert(placed[i].item).second);
        RC_ASSERT(r.w == items[placed[i].item].w && r.h == items[placed[i].item].h);
        RC_ASSERT(r.x >= kBorder && r.y >= kBorder);
        RC_ASSERT(r.x + r.w + kBorder <= 416 && r.y + r.h + kBorder <= 416);
        RC_ASSERT(i == 0 || placed[i - 1].canvas <= placed[i].canvas);
        for (std::size_t j = 0; j < i; ++j) {
            RC_ASSERT(
                placed[j].canvas != placed[i].canvas || !overlap_with_border(placed[j].target, r)
            );
        }
    }
}

TEST(Packing, FourQuartersShareOneCanvas) {
    const std::vector<PackSize> items(4, {196, 196});
    EXPECT_EQ(pack(items, {416, 416}, kBorder).back().canvas, 0u);
}

TEST(Packing, OpensAnotherCanvasWhenFull) {
    const std::vector<PackSize> items(3, {400, 200});
    EXPECT_EQ(pack(items, {416, 416}, kBorder).back().canvas, 2u);
}

TEST(Packing, FillsTheGapBesideSomethingTall) {
    // Shelves would open a second canvas for the last one.
    const std::vector<PackSize> items{{196, 400}, {196, 120}, {196, 120}, {196, 120}};
    EXPECT_EQ(pack(items, {416, 416}, kBorder).back().canvas, 0u);
}

}  // namespace
}  // namespace bongsu::vision
