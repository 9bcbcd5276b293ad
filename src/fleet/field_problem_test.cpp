#include "fleet/field_problem.hpp"

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
    EXPECT_EQ(problem("camera: unknown key 'nam'; did you mean").field, "nam");
    EXPECT_EQ(problem("the disk is full").field, "");
}

TEST(FieldProblem, KnowsWhatPeopleMeetOften) {
    EXPECT_EQ(problem("camera.id 'gate' is given twice").code, "given_twice");
    EXPECT_EQ(
        problem("camera.place.latitude is 91 deg; allowed is -90 to 90").code, "out_of_range"
    );
    EXPECT_EQ(problem("camera needs either url or streams").code, "address_missing");
    EXPECT_EQ(
        problem("cameras.a.rules.b.zones: running looks at the whole picture; remove the zones")
            .code,
        "whole_picture_only"
    );
    EXPECT_EQ(
        problem("camera.zones[0]: the edges of the zone cross; order the corners around it").code,
        "zone_crosses_itself"
    );
    EXPECT_EQ(problem("the disk is full").code, "refused");
}

TEST(FieldProblem, TellsTheBounds) {
    using Values = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(
        problem("camera.place.latitude is 91 deg; allowed is -90 to 90").values,
        (Values{{"min", "-90"}, {"max", "90"}})
    );
    EXPECT_EQ(
        problem("cameras.a.rules.b.gravity is 9; allowed is 1 (least) to 5 (most)").values,
        (Values{{"min", "1"}, {"max", "5"}})
    );
    EXPECT_TRUE(problem("camera.height is -1 m; allowed is 0 to any").values.empty());
    EXPECT_TRUE(problem("camera needs either url or streams").values.empty());
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
        problem("cameras.gate.rules.fence: unknown key 'dwel'; did you", &camera).field,
        "rules[1].dwel"
    );
}

}  // namespace
}  // namespace bongsu::fleet
