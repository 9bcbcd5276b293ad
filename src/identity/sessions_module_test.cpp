// Sessions and API tokens on a real database.
#include "identity/testing/identity_fixture.hpp"

#include <chrono>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::IdentityTest;

TEST_F(IdentityTest, SessionIsFoundByItsCookieOnly) {
    const NewSession session = operator_session();
    const Caller caller = identity_->by_cookie(session.cookie).value();
    EXPECT_EQ(caller.principal->user, "operator");
    EXPECT_EQ(caller.csrf, session.caller.csrf);
    EXPECT_NE(caller.csrf, session.cookie);
    EXPECT_FALSE(caller.principal->session.empty());
    std::string forged = session.cookie;
    forged[0] = forged[0] == 'A' ? 'B' : 'A';
    for (const std::string& cookie : {forged, std::string(), std::string(43, 'A'), caller.csrf}) {
        EXPECT_EQ(identity_->by_cookie(cookie).error().kind, ErrorKind::PermissionDenied);
    }
}

TEST_F(IdentityTest, StoredSessionHoldsNeitherCookieNorCsrfToken) {
    const NewSession session = operator_session();
    for (const store::SessionRow& row : store_->identity().sessions("operator").value()) {
        EXPECT_NE(row.id_hash, session.cookie);
        EXPECT_NE(row.handle, session.cookie);
        EXPECT_NE(row.id_hash, session.caller.csrf);
    }
}

TEST_F(IdentityTest, EveryLoginGetsANewSession) {
    EXPECT_NE(operator_session().cookie, operator_session().cookie);
}

TEST_F(IdentityTest, SessionEndsWhenNobodyUsesIt) {
    const NewSession admin = log_in("admin", passwords_["admin"]).value();
    const NewSession watcher = operator_session();
    clock_.advance(minutes{20});
    EXPECT_TRUE(identity_->by_cookie(admin.cookie));
    clock_.advance(minutes{29});
    EXPECT_TRUE(identity_->by_cookie(admin.cookie));
    clock_.advance(minutes{31});
    EXPECT_FALSE(identity_->by_cookie(admin.cookie));
    EXPECT_TRUE(identity_->by_cookie(watcher.cookie));
    clock_.advance(hours{12} + minutes{1});
    EXPECT_FALSE(identity_->by_cookie(watcher.cookie));
}

TEST_F(IdentityTest, SessionEndsAfterItsLongestLifeHoweverBusy) {
    const NewSession session = operator_session();
    for (int hour = 0; hour < 13; ++hour) {
        clock_.advance(hours{1});
        EXPECT_TRUE(identity_->by_cookie(session.cookie)) << hour;
    }
    clock_.advance(hours{1});
    EXPECT_FALSE(identity_->by_cookie(session.cookie));
    EXPECT_TRUE(store_->identity().sessions("operator").value().empty());
}

TEST_F(IdentityTest, ActivityOutlivesARestart) {
    const NewSession session = log_in("admin", passwords_["admin"]).value();
    clock_.advance(minutes{25});
    ASSERT_TRUE(identity_->by_cookie(session.cookie));
    ASSERT_TRUE(identity_->sweep());
    identity_ = open();
    clock_.advance(minutes{25});
    EXPECT_TRUE(identity_->by_cookie(session.cookie));
}

TEST_F(IdentityTest, LoggedOutAndRevokedSessionsEndAtOnceAndAreTold) {
    std::vector<std::string> told;
    identity_->sessions().on_ended([&](const std::string& handle, std::string_view reason) {
        told.push_back(handle + " " + std::string(reason));
    });
    const NewSession first = operator_session();
    const NewSession second = operator_session();
    const std::string first_handle = first.caller.principal->session;
    const std::string second_handle = second.caller.principal->session;
    EXPECT_EQ(identity_->sessions().list("operator").value().size(), 2U);
    ASSERT_TRUE(identity_->sessions().end(first.cookie));
    ASSERT_TRUE(identity_->sessions().end(first.cookie));
    EXPECT_FALSE(identity_->by_cookie(first.cookie));
    EXPECT_EQ(
        identity_->sessions().end_by_handle("admin", second_handle).error().kind,
        ErrorKind::NotFound
    );
    ASSERT_TRUE(identity_->sessions().end_by_handle("operator", second_handle));
    EXPECT_FALSE(identity_->by_cookie(second.cookie));
    EXPECT_EQ(told, (std::vector{first_handle + " logged_out", second_handle + " revoked"}));
}

TEST_F(IdentityTest, SessionEndedByAnotherProcessEndsWithinSeconds) {
    const NewSession session = operator_session();
    ASSERT_TRUE(identity_->by_cookie(session.cookie));
    ASSERT_TRUE(store_->identity().remove_sessions_of("operator", ""));
    EXPECT_TRUE(identity_->by_cookie(session.cookie)) << "the database is asked once in a while";
    let_memory_age();
    EXPECT_FALSE(identity_->by_cookie(session.cookie));
}

TEST_F(IdentityTest, OldestSessionGivesWayToTheTwentyFirst) {
    const NewSession first = operator_session();
    for (int i = 0; i < 20; ++i) {
        clock_.advance(seconds{1});
        operator_session();
    }
    EXPECT_FALSE(identity_->by_cookie(first.cookie));
    EXPECT_EQ(identity_->sessions().list("operator").value().size(), 20U);
}

class TokenTest : public IdentityTest {
protected:
    TokenTest() {
        owner_ = log_in("supervisor", passwords_["supervisor"]).value().caller.principal;
    }

    Result<NewToken> make(RightSet rights, Duration life = hours{1}) {
        return identity_->tokens().make(*owner_, "report", rights, life);
    }

    std::shared_ptr<const Principal> owner_;
};

TEST_F(TokenTest, HasItsRightsAndNoMore) {
    const NewToken token = make(RightSet(Right::ViewReports)).value();
    EXPECT_TRUE(token.secret.starts_with("bgs_"));
    const Caller caller = identity_->by_token(token.secret).value();
    EXPECT_EQ(rights_anywhere(*caller.principal), RightSet(Right::ViewReports));
    EXPECT_EQ(caller.principal->session, "token:" + token.info.id);
    EXPECT_TRUE(caller.csrf.empty());
    EXPECT_TRUE(identity_->tokens().list("supervisor").value().at(0).last_used.has_value());
}

TEST_F(TokenTest, CannotHaveWhatItsOwnerLacks) {
    EXPECT_EQ(make(RightSet(Right::ViewAudit)).error().kind, ErrorKind::PermissionDenied);
    EXPECT_EQ(make(RightSet()).error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(
        make(RightSet(Right::ViewReports), Duration::zero()).error().kind,
        ErrorKind::InvalidArgument
    );
    EXPECT_EQ(
        make(RightSet(Right::ViewReports), hours{24 * 366}).error().kind, ErrorKind::InvalidArgument
    );
}

TEST_F(TokenTest, LosesWhatItsOwnerLoses) {
    const NewToken token = make(RightSet(Right::ViewReports, Right::Export)).value();
    ASSERT_TRUE(identity_->directory().change_user(
        "supervisor", {.grants = std::vector<Grant>{{Role::Planner, {}, {}}}}
    ));
    EXPECT_EQ(
        rights_anywhere(*identity_->by_token(token.secret).value().principal),
        RightSet(Right::ViewReports)
    );
    ASSERT_TRUE(identity_->directory().change_user("supervisor", {.is_active = false}));
    EXPECT_FALSE(identity_->by_token(token.secret));
}

TEST_F(TokenTest, EndsInTimeAndWhenRevoked) {
    const NewToken first = make(RightSet(Right::ViewReports)).value();
    const NewToken second = make(RightSet(Right::ViewReports), hours{3}).value();
    clock_.advance(hours{2});
    EXPECT_FALSE(identity_->by_token(first.secret));
    EXPECT_TRUE(identity_->by_token(second.secret));
    EXPECT_EQ(
        identity_->tokens().revoke("admin", second.info.id).error().kind, ErrorKind::NotFound
    );
    ASSERT_TRUE(identity_->tokens().revoke("supervisor", second.info.id));
    EXPECT_FALSE(identity_->by_token(second.secret));
}

TEST_F(TokenTest, ForgedTokensAreRefused) {
    const std::string secret = make(RightSet(Right::ViewReports)).value().secret;
    for (std::size_t i = 0; i < secret.size(); ++i) {
        std::string forged = secret;
        forged[i] = forged[i] == 'a' ? 'b' : 'a';
        EXPECT_FALSE(identity_->by_token(forged)) << i;
    }
    EXPECT_FALSE(identity_->by_token(""));
    EXPECT_FALSE(identity_->by_token(secret + "a"));
    EXPECT_FALSE(identity_->by_token(std::string(100'000, 'a')));
}

TEST_F(TokenTest, FiftyAreEnough) {
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(make(RightSet(Right::ViewReports)));
    }
    EXPECT_EQ(make(RightSet(Right::ViewReports)).error().kind, ErrorKind::FailedPrecondition);
}

}  // namespace
}  // namespace bongsu::identity
