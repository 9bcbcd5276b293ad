// Logging in and out, the own account, users and the audit log, through the router.
#include "console/testing/test_console.hpp"

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using testing::Ask;
using testing::json_of;
using testing::TestConsole;

std::string text(const json::value& value, std::string_view name) {
    return std::string(value.at(name).as_string());
}

Ask with_body(std::string method, const json::value& body) {
    return {.method = std::move(method), .body = json::serialize(body)};
}

class SessionRoutes : public ::testing::Test {
protected:
    SessionRoutes() {
        password_ = console_.parts().identity.passwords().reset("planner", false).value();
    }

    net::HttpResponse log_in(
        const std::string& user, const std::string& password, const std::string& totp = ""
    ) {
        json::object body{{"user", user}, {"password", password}};
        if (!totp.empty()) {
            body["totp"] = totp;
        }
        return console_.post("", "/api/v1/session", body);
    }

    TestConsole console_;
    std::string password_;
};

TEST_F(SessionRoutes, LoginGivesACookieThatScriptsAndOtherPagesCannotUse) {
    const net::HttpResponse response = log_in("planner", password_);
    ASSERT_EQ(response.status, 200) << response.body;
    const std::string cookie = *net::find_field(response.headers, "set-cookie");
    EXPECT_TRUE(cookie.starts_with("bongsu_session="));
    EXPECT_NE(cookie.find("; HttpOnly"), std::string::npos);
    EXPECT_NE(cookie.find("; Secure"), std::string::npos);
    EXPECT_NE(cookie.find("; SameSite=Strict"), std::string::npos);
    const json::value session = json_of(response);
    EXPECT_EQ(text(session, "user"), "planner");
    EXPECT_EQ(text(session.at("organisation"), "name_ko"), "봉수시");
    EXPECT_EQ(text(session, "time_zone"), "+09:00");
    EXPECT_EQ(session.at("idle_seconds").as_int64(), 30 * 60);
    EXPECT_EQ(text(session, "csrf").size(), 64U);
    EXPECT_EQ(console_.audit_lines().front(), "planner login user:planner allowed");
}

TEST_F(SessionRoutes, WrongLoginsAreAllTheSameAndNoNameIsWrittenDownThatMayBeAPassword) {
    const net::HttpResponse wrong = log_in("planner", "wrong");
    const net::HttpResponse unknown = log_in("tiger-moonlight", "wrong");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(wrong.body, unknown.body);
    EXPECT_EQ(console_.audit_lines().at(0), " login unknown user denied");
    EXPECT_EQ(console_.audit_lines().at(1), "planner login user:planner denied");
}

TEST_F(SessionRoutes, LockedUserIsToldToWait) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(log_in("planner", "wrong").status, 401);
    }
    const std::size_t written = console_.audit_lines().size();
    const net::HttpResponse locked = log_in("planner", password_);
    EXPECT_EQ(locked.status, 429);
    EXPECT_EQ(console_.audit_lines().size(), written) << "a flood must not fill the log";
    EXPECT_NE(net::find_field(locked.headers, "retry-after"), nullptr);
    const json::value user = json_of(console_.get("administrator", "/api/v1/users/planner"));
    EXPECT_TRUE(user.at("locked_until").is_string());
    EXPECT_EQ(
        console_.ask("administrator", "/api/v1/users/planner/unlock", {.method = "POST"}).status,
        204
    );
    EXPECT_EQ(log_in("planner", password_).status, 200);
}

TEST_F(SessionRoutes, BadBodiesAreRefused) {
    for (const char* body :
         {"", "[]", "{", "{}", R"({"user":"x"})", R"({"user":1,"password":"x"})"}) {
        EXPECT_EQ(console_.ask("", "/api/v1/session", {.method = "POST", .body = body}).status, 400)
            << body;
    }
    EXPECT_EQ(log_in("planner", std::string(5'000, 'x')).status, 400);
    EXPECT_EQ(log_in(std::string(5'000, 'x'), "x").status, 400);
}

TEST_F(SessionRoutes, LoginFromAnotherOriginIsRefused) {
    Ask ask = with_body("POST", json::object{{"user", "planner"}, {"password", password_}});
    ask.headers.emplace_back("origin", "https://evil.test");
    EXPECT_EQ(console_.ask("", "/api/v1/session", ask).status, 403);
}

TEST_F(SessionRoutes, LogoutEndsTheSessionAndClearsTheCookie) {
    const net::HttpResponse out = console_.ask("operator", "/api/v1/session", {.method = "DELETE"});
    EXPECT_EQ(out.status, 204);
    EXPECT_NE(net::find_field(out.headers, "set-cookie")->find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(console_.get("operator", "/api/v1/session").status, 401);
}

TEST_F(SessionRoutes, OneTimePasswordMustBeChangedBeforeAnythingElse) {
    const std::string once = console_.parts().identity.passwords().reset("operator").value();
    EXPECT_EQ(console_.get("operator", "/api/v1/cameras").status, 403);
    EXPECT_TRUE(
        json_of(console_.get("operator", "/api/v1/session")).at("must_change_password").as_bool()
    );
    const auto change = [&](const std::string& current, const std::string& next) {
        return console_.post(
            "operator",
            "/api/v1/session/password",
            json::object{{"current", current}, {"replacement", next}}
        );
    };
    const net::HttpResponse wrong = change("wrong", "tiger-moonlight");
    EXPECT_EQ(wrong.status, 403);
    EXPECT_EQ(text(json_of(wrong).at("errors").at(0), "path"), "current");
    const net::HttpResponse weak = change(once, "short");
    EXPECT_EQ(weak.status, 400);
    EXPECT_EQ(text(json_of(weak).at("errors").at(0), "path"), "replacement");
    EXPECT_EQ(change(once, "tiger-moonlight").status, 204);
    EXPECT_FALSE(
        json_of(console_.get("operator", "/api/v1/session")).at("must_change_password").as_bool()
    );
}

TEST_F(SessionRoutes, StolenSessionIsNoWayToGuessThePassword) {
    const json::object guess{{"current", "wrong"}, {"replacement", "tiger-moonlight"}};
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(console_.post("planner", "/api/v1/session/password", guess).status, 403);
    }
    EXPECT_NE(console_.post("planner", "/api/v1/session/password", guess).status, 403);
}

TEST_F(SessionRoutes, SecondFactorIsEnrolledAskedForAndRemoved) {
    const net::HttpResponse begun =
        console_.ask("planner", "/api/v1/session/totp", {.method = "POST"});
    ASSERT_EQ(begun.status, 200);
    EXPECT_TRUE(text(json_of(begun), "uri").starts_with("otpauth://totp/Bongsu:planner?secret="));
    EXPECT_EQ(
        console_
            .ask(
                "planner",
                "/api/v1/session/totp",
                with_body("PUT", json::object{{"code", "000000"}})
            )
            .status,
        400
    );
    EXPECT_EQ(
        console_
            .ask(
                "planner",
                "/api/v1/session/totp",
                with_body("DELETE", json::object{{"password", "wrong"}})
            )
            .status,
        403
    );
    EXPECT_EQ(
        console_
            .ask(
                "planner",
                "/api/v1/session/totp",
                with_body("DELETE", json::object{{"password", password_}})
            )
            .status,
        204
    );
}

TEST_F(SessionRoutes, PreferencesAreKeptPerUser) {
    const json::object values{{"values", {{"theme", "dark"}}}};
    EXPECT_EQ(console_.put("operator", "/api/v1/preferences", values).status, 204);
    EXPECT_EQ(json_of(console_.get("operator", "/api/v1/preferences")), values);
    EXPECT_EQ(json_of(console_.get("planner", "/api/v1/preferences")).at("values"), json::object());
    const json::object huge{{"values", {{"x", std::string(70'000, 'x')}}}};
    EXPECT_EQ(console_.put("operator", "/api/v1/preferences", huge).status, 400);
}

TEST_F(SessionRoutes, TokensAreMadeShownOnceAndRevoked) {
    const net::HttpResponse made = console_.post(
        "planner", "/api/v1/tokens", json::object{{"name", "보고"}, {"rights", {"view_reports"}}}
    );
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_TRUE(text(json_of(made), "secret").starts_with("bgs_"));
    const net::HttpResponse listed = console_.get("planner", "/api/v1/tokens");
    EXPECT_EQ(json_of(listed).at("tokens").as_array().size(), 1U);
    EXPECT_EQ(listed.body.find(text(json_of(made), "secret")), std::string::npos);
    const std::string id = text(json_of(made).at("token"), "id");
    EXPECT_EQ(console_.ask("supervisor", "/api/v1/tokens/" + id, {.method = "DELETE"}).status, 404);
    EXPECT_EQ(console_.ask("planner", "/api/v1/tokens/" + id, {.method = "DELETE"}).status, 204);
    EXPECT_EQ(
        console_
            .post(
                "planner", "/api/v1/tokens", json::object{{"name", "x"}, {"rights", {"view_live"}}}
            )
            .status,
        403
    );
}

TEST_F(SessionRoutes, OwnSessionsAreListedAndEnded) {
    ASSERT_EQ(log_in("planner", password_).status, 200);
    const json::value listed = json_of(console_.get("planner", "/api/v1/sessions"));
    ASSERT_EQ(listed.at("sessions").as_array().size(), 2U);
    for (const json::value& session : listed.at("sessions").as_array()) {
        if (!session.at("is_current").as_bool()) {
            const std::string path = "/api/v1/sessions/" + text(session, "id");
            EXPECT_EQ(console_.ask("operator", path, {.method = "DELETE"}).status, 404);
            EXPECT_EQ(console_.ask("planner", path, {.method = "DELETE"}).status, 204);
        }
    }
    EXPECT_EQ(
        json_of(console_.get("planner", "/api/v1/sessions")).at("sessions").as_array().size(), 1U
    );
}

class UserRoutes : public SessionRoutes {
protected:
    /// An administrator of the organisation "parks" only.
    UserRoutes() {
        const identity::Grant grant{
            identity::Role::Administrator, {identity::Scope::Kind::Organisation, "parks"}, {}
        };
        EXPECT_TRUE(console_.parts().identity.passwords().add_user(
            {"ranger", "공원관리", OrganisationId("parks"), {grant}}, false
        ));
    }

    static json::object form(
        const std::string& id,
        const std::string& organisation,
        const std::string& role,
        const std::string& scope
    ) {
        json::object body{
            {"name", "김"},
            {"organisation", organisation},
            {"grants", json::array{json::object{{"role", role}, {"scope", scope}}}},
        };
        if (!id.empty()) {
            body["id"] = id;
        }
        return body;
    }

    int create(const std::string& who, const json::object& body) {
        return console_.post(who, "/api/v1/users", body).status;
    }
};

TEST_F(UserRoutes, NewUserGetsAOneTimePasswordThatWorks) {
    const net::HttpResponse made =
        console_.post("administrator", "/api/v1/users", form("kim", "city", "operator", "*"));
    ASSERT_EQ(made.status, 201) << made.body;
    const json::value session = json_of(log_in("kim", text(json_of(made), "one_time_password")));
    EXPECT_TRUE(session.at("must_change_password").as_bool());
    EXPECT_EQ(create("administrator", form("kim", "city", "operator", "*")), 409);
}

TEST_F(UserRoutes, WrongFormsAreRefused) {
    EXPECT_EQ(create("administrator", form("", "city", "operator", "*")), 400);
    EXPECT_EQ(create("administrator", form("K i m", "city", "operator", "*")), 400);
    EXPECT_EQ(create("administrator", form("kim", "city", "king", "*")), 400);
    EXPECT_EQ(create("administrator", form("kim", "city", "operator", "everywhere")), 400);
    EXPECT_EQ(create("administrator", form("kim", "nowhere", "operator", "*")), 404);
}

TEST_F(UserRoutes, ManagerOfOneOrganisationStaysInside) {
    EXPECT_EQ(create("ranger", form("kim", "parks", "operator", "org:parks")), 201);
    EXPECT_EQ(create("ranger", form("lee", "city", "operator", "org:parks")), 404);
    EXPECT_EQ(create("ranger", form("lee", "parks", "operator", "*")), 403);
    EXPECT_EQ(create("ranger", form("lee", "parks", "auditor", "org:city")), 403);
    EXPECT_EQ(console_.get("ranger", "/api/v1/users/operator").status, 404);
    const json::value listed = json_of(console_.get("ranger", "/api/v1/users"));
    for (const json::value& user : listed.at("users").as_array()) {
        EXPECT_EQ(text(user, "organisation"), "parks");
    }
    EXPECT_EQ(console_.post("ranger", "/api/v1/organisations", json::object()).status, 403);
}

TEST_F(UserRoutes, AccountThatIsGrantedMoreCannotBeTakenOver) {
    ASSERT_EQ(create("administrator", form("chief", "parks", "administrator", "*")), 201);
    EXPECT_EQ(console_.get("ranger", "/api/v1/users/chief").status, 200);
    for (const char* path : {"/api/v1/users/chief/reset-password", "/api/v1/users/chief/unlock"}) {
        EXPECT_EQ(console_.ask("ranger", path, {.method = "POST"}).status, 403) << path;
    }
    EXPECT_EQ(
        console_.put("ranger", "/api/v1/users/chief", form("", "parks", "operator", "org:parks"))
            .status,
        403
    );
}

TEST_F(UserRoutes, NobodyRaisesTheOwnGrants) {
    EXPECT_EQ(
        console_
            .put("administrator", "/api/v1/users/administrator", form("", "city", "auditor", "*"))
            .status,
        403
    );
}

TEST_F(UserRoutes, DisabledUserIsOutAtOnce) {
    ASSERT_EQ(console_.get("operator", "/api/v1/session").status, 200);
    json::object body = form("", "city", "operator", "*");
    body["is_active"] = false;
    const net::HttpResponse changed = console_.put("administrator", "/api/v1/users/operator", body);
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_FALSE(json_of(changed).at("is_active").as_bool());
    EXPECT_EQ(console_.get("operator", "/api/v1/session").status, 401);
}

TEST_F(UserRoutes, ChangesStandInTheAuditLogWithWhatTheyChanged) {
    ASSERT_EQ(
        console_.put("administrator", "/api/v1/users/operator", form("", "city", "planner", "*"))
            .status,
        200
    );
    const json::value log =
        json_of(console_.get("auditor", "/api/v1/audit?action=changeUser&limit=10"));
    ASSERT_EQ(log.at("records").as_array().size(), 1U) << "one change, one record";
    const json::value& record = log.at("records").at(0);
    EXPECT_EQ(text(record, "who"), "administrator");
    EXPECT_EQ(text(record, "object"), "user:operator");
    EXPECT_EQ(text(record.at("detail").at("before").at(0), "role"), "operator");
    EXPECT_EQ(text(record.at("detail").at("after").at(0), "role"), "planner");
}

TEST_F(UserRoutes, OrganisationsAreAddedAndRenamed) {
    const json::object fire{{"id", "fire"}, {"name_ko", "소방서"}, {"name_en", "Fire"}};
    EXPECT_EQ(console_.post("administrator", "/api/v1/organisations", fire).status, 201);
    EXPECT_EQ(console_.post("administrator", "/api/v1/organisations", fire).status, 409);
    EXPECT_EQ(console_.put("administrator", "/api/v1/organisations/fire", fire).status, 200);
    EXPECT_EQ(console_.put("administrator", "/api/v1/organisations/city", fire).status, 400);
    EXPECT_EQ(console_.put("administrator", "/api/v1/organisations/sea", fire).status, 404);
    EXPECT_EQ(
        json_of(console_.get("supervisor", "/api/v1/organisations"))
            .at("organisations")
            .as_array()
            .size(),
        3U
    );
}

TEST_F(UserRoutes, AuditLogIsFilteredPagedAndVerified) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(log_in("planner", "wrong").status, 401);
    }
    const json::value first =
        json_of(console_.get("auditor", "/api/v1/audit?outcome=denied&action=login&limit=3"));
    EXPECT_EQ(first.at("records").as_array().size(), 3U);
    const json::value second = json_of(console_.get(
        "auditor", "/api/v1/audit?outcome=denied&action=login&limit=3&cursor=" + text(first, "next")
    ));
    EXPECT_EQ(second.at("records").as_array().size(), 2U);
    EXPECT_EQ(text(second, "next"), "");
    EXPECT_EQ(console_.get("auditor", "/api/v1/audit?limit=0").status, 400);
    EXPECT_EQ(console_.get("auditor", "/api/v1/audit?from=yesterday").status, 400);
    EXPECT_EQ(console_.get("auditor", "/api/v1/audit?cursor=x").status, 400);
    EXPECT_EQ(console_.get("administrator", "/api/v1/audit").status, 403);
    const json::value verdict =
        json_of(console_.ask("auditor", "/api/v1/audit/verify", {.method = "POST"}));
    EXPECT_TRUE(verdict.at("is_good").as_bool());
    EXPECT_TRUE(verdict.at("first_bad").is_null());
}

}  // namespace
}  // namespace bongsu::console
