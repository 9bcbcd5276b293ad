#include "console/camera_conditions.hpp"

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

HealthSnapshot snapshot_of(std::vector<std::pair<std::string, CameraCondition>> cameras) {
    HealthSnapshot snapshot;
    for (const auto& [id, condition] : cameras) {
        CameraHealth health;
        health.camera = CameraId(id);
        health.condition = condition;
        snapshot.cameras.push_back(health);
    }
    return snapshot;
}

TEST(CameraConditions, TellsEachChangeOnce) {
    CameraConditions conditions;
    const auto both = snapshot_of({{"gate", CameraCondition::Ok}, {"pond", CameraCondition::Lost}});
    EXPECT_EQ(conditions.changes(both).size(), 2U);
    EXPECT_TRUE(conditions.changes(both).empty());
    const auto changed = conditions.changes(
        snapshot_of({{"gate", CameraCondition::Degraded}, {"pond", CameraCondition::Lost}})
    );
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0].camera.value(), "gate");
    EXPECT_EQ(changed[0].state, "degraded");
}

TEST(CameraConditions, SaysThatARemovedCameraIsOff) {
    CameraConditions conditions;
    std::ignore = conditions.changes(snapshot_of({{"gate", CameraCondition::Ok}}));
    const auto changed = conditions.changes(snapshot_of({}));
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0].state, "off");
    EXPECT_TRUE(conditions.changes(snapshot_of({})).empty());
}

}  // namespace
}  // namespace bongsu::console
