#include "vision/still_gate.hpp"

#include "vision/testing/fake_network.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

constexpr Box kPlace{200, 100, 40, 90};

Frame at_second(Frame frame, double second) {
    frame.wall = WallTime{} + from_seconds(second);
    return frame;
}

std::vector<Detection> person(float score, const Box& box = kPlace) {
    return {{ObjectClass::Person, score, box, {}}};
}

TEST(StillGate, DoubtfulBoxOnAFixedThingIsDropped) {
    StillGate gate;
    const Frame sign = frame_with_blocks(640, 360, {kPlace});
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(gate.filter(at_second(sign, i), person(0.4F)).empty());
    }
}

TEST(StillGate, DoubtfulBoxOnSomethingNewPasses) {
    StillGate gate;
    gate.filter(at_second(frame_with_blocks(640, 360, {}), 0), {});
    const Frame walker = frame_with_blocks(640, 360, {kPlace});
    EXPECT_EQ(gate.filter(at_second(walker, 1), person(0.35F)).size(), 1u);
}

TEST(StillGate, SureBoxPassesAlwaysAndAtOnce) {
    StillGate gate;
    const Frame sign = frame_with_blocks(640, 360, {kPlace});
    EXPECT_EQ(gate.filter(at_second(sign, 0), person(0.5F)).size(), 1u);
    EXPECT_EQ(gate.filter(at_second(sign, 100), person(0.5F)).size(), 1u);
}

TEST(StillGate, StandingPersonStaysForHalfAMinute) {
    StillGate gate;
    gate.filter(at_second(frame_with_blocks(640, 360, {}), 0), {});
    const Frame standing = frame_with_blocks(640, 360, {kPlace});
    for (int second = 1; second <= 30; ++second) {
        EXPECT_EQ(gate.filter(at_second(standing, second), person(0.35F)).size(), 1u) << second;
    }
}

TEST(StillGate, KnownPersonIsNeverLostForWaiting) {
    StillGate gate;
    const Frame standing = frame_with_blocks(640, 360, {kPlace});
    const std::vector<Box> known{{202, 101, 40, 90}};
    for (int minute = 0; minute < 10; ++minute) {
        const auto kept = gate.filter(at_second(standing, 60.0 * minute), person(0.35F), known);
        EXPECT_EQ(kept.size(), 1u) << minute;
    }
    EXPECT_TRUE(gate.filter(at_second(standing, 700), person(0.35F)).empty());
}

TEST(StillGate, BrighterLightIsNotMovement) {
    StillGate gate;
    Frame before = frame_with_blocks(640, 360, {kPlace});
    gate.filter(at_second(before, 0), {});
    WritableFrame brighter = allocate_frame(640, 360);
    for (int i = 0; i < 640 * 360; ++i) {
        brighter.data[0][i] =
            static_cast<std::uint8_t>(std::min(255, before.planes[0].data[i] + 30));
    }
    // The white sign is at the limit already, so it changes least; the test stands beside it.
    EXPECT_TRUE(gate.filter(at_second(brighter.frame, 1), person(0.4F, {400, 100, 40, 90})).empty()
    );
}

TEST(StillGate, OtherPictureSizeStartsAnew) {
    StillGate gate;
    gate.filter(at_second(frame_with_blocks(640, 360, {}), 0), {});
    const Frame other = frame_with_blocks(320, 180, {{100, 50, 20, 45}});
    EXPECT_TRUE(gate.filter(at_second(other, 1), person(0.4F, {100, 50, 20, 45})).empty());
}

TEST(StillGate, TimeGoingBackTeachesNothingAndDoesNotFail) {
    StillGate gate;
    gate.filter(at_second(frame_with_blocks(640, 360, {}), 10), {});
    const Frame walker = frame_with_blocks(640, 360, {kPlace});
    EXPECT_EQ(gate.filter(at_second(walker, 5), person(0.35F)).size(), 1u);
    EXPECT_EQ(gate.filter(at_second(walker, 5), person(0.35F)).size(), 1u);
}

}  // namespace
}  // namespace bongsu::vision
