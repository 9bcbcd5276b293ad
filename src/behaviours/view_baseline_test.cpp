#include "behaviours/view_baseline.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

using std::chrono::seconds;

ViewQuality view(float luma, float contrast, float sharpness) {
    return {
        .mean_luma = luma,
        .contrast = contrast,
        .sharpness = sharpness,
        .background_similarity = 0.8F
    };
}

TEST(ViewBaseline, KnowsNothingBeforeItHasSeenEnough) {
    ViewBaseline baseline;
    EXPECT_FALSE(baseline.latest());
    for (int t = 0; t < 19; ++t) {
        baseline.learn(view(120, 45, 12), WallTime{seconds{t}});
    }
    EXPECT_FALSE(baseline.latest());
    baseline.learn(view(120, 45, 12), WallTime{seconds{30}});
    EXPECT_TRUE(baseline.latest());
    EXPECT_FALSE(baseline.usual_at(30)) << "the night was never seen";
}

TEST(ViewBaseline, ManyPicturesInAMomentAreNotEnough) {
    ViewBaseline baseline;
    for (int i = 0; i < 100; ++i) {
        baseline.learn(view(120, 45, 12), WallTime{std::chrono::milliseconds{i}});
    }
    EXPECT_FALSE(baseline.latest());
}

TEST(ViewBaseline, FiguresDoNotDependOnTheLight) {
    const ViewFigures day = ViewFigures::of(view(120, 48, 12));
    const ViewFigures dusk = ViewFigures::of(view(56, 24, 6.1F));
    EXPECT_NEAR(day.relative_contrast, dusk.relative_contrast, 0.02);
    EXPECT_NEAR(day.focus, dusk.focus, 0.01);
}

TEST(ViewBaseline, FollowsSlowChangeWhateverThePictureRate) {
    for (int per_second : {1, 10}) {
        ViewBaseline baseline;
        for (int i = 0; i < 100 * per_second; ++i) {
            baseline.learn(
                view(120, 45, 12), WallTime{std::chrono::milliseconds{1000 * i / per_second}}
            );
        }
        for (int i = 100 * per_second; i < 400 * per_second; ++i) {
            baseline.learn(
                view(120, 45, 6), WallTime{std::chrono::milliseconds{1000 * i / per_second}}
            );
        }
        const float expected =
            (6.0F + 6.0F * 0.37F) / 46.0F;  // one memory time later 37 % of the old are left
        EXPECT_NEAR(baseline.latest()->focus, expected, 0.01F) << per_second;
    }
}

}  // namespace
}  // namespace bongsu::behaviours
