// The first start, accounts, grants and passwords on a real database.
#include "identity/testing/identity_fixture.hpp"

#include <gtest/gtest.h>

namespace bongsu::identity {
namespace {

using std::chrono::hours;
using testing::IdentityTest;
using testing::kCity;
using testing::kDesk;

TEST_F(IdentityTest, FirstStartMakesThreeUsersOnce) {
    EXPECT_EQ(passwords_.size(), 3U);
    EXPECT_TRUE(identity_->prepare_first_start().value().empty());
    const Principal admin = *log_in("admin", passwords_["admin"]).value().caller.principal;
    EXPECT_EQ(admin.grants.at(0).role, Role::Administrator);
    EXPECT_EQ(admin.organisation, kCity);
    EXPECT_FALSE(admin.must_change_password);
}

TEST_F(IdentityTest, FirstStartMayDemandNewPasswords) {
    config_.one_time_must_change = true;
    store::testing::TemporaryStore empty;
    const auto fresh =
        Identity::open(empty->identity(), config_, folder_.path() / "identity.key", clock_).value();
    const auto made = fresh->prepare_first_start().value();
    const auto session =
        fresh->sign_in().log_in({made.at(2).user, made.at(2).password, ""}, kDesk).value();
    EXPECT_TRUE(session.caller.principal->must_change_password);
    const std::string next = "불꽃이 타오르는 밤";
    ASSERT_TRUE(fresh->passwords().change(
        "operator", made.at(2).password, next, session.caller.principal->session
    ));
    EXPECT_FALSE(fresh->by_cookie(session.cookie).value().principal->must_change_password);
}

TEST_F(IdentityTest, ChangedPasswordEndsTheOtherSessions) {
    const NewSession here = operator_session();
    const NewSession elsewhere = operator_session();
    ASSERT_TRUE(identity_->passwords().change(
        "operator", passwords_["operator"], "tiger-moonlight", here.caller.principal->session
    ));
    EXPECT_TRUE(identity_->by_cookie(here.cookie));
    EXPECT_FALSE(identity_->by_cookie(elsewhere.cookie));
    EXPECT_EQ(kind_of_login("operator", passwords_["operator"]), ErrorKind::PermissionDenied);
    EXPECT_TRUE(log_in("operator", "tiger-moonlight"));
}

TEST_F(IdentityTest, PasswordChangeNeedsTheCurrentOneAndAGoodNewOne) {
    Passwords& passwords = identity_->passwords();
    EXPECT_EQ(
        passwords.change("operator", "wrong", "tiger-moonlight", "").error().kind,
        ErrorKind::PermissionDenied
    );
    EXPECT_EQ(
        passwords.change("operator", passwords_["operator"], "short", "").error().kind,
        ErrorKind::InvalidArgument
    );
    EXPECT_EQ(
        passwords.change("operator", passwords_["operator"], passwords_["operator"], "")
            .error()
            .kind,
        ErrorKind::InvalidArgument
    );
}

TEST_F(IdentityTest, ResetEndsSessionsAndTokensAndDemandsANewPassword) {
    const NewSession session = log_in("supervisor", passwords_["supervisor"]).value();
    const NewToken token =
        identity_->tokens()
            .make(*session.caller.principal, "report", RightSet(Right::ViewReports), hours{1})
            .value();
    const std::string fresh = identity_->passwords().reset("supervisor").value();
    EXPECT_FALSE(identity_->by_cookie(session.cookie));
    EXPECT_FALSE(identity_->by_token(token.secret));
    EXPECT_TRUE(log_in("supervisor", fresh).value().caller.principal->must_change_password);
    EXPECT_EQ(identity_->passwords().reset("nobody").error().kind, ErrorKind::NotFound);
}

TEST_F(IdentityTest, ChangedGrantsHoldAtOnce) {
    const NewSession session = operator_session();
    ASSERT_TRUE(identity_->directory().change_user(
        "operator", {.grants = std::vector<Grant>{{Role::Auditor, {}, {}}}}
    ));
    EXPECT_EQ(
        identity_->by_cookie(session.cookie).value().principal->grants.at(0).role, Role::Auditor
    );
    ASSERT_TRUE(identity_->directory().change_user("operator", {.is_active = false}));
    EXPECT_FALSE(identity_->by_cookie(session.cookie));
}

TEST_F(IdentityTest, LastAdministratorStays) {
    Directory& directory = identity_->directory();
    EXPECT_EQ(
        directory.change_user("admin", {.is_active = false}).error().kind,
        ErrorKind::FailedPrecondition
    );
    EXPECT_EQ(
        directory.change_user("admin", {.grants = std::vector<Grant>{}}).error().kind,
        ErrorKind::FailedPrecondition
    );
    ASSERT_TRUE(directory.change_user(
        "supervisor", {.grants = std::vector<Grant>{{Role::Administrator, {}, {}}}}
    ));
    EXPECT_TRUE(directory.change_user("admin", {.is_active = false}));
}

TEST_F(IdentityTest, ChangeOfAnOldRevisionIsRefused) {
    const UserInfo before = identity_->directory().user("operator").value();
    ASSERT_TRUE(identity_->directory().change_user(
        "operator", {.display_name = "하나", .revision = before.revision}
    ));
    EXPECT_EQ(
        identity_->directory()
            .change_user("operator", {.display_name = "둘", .revision = before.revision})
            .error()
            .kind,
        ErrorKind::FailedPrecondition
    );
}

TEST_F(IdentityTest, NewUsersAreChecked) {
    Passwords& passwords = identity_->passwords();
    EXPECT_TRUE(passwords.add_user({"kim", "김", kCity, {}}, true));
    EXPECT_EQ(
        passwords.add_user({"kim", "김", kCity, {}}, true).error().kind, ErrorKind::AlreadyExists
    );
    EXPECT_EQ(
        passwords.add_user({"lee", "이", OrganisationId("x"), {}}, true).error().kind,
        ErrorKind::NotFound
    );
    for (const char* id : {"", "Kim", "-kim", "kim lee", "김", "../kim"}) {
        EXPECT_EQ(
            passwords.add_user({id, "김", kCity, {}}, true).error().kind, ErrorKind::InvalidArgument
        ) << id;
    }
}

TEST_F(IdentityTest, ManagerOfOneOrganisationReachesNoFurther) {
    Principal local;
    local.grants = {{Role::Administrator, {Scope::Kind::Organisation, "city"}, {}}};
    EXPECT_TRUE(may_grant(local, {Role::Operator, {Scope::Kind::Organisation, "city"}, {}}));
    EXPECT_FALSE(may_grant(local, {Role::Operator, {Scope::Kind::Organisation, "fire"}, {}}));
    EXPECT_FALSE(may_grant(local, {Role::Operator, {}, {}}));
    EXPECT_FALSE(may_grant(local, {Role::Operator, {Scope::Kind::Group, "city"}, {}}));
    UserInfo user{.id = "kim", .organisation = kCity};
    EXPECT_TRUE(may_manage(local, user));
    user.grants = {{Role::Administrator, {}, {}}};
    EXPECT_FALSE(may_manage(local, user)) << "would let the manager take over a higher account";
    user.grants.clear();
    user.organisation = OrganisationId("fire");
    EXPECT_FALSE(may_manage(local, user));
}

}  // namespace
}  // namespace bongsu::identity
