#include "eval/measurements.hpp"

#include <set>

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

TEST(Percentile, IsTheNearestRank) {
    EXPECT_DOUBLE_EQ(percentile({3, 1, 2, 4}, 0.5), 2);
    EXPECT_DOUBLE_EQ(percentile({3, 1, 2, 4}, 0.95), 4);
    EXPECT_DOUBLE_EQ(percentile({7}, 0.5), 7);
    EXPECT_DOUBLE_EQ(percentile({}, 0.5), 0);
}

TEST(Measurements, NamesFollowTheTable) {
    EXPECT_NE(find_measurement("zones.precision"), nullptr);
    EXPECT_NE(find_measurement("tracking.PETS09-S2L1_001-150.idf1"), nullptr);
    EXPECT_NE(find_measurement("tracking.A.fps5.mota"), nullptr);
    EXPECT_NE(find_measurement("detection.vtest.at45.recall"), nullptr);
    EXPECT_EQ(find_measurement("tracking.A.speed"), nullptr);
    EXPECT_EQ(find_measurement("tracking.idf1"), nullptr);
    EXPECT_EQ(find_measurement("zones.precision.more"), nullptr);
    EXPECT_EQ(find_measurement("detection.vtest.at.false_boxes_per_frame"), nullptr);
}

TEST(Measurements, TheTableIsCompleteAndWithoutRepeats) {
    std::set<std::string_view> names;
    for (const MeasurementDesc& desc : measurement_table()) {
        EXPECT_TRUE(names.insert(desc.name).second) << desc.name;
        EXPECT_FALSE(desc.unit.empty()) << desc.name;
        EXPECT_FALSE(desc.help.empty()) << desc.name;
    }
}

TEST(Measurements, WritesOneFlatJsonObject) {
    Measurements measurements;
    measurements.add("zones.recall", 0.9375);
    measurements.add("zones.events", 22);
    EXPECT_EQ(
        measurements.to_json(), "{\n  \"zones.events\": 22,\n  \"zones.recall\": 0.9375\n}\n"
    );
}

TEST(Measurements, LeavesOutWhatIsNotANumber) {
    Measurements measurements;
    measurements.add("zones.recall", 0.0 / 0.0);
    EXPECT_TRUE(measurements.values().empty());
    EXPECT_EQ(measurements.to_json(), "{\n}\n");
}

TEST(Measurements, AlignsTheTableForPeople) {
    Measurements measurements;
    measurements.add("zones.recall", 0.5);
    measurements.add("zones.loitering.late_max", 1.25);
    EXPECT_EQ(
        measurements.to_table(),
        "zones.loitering.late_max      1.250 s\nzones.recall                  0.500 \n"
    );
}

TEST(Measurements, UndeclaredNamesAreABug) {
    Measurements measurements;
    EXPECT_DEATH(measurements.add("zones.nonsense", 1), "measurement_table");
}

TEST(NameParts, HoldNoDotsOrSpaces) {
    EXPECT_EQ(as_name_part("a b.c/d-1_2"), "a_b_c_d-1_2");
    EXPECT_EQ(as_name_part(""), "_");
}

}  // namespace
}  // namespace bongsu::eval
