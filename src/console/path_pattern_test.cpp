#include "console/path_pattern.hpp"

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

TEST(PathPattern, GivesTheValuesOfItsNames) {
    const PathPattern pattern("/api/v1/cameras/{camera}/versions/{version}");
    const auto values = pattern.match("/api/v1/cameras/gate/versions/3");
    ASSERT_TRUE(values);
    EXPECT_EQ(values->at("camera"), "gate");
    EXPECT_EQ(values->at("version"), "3");
    EXPECT_EQ(pattern.names(), 2U);
}

TEST(PathPattern, FitsOnlyTheWholePath) {
    const PathPattern pattern("/api/v1/cameras/{camera}");
    EXPECT_FALSE(pattern.match("/api/v1/cameras"));
    EXPECT_FALSE(pattern.match("/api/v1/cameras/"));
    EXPECT_FALSE(pattern.match("/api/v1/cameras/gate/"));
    EXPECT_FALSE(pattern.match("/api/v1/cameras/gate/live"));
    EXPECT_FALSE(pattern.match("api/v1/cameras/gate"));
    EXPECT_FALSE(pattern.match(""));
}

}  // namespace
}  // namespace bongsu::console
