#include "pipeline/picture_second_look.hpp"

#include "core/metrics.hpp"

#include <gtest/gtest.h>

namespace bongsu::pipeline {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'750'000'000}};

/// Answers with the number of pictures that it was given.
class Counting final : public verifiers::Verifier {
public:
    Result<std::optional<float>> verify(std::span<const Frame> recent, const Box& where) override {
        EXPECT_GT(where.area(), 0);
        return static_cast<float>(recent.size());
    }
};

/// Finds one sure person in every picture.
class OnePerson final : public vision::Detector {
public:
    Result<std::vector<Detection>> detect(const Frame&, std::span<const Box>) override {
        return std::vector<Detection>{{ObjectClass::Person, 0.9F, {1, 1, 10, 30}, {}}};
    }

    Result<std::vector<std::vector<Detection>>> detect_packed(std::span<const vision::View>)
        override {
        return fail(ErrorKind::Unavailable, "not asked for");
    }
};

class PictureSecondLookTest : public testing::Test {
protected:
    PictureSecondLookTest() {
        registry_.add(
            {.name = "counting",
             .help = "For tests.",
             .make =
                 [](const std::filesystem::path&) -> Result<std::unique_ptr<verifiers::Verifier>> {
                 return std::make_unique<Counting>();
             }}
        );
        looks_ = std::make_unique<vision::SecondLooks>(vision::SecondLookParts{
            .verifiers = registry_,
            .models = {},
            .clock = clock_,
            .metrics = metrics_,
            .make_crowd = []() -> Result<std::unique_ptr<vision::Detector>> {
                return std::make_unique<OnePerson>();
            }
        });
        second_look_ = std::make_unique<PictureSecondLook>(looks_.get());
    }

    const Frame& show(WallTime time, int width = 64) {
        frame_ = allocate_frame(width, 48).frame;
        frame_.wall = time;
        second_look_->begin(time, &frame_, true);
        return frame_;
    }

    std::optional<float> ask() { return second_look_->verify("counting", {}); }

    SystemClock clock_;
    Metrics metrics_;
    verifiers::Registry registry_;
    std::unique_ptr<vision::SecondLooks> looks_;
    std::unique_ptr<PictureSecondLook> second_look_;
    Frame frame_;
};

TEST_F(PictureSecondLookTest, KnowsOnlyThePresentPictureUntilSomebodyKeepsLooking) {
    show(kStart);
    show(kStart + milliseconds{200});
    EXPECT_EQ(ask(), 1.0F);
    second_look_->keep_looking(seconds{2});
    show(kStart + milliseconds{400});
    EXPECT_EQ(ask(), 2.0F);
}

TEST_F(PictureSecondLookTest, ForgetsWhatIsOlderThanThreeSeconds) {
    show(kStart);
    second_look_->keep_looking(seconds{20});
    for (int i = 1; i <= 40; ++i) {
        show(kStart + i * milliseconds{200});
    }
    EXPECT_EQ(ask(), 16.0F);
}

TEST_F(PictureSecondLookTest, KeepsTenPicturesASecondOfThoseDecodedBetweenTheInstants) {
    Frame between = allocate_frame(64, 48).frame;
    between.wall = kStart + milliseconds{100};
    show(kStart);
    second_look_->pass(between);
    EXPECT_EQ(ask(), 1.0F);  // nobody looks
    second_look_->keep_looking(seconds{2});
    for (int i = 1; i <= 4; ++i) {
        between.wall = kStart + i * milliseconds{40};
        second_look_->pass(between);
    }
    show(kStart + milliseconds{200});
    EXPECT_EQ(ask(), 4.0F);  // of 0, 80, 160 and 200 ms
}

TEST_F(PictureSecondLookTest, StopsKeepingWhenNobodyAsksAnyMore) {
    show(kStart);
    second_look_->keep_looking(seconds{1});
    EXPECT_EQ(second_look_->keeps_looking_until(), kStart + seconds{1});
    show(kStart + seconds{2});
    EXPECT_EQ(ask(), 1.0F);
}

TEST_F(PictureSecondLookTest, BeginsAnewWhenThePictureChangesItsSize) {
    show(kStart);
    second_look_->keep_looking(seconds{5});
    show(kStart + milliseconds{200}, 96);
    EXPECT_EQ(ask(), 1.0F);
}

TEST_F(PictureSecondLookTest, OfLargePicturesFewerAreKept) {
    show(kStart, 1 << 20);
    second_look_->keep_looking(seconds{20});
    for (int i = 1; i <= 8; ++i) {
        show(kStart + i * milliseconds{100}, 320'000);
    }
    EXPECT_EQ(ask(), 2.0F);
}

TEST_F(PictureSecondLookTest, OneInstantMayCostOnlySoMuch) {
    show(kStart);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(ask());
    }
    EXPECT_FALSE(ask());
    show(kStart + milliseconds{200});
    EXPECT_TRUE(ask());
}

TEST_F(PictureSecondLookTest, LooksAtEverybodyOnceInFourSeconds) {
    show(kStart);
    const auto people = second_look_->everybody();
    ASSERT_TRUE(people);
    ASSERT_EQ(people->size(), 1U);
    EXPECT_FLOAT_EQ(people->front().score, 1);
    EXPECT_FALSE(second_look_->everybody());
    show(kStart + milliseconds{3900});
    EXPECT_FALSE(second_look_->everybody());
    show(kStart + seconds{4});
    EXPECT_TRUE(second_look_->everybody());
    second_look_->begin(kStart + seconds{9}, nullptr, true);
    EXPECT_FALSE(second_look_->everybody());
}

TEST_F(PictureSecondLookTest, SaysNothingWithoutPictureTimeOrVerifier) {
    second_look_->begin(kStart, nullptr, true);
    EXPECT_FALSE(ask());
    frame_ = allocate_frame(64, 48).frame;
    second_look_->begin(kStart, &frame_, false);
    EXPECT_FALSE(ask());
    show(kStart + seconds{1});
    EXPECT_FALSE(second_look_->verify("unknown", {}));
    EXPECT_FALSE(second_look_->pose({0, 0, 10, 20}));
    EXPECT_FALSE(second_look_->verify("counting", {100, 100, 10, 10}));
}

}  // namespace
}  // namespace bongsu::pipeline
