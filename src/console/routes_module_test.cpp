// The route table against the contract and against the roles: what api/openapi.yaml says is what
// the server does.
#include "console/testing/test_console.hpp"
#include "core/value.hpp"

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

using testing::Ask;
using testing::TestConsole;

struct Operation {
    std::string id;
    std::string right;
    std::string about;
    bool needs_purpose = false;
};

using Contract = std::map<std::pair<std::string, std::string>, Operation>;  ///< method, path

std::string text_at(const Value& map, std::string_view name) {
    const Value* value = map.find(name);
    return value != nullptr && value->as_text() != nullptr ? *value->as_text() : "";
}

Contract read_contract() {
    std::ifstream file("api/openapi.yaml");
    std::stringstream text;
    text << file.rdbuf();
    const auto document = parse_yaml(text.str(), "api/openapi.yaml");
    EXPECT_TRUE(document) << document.error().describe();
    Contract contract;
    for (const auto& [path, methods] : *document->find("paths")->as_map()) {
        for (const auto& [method, operation] : *methods.as_map()) {
            if (method == "parameters") {
                continue;
            }
            std::string upper;
            for (const char c : method) {
                upper += static_cast<char>(c - 'a' + 'A');
            }
            contract[{upper, path}] = {
                .id = text_at(operation, "operationId"),
                .right = text_at(operation, "x-bongsu-right"),
                .about = text_at(operation, "x-bongsu-about"),
                .needs_purpose = operation.find("x-bongsu-purpose") != nullptr
            };
        }
    }
    return contract;
}

std::string name_of(About about) {
    switch (about) {
        case About::Nothing:
            return "none";
        case About::Installation:
            return "installation";
        case About::Listing:
            return "listing";
        case About::Camera:
            return "camera";
        case About::CameraEver:
            return "camera_ever";
        case About::Incident:
            return "incident";
        case About::Body:
            return "body";
    }
    return "";
}

bool is_about_one_camera(const Route& route) {
    return route.about == About::Camera || route.about == About::CameraEver ||
           route.about == About::Incident;
}

bool has_body(const Route& route) {
    return route.method == "POST" || route.method == "PUT" || route.method == "PATCH";
}

/// The route's path with something real in place of its names.
std::string target_of(const Route& route, const IncidentId& incident) {
    std::string target(route.path);
    const std::map<std::string, std::string> values{
        {"{camera}", "gate"}, {"{incident}", incident.value()}
    };
    for (const auto& [name, value] : values) {
        if (const std::size_t at = target.find(name); at != std::string::npos) {
            target.replace(at, name.size(), value);
        }
    }
    for (std::size_t open = target.find('{'); open != std::string::npos; open = target.find('{')) {
        target.replace(open, target.find('}') - open + 1, "1");
    }
    return target;
}

Ask ask_of(const Route& route) {
    Ask ask{.method = std::string(route.method), .purpose = "incident:test-1"};
    ask.body = has_body(route) ? "{}" : "";
    return ask;
}

TEST(Routes, AreThoseOfTheContract) {
    TestConsole console;
    const Contract contract = read_contract();
    for (const Route& route : console.router().routes()) {
        const auto found = contract.find({std::string(route.method), std::string(route.path)});
        ASSERT_NE(found, contract.end()) << route.method << " " << route.path;
        const Operation& said = found->second;
        const std::string right =
            route.right ? std::string(identity::to_string(*route.right)) : "none";
        EXPECT_EQ(said.id, route.operation) << route.path;
        EXPECT_EQ(said.right, right) << route.operation;
        EXPECT_EQ(said.about, name_of(route.about)) << route.operation;
        const bool is_about_pictures = route.about == About::Camera || route.about == About::Body;
        const bool needs_purpose =
            route.right && is_about_pictures &&
            identity::info_of(*route.right).purpose != identity::PurposeNeed::None;
        EXPECT_EQ(said.needs_purpose, needs_purpose) << route.operation;
    }
}

TEST(Routes, CoverTheWholeContract) {
    TestConsole console;
    std::set<std::string_view> served;
    for (const Route& route : console.router().routes()) {
        EXPECT_TRUE(served.insert(route.operation).second) << route.operation << " stands twice";
    }
    for (const auto& [key, operation] : read_contract()) {
        EXPECT_TRUE(served.contains(operation.id)) << key.first << " " << key.second;
    }
}

TEST(Routes, AskForALogin) {
    TestConsole console;
    const IncidentId incident = console.add_incident("gate");
    for (const Route& route : console.router().routes()) {
        if (route.right) {
            EXPECT_EQ(console.ask("", target_of(route, incident), ask_of(route)).status, 401)
                << route.operation;
        }
    }
}

TEST(Routes, RefuseChangesWithoutTheTokenOfTheSession) {
    TestConsole console;
    const IncidentId incident = console.add_incident("gate");
    for (const Route& route : console.router().routes()) {
        if (!route.right || route.method == "GET") {
            continue;
        }
        Ask ask = ask_of(route);
        ask.has_csrf = false;
        EXPECT_EQ(console.ask("administrator", target_of(route, incident), ask).status, 403)
            << route.operation;
    }
}

TEST(Routes, HideCamerasOutsideTheScope) {
    TestConsole console;
    const IncidentId incident = console.add_incident("gate");
    for (const Route& route : console.router().routes()) {
        if (is_about_one_camera(route)) {
            EXPECT_EQ(
                console.ask("park_operator", target_of(route, incident), ask_of(route)).status, 404
            ) << route.operation;
        }
    }
}

std::set<std::string> codes_of_contract() {
    std::ifstream file("api/openapi.yaml");
    std::stringstream text;
    text << file.rdbuf();
    const auto document = parse_yaml(text.str(), "api/openapi.yaml");
    EXPECT_TRUE(document) << document.error().describe();
    const Value* schemas = document->find("components")->find("schemas");
    std::set<std::string> codes;
    for (const Value& code : *schemas->find("ProblemCode")->find("enum")->as_list()) {
        codes.insert(*code.as_text());
    }
    return codes;
}

void expect_codes(const net::HttpResponse& answer, const std::set<std::string>& codes) {
    if (answer.status < 400) {
        return;
    }
    const boost::json::value problem = boost::json::parse(answer.body);
    EXPECT_TRUE(codes.contains(std::string(problem.at("code").as_string()))) << answer.body;
    const boost::json::value* errors = problem.as_object().if_contains("errors");
    for (std::size_t i = 0; errors != nullptr && i < errors->as_array().size(); ++i) {
        const std::string code(errors->at(i).at("code").as_string());
        EXPECT_TRUE(codes.contains(code)) << answer.body;
    }
}

TEST(Routes, RefuseWithACodeOfTheContract) {
    TestConsole console;
    const IncidentId incident = console.add_incident("gate");
    const std::set<std::string> codes = codes_of_contract();
    ASSERT_TRUE(codes.contains("refused"));
    const auto bodies = {
        "", "{", "[]", "{}", R"({"unknown": 1})", R"({"id": 7, "patch": {"nam": 1}})"
    };
    for (const Route& route : console.router().routes()) {
        const bool ends_things = route.method == "DELETE" || route.operation == "logOut";
        for (const std::string body : bodies) {
            Ask ask = ask_of(route);
            ask.body = body;
            SCOPED_TRACE(std::string(route.operation) + " " + body);
            expect_codes(console.ask("", target_of(route, incident), ask), codes);
            expect_codes(console.ask("researcher", target_of(route, incident), ask), codes);
            if (!ends_things) {
                expect_codes(console.ask("administrator", target_of(route, incident), ask), codes);
            }
        }
    }
}

TEST(Routes, TellNothingByTheCodeOfWhatIsHidden) {
    TestConsole console;
    const auto code = [&](const std::string& user, const std::string& target) {
        return boost::json::parse(console.get(user, target).body).at("code");
    };
    EXPECT_EQ(code("administrator", "/api/v1/nothing"), "not_found");
    EXPECT_EQ(code("administrator", "/api/v1/cameras/nowhere"), "not_found");
    EXPECT_EQ(code("park_operator", "/api/v1/cameras/gate"), "not_found");
}

/// Every role on every route: refused exactly when the role does not hold the right.
class RoleMatrix : public ::testing::TestWithParam<identity::RoleInfo> {};

TEST_P(RoleMatrix, RefusesWhatTheRoleDoesNotHold) {
    const identity::RoleInfo& role = GetParam();
    TestConsole console;
    const IncidentId incident = console.add_incident("gate");
    for (const Route& route : console.router().routes()) {
        const bool ends_things = route.method == "DELETE" || route.operation == "changePassword";
        if (!route.right || (ends_things && role.rights.has(*route.right))) {
            continue;
        }
        const int status =
            console.ask(std::string(role.name), target_of(route, incident), ask_of(route)).status;
        if (role.rights.has(*route.right)) {
            EXPECT_NE(status, 403) << role.name << " " << route.operation;
            EXPECT_NE(status, 401) << role.name << " " << route.operation;
            EXPECT_NE(status, 500) << role.name << " " << route.operation;
        } else {
            EXPECT_TRUE(status == 403 || (is_about_one_camera(route) && status == 404))
                << role.name << " " << route.operation << " " << status;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    AllRoles,
    RoleMatrix,
    ::testing::ValuesIn(identity::role_table()),
    [](const auto& info) { return std::string(info.param.name); }
);

TEST(Router, WritesDenialsIntoTheAuditLog) {
    TestConsole console;
    const net::HttpResponse refused = console.get("researcher", "/api/v1/map");
    if (refused.status == 403) {
        EXPECT_EQ(console.audit_lines().front(), "researcher getMap  denied");
    } else {
        ADD_FAILURE() << "a researcher sees cameras";
    }
}

TEST(Router, AnswersUnknownPathsAndMethods) {
    TestConsole console;
    EXPECT_EQ(console.get("operator", "/api/v1/nothing").status, 404);
    const net::HttpResponse wrong = console.ask("operator", "/api/v1/version", {.method = "PUT"});
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(*net::find_field(wrong.headers, "allow"), "GET");
}

TEST(Router, RefusesSocketsOfOtherOrigins) {
    TestConsole console;
    Ask ask{.headers = {{"upgrade", "websocket"}, {"connection", "Upgrade"}}};
    EXPECT_EQ(console.ask("operator", "/api/v1/stream", ask).status, 403);
    ask.headers.emplace_back("origin", "https://evil.test");
    EXPECT_EQ(console.ask("operator", "/api/v1/stream", ask).status, 403);
    ask.headers.back().second = "https://console.test";
    EXPECT_EQ(console.ask("operator", "/api/v1/stream", ask).status, 101);
}

}  // namespace
}  // namespace bongsu::console
