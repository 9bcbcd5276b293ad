#include "fleet/field_problem.hpp"

#include "core/settings.hpp"

#include <gtest/gtest.h>

namespace bongsu::fleet {
namespace {

FieldProblem problem(const std::string& message, const CameraConfig* camera = nullptr) {
    return field_problem({ErrorKind::InvalidArgument, message, nullptr}, camera);
}

TEST(FieldProblem, NamesThePlaceInTheForm) {
    EXPECT_EQ(problem("camera.place.latitude is 91 deg; allowed ...").field, "place.latitude");
    EXPECT_EQ(problem("camera.zones[0].points[1] lies outside").field, "zones[0].points[1]");
    EXPECT_EQ(problem("streams[0].url names another host").field, "streams[0].url");
    EXPECT_EQ(problem("the disk is full").field, "");
}

TEST(FieldProblem, CarriesTheCodeAndTheBoundsOfTheError) {
    const auto made = fail(
        ErrorKind::InvalidArgument,
        "out_of_range"_code,
        "camera.place.latitude is 91 deg",
        {{"min", "-90"}, {"max", "90"}}
    );
    const FieldProblem found = field_problem(made.error(), nullptr);
    EXPECT_EQ(found.field, "place.latitude");
    EXPECT_EQ(found.code.name(), "out_of_range");
    EXPECT_EQ(found.values, (ErrorValues{{"min", "-90"}, {"max", "90"}}));
    EXPECT_TRUE(problem("the disk is full").code.empty());
}

TEST(FieldProblem, PutsAnUnknownKeyAtTheEndOfThePath) {
    const FieldProblem found =
        field_problem(unknown_key("camera.place", "latitud", {"latitude"}), nullptr);
    EXPECT_EQ(found.field, "place.latitud");
    EXPECT_EQ(found.code.name(), "unknown_field");
    EXPECT_TRUE(found.values.empty());
}

TEST(FieldProblem, TurnsNamesOfRulesIntoNumbers) {
    CameraConfig camera;
    camera.id = CameraId("gate");
    camera.rules.resize(2);
    camera.rules[0].id = RuleId("night");
    camera.rules[1].id = RuleId("fence");
    EXPECT_EQ(problem("cameras.gate.rules.fence.dwell is 0 s", &camera).field, "rules[1].dwell");
    EXPECT_EQ(
        problem("cameras.gate.rules.fence.zones: 'x' is a line", &camera).field, "rules[1].zones"
    );
    EXPECT_EQ(
        field_problem(unknown_key("cameras.gate.rules.fence", "dwel", {"dwell"}), &camera).field,
        "rules[1].dwel"
    );
}

}  // namespace
}  // namespace bongsu::fleet
