#include "behaviours/inquiry.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

using std::chrono::seconds;

constexpr InquiryLimits kLimits{
    .answers = 4,
    .yes = 3,
    .patience = 6,
    .patience_when_sure = 10,
    .silences = 5,
    .first_rest = seconds{5},
    .most_doublings = 2,
};

class AnInquiry : public ::testing::Test {
protected:
    void hear(int answers, float answer) {
        for (int i = 0; i < answers; ++i) {
            now_ += std::chrono::milliseconds{200};
            inquiry_.hear(answer, 0.5F, now_);
        }
    }

    Inquiry inquiry_{kLimits};
    WallTime now_{std::chrono::hours{100}};
};

TEST_F(AnInquiry, IsSureWhenEnoughOfTheLatestAnswersAreYes) {
    hear(4, 0.1F);
    hear(2, 0.5F);
    EXPECT_FALSE(inquiry_.is_sure());
    hear(1, 0.9F);
    EXPECT_TRUE(inquiry_.is_sure());
    EXPECT_EQ(inquiry_.affirmed(), now_);
    EXPECT_NEAR(inquiry_.surest(2), 0.7F, 1e-6);
    EXPECT_NEAR(inquiry_.surest(9), 0.5F, 1e-6);
}

TEST_F(AnInquiry, HasLessPatienceWhileItIsNotSure) {
    hear(5, 0.1F);
    EXPECT_FALSE(inquiry_.is_exhausted());
    hear(1, 0.1F);
    EXPECT_TRUE(inquiry_.is_exhausted());
    hear(3, 0.9F);
    EXPECT_FALSE(inquiry_.is_exhausted());
    hear(1, 0.9F);
    EXPECT_TRUE(inquiry_.is_exhausted());
}

TEST_F(AnInquiry, IsExhaustedBySilence) {
    for (int i = 0; i < 4; ++i) {
        inquiry_.hear_nothing();
    }
    EXPECT_FALSE(inquiry_.is_exhausted());
    inquiry_.hear_nothing();
    EXPECT_TRUE(inquiry_.is_exhausted());
}

TEST_F(AnInquiry, RestsTwiceAsLongEachTimeUpToALimit) {
    for (const int lasts : {5, 10, 20, 20}) {
        inquiry_.rest(now_);
        EXPECT_TRUE(inquiry_.is_resting(now_ + seconds{lasts} - std::chrono::milliseconds{1}));
        EXPECT_FALSE(inquiry_.is_resting(now_ + seconds{lasts}));
    }
    EXPECT_EQ(inquiry_.yes_answers(), 0);
    inquiry_.wake(now_);
    EXPECT_FALSE(inquiry_.is_resting(now_));
    EXPECT_FALSE(inquiry_.has_rested());
}

}  // namespace
}  // namespace bongsu::behaviours
