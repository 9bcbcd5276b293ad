#include "console/problem_code.hpp"

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

TEST(ProblemCode, IsTheOneThatTheErrorWasMadeWith) {
    EXPECT_EQ(problem_code("session_ended"_code, 401), "session_ended");
    const auto made = fail(ErrorKind::FailedPrecondition, "incident_closed"_code, "reworded");
    EXPECT_EQ(problem_code(made.error()), "incident_closed");
    EXPECT_EQ(problem_code(made.error().within("closing")), "incident_closed");
    EXPECT_EQ(problem_code(made.error().within("logging", "audit_closed"_code)), "audit_closed");
}

TEST(ProblemCode, NamesTheRestByItsStatus) {
    EXPECT_EQ(problem_code({}, 503), "unavailable");
    EXPECT_EQ(problem_code({}, 507), "no_space");
    EXPECT_EQ(problem_code({}, 400), "refused");
    EXPECT_EQ(problem_code(fail(ErrorKind::NotFound, "the moon").error()), "not_found");
}

TEST(ProblemCode, TellsNothingOfAServerThatFailed) {
    const auto made = fail(ErrorKind::Internal, "password_wrong"_code, "the password is wrong");
    EXPECT_EQ(problem_code(made.error()), "server_failed");
}

TEST(ProblemCode, NamesARemarkOnlyWhenThereIsOne) {
    EXPECT_EQ(remark_code("no_codec"_code, "No profile"), "no_codec");
    EXPECT_EQ(remark_code({}, "The moon is down"), "refused");
    EXPECT_EQ(remark_code({}, ""), "");
}

}  // namespace
}  // namespace bongsu::console
