// Accounts, passwords, second factors, sessions and tokens on a real database.
#include "identity/identity.hpp"
#include "identity/totp.hpp"
#include "store/testing/temporary_folder.hpp"
#include "store/testing/temporary_store.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

namespace bongsu::identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Client kDesk{"10.0.0.1", "Firefox"};
const OrganisationId kCity("city");

/// Base32 as an authenticator reads it.
std::string from_base32(const std::string& text) {
    std::string bytes;
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    for (const char c : text) {
        buffer = (buffer << 5U) | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(buffer >> bits);
        }
    }
    return bytes;
}

class IdentityTest : public ::testing::Test {
protected:
    IdentityTest() {
        config_.hash_memory = 8 * 1024;
        config_.one_time_must_change = false;
        identity_ = open();
        for (const OneTimePassword& made : identity_->prepare_first_start().value()) {
            passwords_[made.user] = made.password;
        }
    }

    std::unique_ptr<Identity> open() {
        return Identity::open(store_->identity(), config_, folder_.path() / "identity.key", clock_)
            .value();
    }

    Result<NewSession> log_in(
        const std::string& user, const std::string& password, const std::string& code = ""
    ) {
        return identity_->sign_in().log_in({user, password, code}, kDesk);
    }

    NewSession operator_session() { return log_in("operator", passwords_["operator"]).value(); }

    ErrorKind kind_of_login(
        const std::string& user, const std::string& password, const std::string& code = ""
    ) {
        const auto outcome = log_in(user, password, code);
        return outcome ? ErrorKind::Internal : outcome.error().kind;
    }

    /// Lets what is kept in memory become too old to be used unseen.
    void let_memory_age() { clock_.advance(seconds{6}); }

    store::testing::TemporaryFolder folder_;
    store::testing::TemporaryStore store_;
    ManualClock clock_;
    IdentityConfig config_;
    std::unique_ptr<Identity> identity_;
    std::map<std::string, std::string> passwords_;
};

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

TEST_F(IdentityTest, WrongNamePasswordAndInactiveUserGetTheSameAnswer) {
    const std::string wrong = log_in("operator", "wrong").error().message;
    EXPECT_EQ(log_in("nobody", "wrong").error().message, wrong);
    EXPECT_EQ(log_in("No Name!", "wrong").error().message, wrong);
    ASSERT_TRUE(identity_->directory().change_user("operator", {.is_active = false}));
    EXPECT_EQ(log_in("operator", passwords_["operator"]).error().message, wrong);
}

TEST_F(IdentityTest, NameIsTypedInAnyCase) {
    EXPECT_TRUE(log_in("Operator", passwords_["operator"]));
}

TEST_F(IdentityTest, PasswordBeyondTheLongestIsWrongEvenIfItsBeginningIsRight) {
    std::string longest = "tiger-moon";
    longest.resize(256, 'x');
    ASSERT_TRUE(identity_->passwords().change("operator", passwords_["operator"], longest, ""));
    EXPECT_TRUE(log_in("operator", longest));
    EXPECT_EQ(kind_of_login("operator", longest + "x"), ErrorKind::PermissionDenied);
}

TEST_F(IdentityTest, LockoutClosesAfterFiveWrongPasswordsAndOpensInTime) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    }
    EXPECT_EQ(kind_of_login("operator", passwords_["operator"]), ErrorKind::ResourceExhausted);
    EXPECT_TRUE(identity_->lockout().locked_until("operator").value().has_value());
    clock_.advance(minutes{15} + seconds{1});
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
    EXPECT_FALSE(identity_->lockout().locked_until("operator").value().has_value());
}

TEST_F(IdentityTest, LockoutOfAnUnknownNameLooksTheSame) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(kind_of_login("nobody", "wrong"), ErrorKind::PermissionDenied);
    }
    EXPECT_EQ(kind_of_login("nobody", "wrong"), ErrorKind::ResourceExhausted);
}

TEST_F(IdentityTest, LockoutGrowsFromOneLockToTheNext) {
    config_.address_attempts = 1'000;
    identity_ = open();
    const auto lock = [&] {
        while (kind_of_login("operator", "wrong") != ErrorKind::ResourceExhausted) {
        }
        return *identity_->lockout().locked_until("operator").value() - clock_.wall();
    };
    EXPECT_EQ(lock(), minutes{15});
    clock_.advance(minutes{16});
    EXPECT_EQ(lock(), minutes{30});
    clock_.advance(minutes{31});
    EXPECT_EQ(lock(), minutes{60});
}

TEST_F(IdentityTest, LockoutForgetsOldMistakes) {
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    }
    clock_.advance(minutes{16});
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    }
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    }
}

TEST_F(IdentityTest, LockoutCountsAddressesOverAllNames) {
    config_.address_attempts = 8;
    identity_ = open();
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(kind_of_login("user" + std::to_string(i), "wrong"), ErrorKind::PermissionDenied);
    }
    EXPECT_EQ(kind_of_login("operator", passwords_["operator"]), ErrorKind::ResourceExhausted);
    EXPECT_TRUE(identity_->sign_in().log_in(
        {"operator", passwords_["operator"], ""}, {"10.0.0.2", "Firefox"}
    ));
}

TEST_F(IdentityTest, LockoutOfAnAddressIsNotFilledByGoodLogins) {
    config_.address_attempts = 3;
    identity_ = open();
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(log_in("operator", passwords_["operator"]));
    }
}

TEST_F(IdentityTest, UnlockOpensAtOnce) {
    for (int i = 0; i < 6; ++i) {
        (void)log_in("operator", "wrong");
    }
    ASSERT_TRUE(identity_->lockout().unlock("operator"));
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
}

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
    ASSERT_TRUE(store_->identity().remove_sessions_of("operator", ""));
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

TEST_F(IdentityTest, HashOfOldParametersIsRenewedAtLogin) {
    const std::string before = store_->identity().user("operator").value()->password_hash;
    config_.hash_memory = 16 * 1024;
    identity_ = open();
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
    EXPECT_NE(store_->identity().user("operator").value()->password_hash, before);
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
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

class SecondFactorTest : public IdentityTest {
protected:
    SecondFactorTest() {
        secret_ = from_base32(identity_->second_factor().enrol("operator").value().secret);
        recovery_ = identity_->second_factor().confirm("operator", code()).value();
    }

    std::string code() { return totp_code(secret_, totp_step(clock_.wall())); }

    ErrorKind kind_of_code(const std::string& given) {
        return kind_of_login("operator", passwords_["operator"], given);
    }

    std::string secret_;
    std::vector<std::string> recovery_;
};

TEST_F(SecondFactorTest, LoginAsksForTheCodeOnlyAfterTheRightPassword) {
    EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    EXPECT_EQ(kind_of_code(""), ErrorKind::FailedPrecondition);
    clock_.advance(seconds{30});
    EXPECT_TRUE(log_in("operator", passwords_["operator"], code()));
}

TEST_F(SecondFactorTest, CodeIsGoodOnceEvenForTheNextStepsBefore) {
    EXPECT_EQ(kind_of_code(code()), ErrorKind::PermissionDenied) << "used for confirming";
    clock_.advance(seconds{60});
    const std::string before = totp_code(secret_, totp_step(clock_.wall()) - 1);
    EXPECT_TRUE(log_in("operator", passwords_["operator"], code()));
    EXPECT_EQ(kind_of_code(code()), ErrorKind::PermissionDenied);
    EXPECT_EQ(kind_of_code(before), ErrorKind::PermissionDenied);
}

TEST_F(SecondFactorTest, RecoveryCodeIsGoodOnceInAnyCase) {
    ASSERT_EQ(recovery_.size(), 10U);
    std::string shouted = recovery_.at(3);
    std::ranges::transform(shouted, shouted.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    EXPECT_TRUE(log_in("operator", passwords_["operator"], shouted));
    EXPECT_EQ(kind_of_code(recovery_.at(3)), ErrorKind::PermissionDenied);
    EXPECT_TRUE(log_in("operator", passwords_["operator"], recovery_.at(4)));
}

TEST_F(SecondFactorTest, GuessingCodesLocksTheUser) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(kind_of_code("00000" + std::to_string(i)), ErrorKind::PermissionDenied);
    }
    EXPECT_EQ(kind_of_code("000000"), ErrorKind::ResourceExhausted);
}

TEST_F(SecondFactorTest, StoredSecretIsUnreadableWithoutTheKey) {
    const std::string stored = store_->identity().user("operator").value()->totp_secret;
    EXPECT_EQ(stored.find(secret_), std::string::npos);
    std::filesystem::remove(folder_.path() / "identity.key");
    identity_ = open();
    EXPECT_EQ(kind_of_code(code()), ErrorKind::Corrupt);
}

TEST_F(SecondFactorTest, RemovedFactorIsAskedForNoMore) {
    EXPECT_EQ(
        identity_->second_factor().enrol("operator").error().kind, ErrorKind::FailedPrecondition
    );
    ASSERT_TRUE(identity_->second_factor().remove("operator"));
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
}

TEST_F(IdentityTest, UnconfirmedFactorIsNotAskedFor) {
    ASSERT_TRUE(identity_->second_factor().enrol("operator"));
    EXPECT_EQ(
        identity_->second_factor().confirm("operator", "000000").error().kind,
        ErrorKind::PermissionDenied
    );
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
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

TEST_F(IdentityTest, AskingWhoItIsCostsNextToNothing) {
    const NewSession session = operator_session();
    ASSERT_TRUE(identity_->by_cookie(session.cookie));
    const auto begin = std::chrono::steady_clock::now();
    constexpr int kCalls = 2'000;
    for (int i = 0; i < kCalls; ++i) {
        ASSERT_TRUE(identity_->by_cookie(session.cookie));
    }
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
    RecordProperty("microseconds_per_call", std::to_string(took.count() / kCalls));
    EXPECT_LT(took.count() / kCalls, 100.0);
}

}  // namespace
}  // namespace bongsu::identity
