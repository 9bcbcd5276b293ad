#include "core/result.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

Result<int> half(int value) {
    if (value % 2 != 0) {
        return fail(ErrorKind::InvalidArgument, "odd");
    }
    return value / 2;
}

Result<int> quarter(int value) {
    BONGSU_ASSIGN(const int once, half(value));
    BONGSU_ASSIGN(const int twice, half(once));
    return twice;
}

Status both(int a, int b) {
    BONGSU_TRY(half(a));
    BONGSU_TRY(half(b));
    return {};
}

TEST(Result, AssignPassesValueOn) {
    EXPECT_EQ(quarter(12).value(), 3);
}

TEST(Result, AssignPropagatesError) {
    EXPECT_EQ(quarter(6).error().message, "odd");
}

TEST(Result, TryStopsAtFirstError) {
    EXPECT_TRUE(both(2, 4).has_value());
    EXPECT_FALSE(both(2, 3).has_value());
}

TEST(Error, DescribesItselfWithAllCauses) {
    const Error root{ErrorKind::Unavailable, "connection refused", nullptr};
    const Error outer = root.within("camera gate-1").within("start");
    EXPECT_EQ(outer.describe(), "start: camera gate-1: connection refused");
    EXPECT_EQ(outer.kind, ErrorKind::Unavailable);
}

TEST(Error, IsNamedByTheFirstOfItsCausesThatHasAName) {
    const Error nameless{ErrorKind::NotFound, "no such file", nullptr};
    EXPECT_TRUE(nameless.within("open").reason().code.empty());
    EXPECT_EQ(nameless.within("open").reason().message, "open");

    const auto named =
        fail(ErrorKind::InvalidArgument, "out_of_range"_code, "height is -1", {{"min", "0"}});
    const Error outer = named.error().within("camera gate-1").within("import");
    EXPECT_TRUE(outer.code.empty());
    EXPECT_EQ(outer.reason().code.name(), "out_of_range");
    EXPECT_EQ(outer.reason().values, (ErrorValues{{"min", "0"}}));
}

TEST(Error, OnlyPassingTroubleIsRetried) {
    EXPECT_TRUE(traits_of(ErrorKind::Timeout).is_retryable);
    EXPECT_FALSE(traits_of(ErrorKind::PermissionDenied).is_retryable);
    EXPECT_EQ(to_string(ErrorKind::Internal), "internal");
}

}  // namespace
}  // namespace bongsu
