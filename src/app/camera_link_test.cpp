#include "app/camera_link.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

using ingest::StreamState;

const ManualClock kClock;

TEST(CameraLink, HandsUnitsToBothOutlets) {
    int recorded = 0;
    int analysed = 0;
    StreamOutlets outlets;
    outlets.record = [&](const AccessUnitPtr&) { ++recorded; };
    outlets.analyse = [&](const AccessUnitPtr&) { ++analysed; };
    CameraLink link(CameraId{"a"}, StreamRole::Main, outlets, kClock);
    link.on_access_unit(std::make_shared<AccessUnit>());
    EXPECT_EQ(recorded, 1);
    EXPECT_EQ(analysed, 1);
}

TEST(CameraLink, TurnsStreamStatesIntoSignal) {
    std::vector<SignalState> seen;
    StreamOutlets outlets;
    outlets.signal = [&](SignalState state) { seen.push_back(state); };
    CameraLink link(CameraId{"a"}, StreamRole::Main, outlets, kClock);
    link.on_state(StreamState::Connecting, nullptr);
    link.on_state(StreamState::Playing, nullptr);
    const Error lost{ErrorKind::Unavailable, "gone", nullptr};
    link.on_state(StreamState::Lost, &lost);
    EXPECT_EQ(seen, (std::vector{SignalState::Up, SignalState::Lost}));
    EXPECT_EQ(link.state(), StreamState::Lost);
}

TEST(CameraLink, UnusedOutletsAreNotCalled) {
    CameraLink link(CameraId{"a"}, StreamRole::Sub, {}, kClock);
    link.on_access_unit(std::make_shared<AccessUnit>());
    link.on_frame(Frame{});
    link.on_state(StreamState::Ended, nullptr);
    EXPECT_EQ(link.state(), StreamState::Ended);
}

}  // namespace
}  // namespace bongsu::app
