// What every backend must do with accounts, sessions, tokens, lock-outs and the audit log, run over
// SQLite always and over PostgreSQL when it is installed.
#include "store/sql/database.hpp"
#include "store/testing/contract_test.hpp"

#include <gtest/gtest.h>
#include <soci/soci.h>

namespace bongsu::store {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const WallTime kNoon = parse_iso8601("2026-11-21T12:00:00Z").value();

class IdentityStoreContract : public testing::ContractTest {
protected:
    void SetUp() override {
        ContractTest::SetUp();
        if (store_ == nullptr) {
            return;  // skipped or failed
        }
        ASSERT_TRUE(identity().put_organisation({OrganisationId("city"), "시", "City"}));
    }

    IdentityStore& identity() { return store_->identity(); }

    AuditStore& audit() { return store_->audit(); }

    UserRow added_user(const std::string& id) {
        UserRow user{
            .id = id,
            .display_name = "김' 철수",
            .organisation = OrganisationId("city"),
            .must_change_password = true,
            .password_hash = "$argon2id$...",
            .password_changed = kNoon,
            .totp_secret = "ab12",
            .recovery_hashes = {"h1", "h2"},
            .created = kNoon,
            .grants = {{"operator", "*", {}}, {"agency", "org:city", {"incident", "request"}}},
        };
        EXPECT_TRUE(identity().add_user(user));
        return user;
    }
};

TEST_P(IdentityStoreContract, UserComesBackAsStored) {
    UserRow user = added_user("kim");
    EXPECT_EQ(identity().user("kim").value(), user);
    EXPECT_EQ(identity().user("lee").value(), std::nullopt);
    user.is_active = false;
    user.is_totp_confirmed = true;
    user.recovery_hashes.clear();
    user.grants = {{"auditor", "*", {}}};
    ASSERT_TRUE(identity().update_user(user));
    ASSERT_TRUE(identity().touch_login("kim", kNoon + hours{1}));
    user.revision = 2;
    user.last_login = kNoon + hours{1};
    EXPECT_EQ(identity().user("kim").value(), user);
}

TEST_P(IdentityStoreContract, UserNameIsTakenForever) {
    UserRow user = added_user("kim");
    user.is_active = false;
    ASSERT_TRUE(identity().update_user(user));
    EXPECT_EQ(identity().add_user(user).error().kind, ErrorKind::AlreadyExists);
}

TEST_P(IdentityStoreContract, UpdateWithAnOldRevisionIsRefusedAndChangesNothing) {
    UserRow user = added_user("kim");
    ASSERT_TRUE(identity().update_user(user));
    user.display_name = "late";
    user.grants.clear();
    EXPECT_EQ(identity().update_user(user).error().kind, ErrorKind::FailedPrecondition);
    EXPECT_EQ(identity().user("kim").value()->display_name, "김' 철수");
    EXPECT_EQ(identity().user("kim").value()->grants.size(), 2U);
}

TEST_P(IdentityStoreContract, UserNeedsAnOrganisationAndAnOrganisationKeepsItsUsers) {
    UserRow user = added_user("kim");
    user.id = "lee";
    user.organisation = OrganisationId("nowhere");
    EXPECT_EQ(identity().add_user(user).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(
        identity().remove_organisation(OrganisationId("city")).error().kind,
        ErrorKind::FailedPrecondition
    );
    ASSERT_TRUE(identity().put_organisation({OrganisationId("fire"), "소방서", "Fire"}));
    ASSERT_TRUE(identity().put_organisation({OrganisationId("fire"), "소방본부", "Fire HQ"}));
    EXPECT_EQ(identity().organisations().value().at(1).name_ko, "소방본부");
    EXPECT_TRUE(identity().remove_organisation(OrganisationId("fire")));
    EXPECT_EQ(
        identity().remove_organisation(OrganisationId("fire")).error().kind, ErrorKind::NotFound
    );
}

TEST_P(IdentityStoreContract, UsersAreFoundPageByPageAndByText) {
    for (const char* id : {"a_1", "a%2", "b1", "kim"}) {
        added_user(id);
    }
    const auto ids = [&](const UserQuery& query) {
        std::vector<std::string> found;
        for (const UserRow& row : identity().users(query).value()) {
            found.push_back(row.id);
        }
        return found;
    };
    EXPECT_EQ(ids({.limit = 2}).size(), 2U);
    EXPECT_EQ(ids({.after = "b1"}), std::vector<std::string>{"kim"});
    EXPECT_EQ(ids({.text = "A_"}), std::vector<std::string>{"a_1"});
    EXPECT_EQ(ids({.text = "%"}), std::vector<std::string>{"a%2"});
    EXPECT_EQ(ids({.text = "철수"}).size(), 4U);
    EXPECT_TRUE(ids({.organisation = OrganisationId("fire")}).empty());
    EXPECT_EQ(identity().count_users().value(), 4);
    EXPECT_FALSE(identity().users({.limit = 0}));
}

TEST_P(IdentityStoreContract, StepOfACodeIsUsedOnce) {
    added_user("kim");
    EXPECT_TRUE(identity().use_totp_step("kim", 100).value());
    EXPECT_FALSE(identity().use_totp_step("kim", 100).value());
    EXPECT_FALSE(identity().use_totp_step("kim", 99).value());
    EXPECT_TRUE(identity().use_totp_step("kim", 101).value());
}

TEST_P(IdentityStoreContract, PreferencesAreReplaced) {
    added_user("kim");
    EXPECT_EQ(identity().preferences("kim").value(), "");
    ASSERT_TRUE(identity().put_preferences("kim", "{\"a\":1}"));
    ASSERT_TRUE(identity().put_preferences("kim", "{\"a\":\"둘\"}"));
    EXPECT_EQ(identity().preferences("kim").value(), "{\"a\":\"둘\"}");
}

TEST_P(IdentityStoreContract, SessionsLiveUntilRemoved) {
    added_user("kim");
    SessionRow session{"hash", "h1", "kim", "10.0.0.1", "Firefox", kNoon, kNoon, kNoon + hours{1}};
    ASSERT_TRUE(identity().add_session(session));
    ASSERT_TRUE(identity().touch_sessions({{"hash", kNoon + seconds{9}}}));
    session.last_seen = kNoon + seconds{9};
    EXPECT_EQ(identity().session("hash").value(), session);
    for (const char* id : {"s2", "s3"}) {
        SessionRow more = session;
        more.id_hash = id;
        more.created = kNoon + seconds{1};
        ASSERT_TRUE(identity().add_session(more));
    }
    EXPECT_EQ(identity().sessions("kim").value().size(), 3U);
    EXPECT_EQ(identity().sessions("kim").value().back().id_hash, "hash");
    EXPECT_EQ(identity().sessions(std::nullopt).value().size(), 3U);
    EXPECT_TRUE(identity().sessions("lee").value().empty());
    ASSERT_TRUE(identity().remove_session("s2"));
    ASSERT_TRUE(identity().remove_sessions_of("kim", "s3"));
    EXPECT_EQ(identity().sessions("kim").value().size(), 1U);
    ASSERT_TRUE(identity().remove_sessions_expired(kNoon + hours{2}));
    EXPECT_TRUE(identity().sessions("kim").value().empty());
}

TEST_P(IdentityStoreContract, TokensLiveUntilRemoved) {
    added_user("kim");
    TokenRow token{
        .id = "t1",
        .user = "kim",
        .name = "보고",
        .secret_hash = "hash",
        .rights = {"view_reports", "view_health"},
        .created = kNoon,
        .expires = kNoon + hours{1},
        .last_used = std::nullopt,
    };
    ASSERT_TRUE(identity().add_token(token));
    EXPECT_EQ(identity().token("t1").value(), token);
    ASSERT_TRUE(identity().touch_token("t1", kNoon));
    token.last_used = kNoon;
    EXPECT_EQ(identity().tokens("kim").value(), std::vector{token});
    ASSERT_TRUE(identity().remove_token("t1"));
    EXPECT_EQ(identity().remove_token("t1").error().kind, ErrorKind::NotFound);
    ASSERT_TRUE(identity().add_token(token));
    ASSERT_TRUE(identity().remove_tokens_of("kim"));
    EXPECT_EQ(identity().token("t1").value(), std::nullopt);
}

TEST_P(IdentityStoreContract, LockoutIsChangedInPlaceAndForgotten) {
    const auto fail_once = [&] {
        return identity().change_lockout("user:kim", [](LockoutRow& row) {
            ++row.failures;
            row.since = kNoon;
        });
    };
    EXPECT_EQ(fail_once().value().failures, 1);
    EXPECT_EQ(fail_once().value().failures, 2);
    EXPECT_EQ(identity().lockout("user:kim").value()->failures, 2);
    ASSERT_TRUE(identity().prune_lockouts(kNoon));
    EXPECT_TRUE(identity().lockout("user:kim").value().has_value());
    ASSERT_TRUE(identity().prune_lockouts(kNoon + seconds{1}));
    EXPECT_FALSE(identity().lockout("user:kim").value().has_value());
    ASSERT_TRUE(fail_once());
    ASSERT_TRUE(identity().clear_lockout("user:kim"));
    EXPECT_FALSE(identity().lockout("user:kim").value().has_value());
}

AuditRow audit_row(std::int64_t number) {
    return {
        .number = number,
        .time = kNoon + seconds{number},
        .who = number % 2 == 0 ? "kim" : "lee",
        .organisation = "city",
        .action = number % 3 == 0 ? "camera.view_live" : "camerahouse",
        .object = "camera:문' " + std::to_string(number),
        .purpose = "control",
        .incident = "",
        .outcome = "allowed",
        .address = "10.0.0.1",
        .detail = "{\"a\":1}",
        .hash = std::string(64, 'a'),
    };
}

TEST_P(IdentityStoreContract, AuditRecordsFollowEachOtherWithoutAGap) {
    EXPECT_EQ(audit().newest().value(), std::nullopt);
    ASSERT_TRUE(audit().append({audit_row(1), audit_row(2)}));
    EXPECT_EQ(audit().newest().value(), audit_row(2));
    EXPECT_EQ(audit().append({audit_row(2)}).error().kind, ErrorKind::AlreadyExists);
    EXPECT_EQ(audit().append({audit_row(3), audit_row(5)}).error().kind, ErrorKind::AlreadyExists);
    EXPECT_EQ(audit().after(0, 10).value(), (std::vector{audit_row(1), audit_row(2)}));
    EXPECT_EQ(audit().after(1, 10).value(), (std::vector{audit_row(2)}));
}

TEST_P(IdentityStoreContract, AuditIsListedNewestFirstWithFiltersAndCursor) {
    std::vector<AuditRow> rows;
    for (int number = 1; number <= 12; ++number) {
        rows.push_back(audit_row(number));
    }
    ASSERT_TRUE(audit().append(rows));
    const auto numbers = [&](const AuditQuery& query) {
        std::vector<std::int64_t> found;
        for (const AuditRow& row : audit().list(query).value().rows) {
            found.push_back(row.number);
        }
        return found;
    };
    using Numbers = std::vector<std::int64_t>;
    EXPECT_EQ(numbers({.who = "kim"}), (Numbers{12, 10, 8, 6, 4, 2}));
    EXPECT_EQ(numbers({.action = "camera."}), (Numbers{12, 9, 6, 3}));
    EXPECT_EQ(numbers({.action = "camera"}), Numbers{});
    EXPECT_EQ(numbers({.object = "camera:문' 7"}), Numbers{7});
    EXPECT_EQ(numbers({.from = kNoon + seconds{3}, .to = kNoon + seconds{5}}), (Numbers{4, 3}));
    EXPECT_EQ(numbers({.outcome = "denied"}), Numbers{});
    EXPECT_EQ(numbers({.organisation = "city", .incident = ""}).size(), 12U);
    const AuditPage page = audit().list({.who = "kim", .limit = 4}).value();
    EXPECT_EQ(numbers({.who = "kim", .cursor = page.next}), (Numbers{4, 2}));
    EXPECT_TRUE(audit().list({.limit = 12}).value().next.empty());
    EXPECT_EQ(audit().list({.cursor = "x"}).error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(audit().list({.cursor = "1/2/3"}).error().kind, ErrorKind::InvalidArgument);
}

TEST_P(IdentityStoreContract, AnchorsAreKeptByNumber) {
    const AuditAnchor late{9, kNoon, "hash", "key", "signature"};
    const AuditAnchor early{2, kNoon, "hash", "key", "signature"};
    ASSERT_TRUE(audit().add_anchor(late));
    ASSERT_TRUE(audit().add_anchor(early));
    EXPECT_EQ(audit().anchors().value(), (std::vector{early, late}));
    EXPECT_EQ(audit().newest_anchor().value(), late);
}

TEST_P(IdentityStoreContract, DatabaseRefusesToChangeOrDeleteTheAuditLog) {
    ASSERT_TRUE(audit().append({audit_row(1)}));
    ASSERT_TRUE(audit().add_anchor({1, kNoon, "hash", "key", "signature"}));
    const auto database = Database::open({.database = url_}, clock_, metrics_).value();
    for (const char* statement :
         {"UPDATE audit_records SET who = 'nobody'",
          "DELETE FROM audit_records",
          "UPDATE audit_anchors SET hash = ''",
          "DELETE FROM audit_anchors"}) {
        const Status outcome = database->write([&](soci::session& session) -> Status {
            session << statement;
            return {};
        });
        ASSERT_FALSE(outcome) << statement;
        EXPECT_NE(outcome.error().message.find("append-only"), std::string::npos) << statement;
    }
    EXPECT_EQ(audit().newest().value(), audit_row(1));
}

INSTANTIATE_TEST_SUITE_P(
    Backends,
    IdentityStoreContract,
    ::testing::Values("sqlite", "postgresql"),
    [](const auto& info) { return info.param; }
);

}  // namespace
}  // namespace bongsu::store
