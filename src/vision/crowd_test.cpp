#include "vision/crowd.hpp"

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

Detection seen(float score, ObjectClass cls = ObjectClass::Person) {
    return {cls, score, {0, 0, 10, 30}, {}};
}

float sum(const std::vector<Detection>& people) {
    float total = 0;
    for (const Detection& person : people) {
        total += person.score;
    }
    return total;
}

TEST(Crowd, DoubtfulPeopleCountForAShare) {
    EXPECT_FLOAT_EQ(sum(expected_people({seen(0.9F), seen(0.4F)})), 2);
    EXPECT_NEAR(sum(expected_people({seen(0.33F)})), 0.5F, 1e-4);
    EXPECT_TRUE(expected_people({seen(0.26F), seen(0.1F)}).empty());
}

TEST(Crowd, OnlyPeopleAreCounted) {
    EXPECT_EQ(expected_people({seen(0.9F, ObjectClass::Car), seen(0.9F)}).size(), 1U);
}

}  // namespace
}  // namespace bongsu::vision
