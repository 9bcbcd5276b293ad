#include "vision/verifiers/smoke/billow.hpp"

#include "domain/testing/painted_smoke.hpp"
#include "vision/verifiers/smoke/smoke.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::verifiers::smoke {
namespace {

using testing::add_noise;
using testing::paint;
using testing::paint_wall;

constexpr Box kPart{140, 80, 60, 60};

using View = std::function<Frame(double seconds)>;

std::vector<Frame> film(double seconds, const View& view) {
    std::vector<Frame> frames;
    unsigned seed = 0;
    for (double t = 0; t < seconds; t += 0.2) {
        Frame frame = add_noise(view(t), 2, ++seed);
        frame.wall = WallTime{} + from_seconds(1'000 + t);
        frames.push_back(frame);
    }
    return frames;
}

float answer(const std::vector<Frame>& frames) {
    const auto said = SmokeVerifier().verify(frames, kPart);
    EXPECT_TRUE(said && *said);
    return said && *said ? **said : -1;
}

Frame with_block(const Frame& wall, int left, int top) {
    WritableFrame out = allocate_frame(wall.width, wall.height);
    for (std::size_t i = 0; i < 3; ++i) {
        const Plane& from = wall.planes[i];
        for (int y = 0; y < from.height; ++y) {
            std::copy_n(
                from.data + static_cast<std::ptrdiff_t>(y) * from.stride,
                from.width,
                out.data[i] + static_cast<std::ptrdiff_t>(y) * out.frame.planes[i].stride
            );
        }
    }
    for (int y = top; y < top + 30; ++y) {
        std::fill_n(
            out.data[0] + static_cast<std::ptrdiff_t>(y) * out.frame.planes[0].stride + left,
            12,
            std::uint8_t{150}
        );
    }
    return out.frame;
}

TEST(Billow, SmokeBoilsSoftly) {
    const Frame wall = paint_wall({});
    const auto frames = film(3, [&](double t) { return paint(wall, {}, 6 + t); });
    EXPECT_GE(answer(frames), 0.5F);
    const auto billow = measure_billow(frames, kPart);
    ASSERT_TRUE(billow);
    EXPECT_LT(billow->hard, 0.1F);
    EXPECT_GT(billow->restless, 2 * billow->outside);
}

TEST(Billow, AStillViewIsNoSmoke) {
    const Frame wall = paint_wall({});
    EXPECT_LT(answer(film(3, [&](double) { return wall; })), 0.1F);
}

TEST(Billow, SmokeThatStandsStillIsAStain) {
    const Frame stained = paint(paint_wall({}), {}, 8);
    EXPECT_LT(answer(film(3, [&](double) { return stained; })), 0.1F);
}

TEST(Billow, SomebodyWhoWalksThroughHasEdges) {
    const Frame wall = paint_wall({});
    const auto frames =
        film(3, [&](double t) { return with_block(wall, 115 + static_cast<int>(25 * t), 80); });
    EXPECT_LT(answer(frames), 0.5F);
}

TEST(Billow, LightThatChangesEverywhereIsNoSmoke) {
    const auto frames = film(3, [&](double t) {
        return paint_wall({.luma = 100 + static_cast<int>(5 * t) % 3 * 12});
    });
    EXPECT_LT(answer(frames), 0.1F);
}

TEST(Billow, TooFewPicturesOrPixelsTellNothing) {
    const Frame wall = paint_wall({});
    const auto frames = film(3, [&](double t) { return paint(wall, {}, 6 + t); });
    SmokeVerifier verifier;
    const auto of = [&](std::span<const Frame> recent, const Box& where) {
        const auto said = verifier.verify(recent, where);
        return said && *said;
    };
    EXPECT_TRUE(of(frames, kPart));
    EXPECT_FALSE(of(std::span(frames).last(1), kPart));
    EXPECT_FALSE(of(std::span(frames).last(5), kPart)) << "0.8 seconds";
    EXPECT_FALSE(of(frames, {150, 100, 4, 4}));
}

TEST(Billow, PicturesWithoutPlanesAreBorne) {
    const std::vector<Frame> frames(12);
    const auto said = SmokeVerifier().verify(frames, {0, 0, 10, 10});
    ASSERT_TRUE(said);
    EXPECT_FALSE(*said);
}

}  // namespace
}  // namespace bongsu::verifiers::smoke
