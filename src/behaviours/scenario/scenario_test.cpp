// Plays every tests/scenarios/*.scenario.
#include "behaviours/scenario/scenario.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

constexpr auto kFolder = "tests/scenarios";

std::vector<std::filesystem::path> scenario_files() {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder, error)) {
        if (entry.path().extension() == ".scenario") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

class Scenarios : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Scenarios, GoesAsTold) {
    std::ifstream file(GetParam());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto scenario = parse_scenario(text, GetParam().filename().string());
    ASSERT_TRUE(scenario) << scenario.error().describe();
    const auto problems = play(*scenario);
    ASSERT_TRUE(problems) << problems.error().describe();
    for (const std::string& problem : *problems) {
        ADD_FAILURE() << GetParam().filename().string() << ": " << problem;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Text,
    Scenarios,
    testing::ValuesIn(scenario_files()),
    [](const testing::TestParamInfo<std::filesystem::path>& file) {
        std::string name = file.param.stem().string();
        std::ranges::replace_if(
            name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_'
        );
        return name;
    }
);

TEST(ScenarioFiles, AreFoundFromTheRootOfTheSourceTree) {
    EXPECT_GE(scenario_files().size(), 25U) << "run the tests in the root of the source tree";
}

constexpr auto kYard = R"(camera 1280x720 at 5 fps
zone yard 0.3,0.3 0.7,0.3 0.7,0.9 0.3,0.9
rule fence intrusion
    zones: [yard]
person 1
    0 100 500
    4 640 500
    8 1200 500
until 10
)";

TEST(ScenarioText, WhatIsNotToldIsAProblem) {
    const auto scenario = parse_scenario(kYard, "text");
    ASSERT_TRUE(scenario) << scenario.error().describe();
    const auto problems = play(*scenario);
    ASSERT_TRUE(problems) << problems.error().describe();
    ASSERT_FALSE(problems->empty());
    EXPECT_TRUE(problems->front().starts_with("not expected: begin of intrusion"))
        << problems->front();
}

TEST(ScenarioText, WhatIsToldAndDoesNotHappenIsAProblem) {
    const auto scenario = parse_scenario(
        std::string(kYard) + "expect intrusion from 2 to 4\nexpect loitering from 0 to 9\n", "text"
    );
    ASSERT_TRUE(scenario) << scenario.error().describe();
    const auto problems = play(*scenario);
    ASSERT_TRUE(problems);
    ASSERT_FALSE(problems->empty());
    EXPECT_EQ(problems->front(), "line 11: not met: expect loitering from 0 to 9");
}

TEST(ScenarioText, ErrorsNameTheLine) {
    const auto wrong = [](const char* text) {
        return parse_scenario(text, "text").error().message;
    };
    EXPECT_TRUE(wrong("camera big\n").starts_with("text:1: ")) << wrong("camera big\n");
    EXPECT_TRUE(wrong("\n\nperson 1\n   0 1\nuntil 3\n").starts_with("text:4: "));
    EXPECT_TRUE(wrong("dragon 1\n").starts_with("text:1: unknown statement 'dragon'"));
    EXPECT_TRUE(wrong("zone a 0.1,0.1 2,3\n").starts_with("text:1: "));
}

}  // namespace
}  // namespace bongsu::behaviours
