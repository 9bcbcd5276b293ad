#include "vision/second_looks.hpp"

#include <memory>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

/// Answers with a fixed score, or fails.
class FakeEstimator final : public PoseEstimator {
public:
    explicit FakeEstimator(const bool& fails) : fails_(fails) {}

    Result<Pose> estimate(const Frame&, const Box&) override {
        if (fails_) {
            return fail(ErrorKind::Internal, "broken");
        }
        return Pose{.joints = {}, .score = 0.7F};
    }

private:
    const bool& fails_;
};

class SecondLooksTest : public testing::Test {
protected:
    ManualClock clock_;
    Metrics metrics_;
    verifiers::Registry verifiers_;
    bool fails_ = false;
    int made_ = 0;
    SecondLooks looks_{
        {.verifiers = verifiers_,
         .models = "/nonexistent",
         .clock = clock_,
         .metrics = metrics_,
         .make_pose = [this]() -> Result<std::unique_ptr<PoseEstimator>> {
             ++made_;
             return std::make_unique<FakeEstimator>(fails_);
         }}
    };
    Frame frame_ = allocate_frame(640, 360).frame;
};

TEST_F(SecondLooksTest, PoseIsAskedOfOneEstimatorThatIsKept) {
    EXPECT_FLOAT_EQ(looks_.pose(frame_, {10, 10, 50, 100}).value_or(Pose{}).score, 0.7F);
    EXPECT_TRUE(looks_.pose(frame_, {10, 10, 50, 100}));
    EXPECT_EQ(made_, 1);
}

TEST_F(SecondLooksTest, PlaceOutsideThePictureHasNoPoseAndDoesNotTireTheModel) {
    EXPECT_FALSE(looks_.pose(frame_, {700, 10, 50, 100}));
    EXPECT_FALSE(looks_.pose(frame_, {10, -300, 50, 100}));
    EXPECT_TRUE(looks_.pose(frame_, {10, 10, 50, 100}));
}

TEST_F(SecondLooksTest, FailedModelRestsForAMinute) {
    fails_ = true;
    EXPECT_FALSE(looks_.pose(frame_, {10, 10, 50, 100}));
    fails_ = false;
    EXPECT_FALSE(looks_.pose(frame_, {10, 10, 50, 100}));
    clock_.advance(std::chrono::minutes{1});
    EXPECT_TRUE(looks_.pose(frame_, {10, 10, 50, 100}));
    EXPECT_EQ(made_, 2);
}

TEST(SecondLooks, WithoutModelsPosesAreNotKnown) {
    ManualClock clock;
    Metrics metrics;
    const verifiers::Registry verifiers;
    SecondLooks looks(
        {.verifiers = verifiers, .models = "/nonexistent", .clock = clock, .metrics = metrics}
    );
    EXPECT_FALSE(looks.pose(allocate_frame(640, 360).frame, {10, 10, 50, 100}));
    EXPECT_FALSE(looks.verify("nobody", {}, {}));
}

}  // namespace
}  // namespace bongsu::vision
