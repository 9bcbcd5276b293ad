#include "console/problem_code.hpp"

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

TEST(ProblemCode, KnowsWhatPeopleMeetByItsWords) {
    EXPECT_EQ(problem_code(401, "the session has ended; log in again"), "session_ended");
    EXPECT_EQ(
        problem_code(400, "the password is one of those that are tried first"), "password_common"
    );
    EXPECT_EQ(problem_code(403, "none of your grants holds view_supervision"), "right_missing");
    EXPECT_EQ(
        problem_code(
            412, "incident 'a' was changed by kim meanwhile and is confirmed now; look at it again"
        ),
        "changed_meanwhile"
    );
    EXPECT_EQ(problem_code(412, "incident 'a' is closed; reopen it first"), "incident_closed");
    EXPECT_EQ(
        problem_code(400, "'10.0' is no address range; write 10.1.2.0/24"), "scan_range_wrong"
    );
}

TEST(ProblemCode, KnowsTheChecksOfFormsToo) {
    EXPECT_EQ(
        problem_code(400, "values: unknown key 'nam'; did you mean 'name'?"), "unknown_field"
    );
    EXPECT_EQ(problem_code(400, "name must be a text of at most 120 bytes"), "wrong_kind");
}

TEST(ProblemCode, NamesTheRestByItsStatus) {
    EXPECT_EQ(problem_code(503, "the moon is down"), "unavailable");
    EXPECT_EQ(problem_code(507, "the moon is down"), "no_space");
    EXPECT_EQ(problem_code(400, "the moon is down"), "refused");
    EXPECT_EQ(problem_code(404, ""), "not_found");
    EXPECT_EQ(problem_code(500, "the password is wrong"), "server_failed")
        << "its words stay inside";
}

}  // namespace
}  // namespace bongsu::console
