#include "recording/disk_state.hpp"

#include <gtest/gtest.h>

namespace bongsu::recording {
namespace {

using std::chrono::seconds;

class DiskStateTest : public ::testing::Test {
protected:
    const Error full_{.kind = ErrorKind::ResourceExhausted, .message = "no space", .cause = {}};
    ManualClock clock_{WallTime{seconds{1'800'000'000}}};
    Metrics metrics_;
    DiskState disk_{"/r", {.first = seconds{1}, .most = seconds{60}}, clock_, metrics_};
};

TEST_F(DiskStateTest, ManyStreamsThatMeetTheSameErrorPauseOnce) {
    for (int stream = 0; stream < 16; ++stream) {
        disk_.failed(full_);
    }
    EXPECT_FALSE(disk_.may_write());
    clock_.advance(seconds{1});
    EXPECT_TRUE(disk_.may_write());
}

TEST_F(DiskStateTest, OneStreamTriesAtATimeAndEachFailedAttemptDoublesThePause) {
    disk_.failed(full_);
    clock_.advance(seconds{1});
    EXPECT_TRUE(disk_.may_write());
    EXPECT_FALSE(disk_.may_write());
    disk_.failed(full_);
    clock_.advance(seconds{1});
    EXPECT_FALSE(disk_.may_write());
    clock_.advance(seconds{1});
    EXPECT_TRUE(disk_.may_write());
}

TEST_F(DiskStateTest, SuccessEndsThePauseForAll) {
    disk_.failed(full_);
    EXPECT_TRUE(disk_.view().is_paused);
    disk_.succeeded();
    EXPECT_FALSE(disk_.view().is_paused);
    EXPECT_TRUE(disk_.may_write());
}

}  // namespace
}  // namespace bongsu::recording
