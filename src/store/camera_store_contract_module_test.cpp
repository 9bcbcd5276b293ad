// What every backend must do with cameras, run over SQLite always and over PostgreSQL when it is
// installed.
#include "store/testing/contract_test.hpp"

#include <gtest/gtest.h>

namespace bongsu::store {
namespace {

const WallTime kNoon = parse_iso8601("2026-11-21T12:00:00Z").value();

class CameraStoreContract : public testing::ContractTest {
protected:
    CameraStore& cameras() { return store_->cameras(); }
};

CameraStep step(
    const std::string& camera, std::int64_t number, CameraAction action = CameraAction::Changed
) {
    return {
        .version =
            {.camera = CameraId(camera),
             .number = number,
             .action = number == 1 ? CameraAction::Created : action,
             .time = kNoon + std::chrono::seconds{number},
             .who = "kim's",
             .why = "정비",
             .config = "{\"id\":\"" + camera + "\",\"note\":\"" + std::to_string(number) + "\"}"},
        .file_entry = {},
    };
}

TEST_P(CameraStoreContract, LatestVersionOfEachCameraIsLoaded) {
    const Status added = cameras().append({step("b", 1), step("a", 1), step("b", 2)});
    ASSERT_TRUE(added) << added.error().describe();
    ASSERT_TRUE(cameras().append({step("a", 2, CameraAction::Removed)}));
    const auto loaded = cameras().load().value();
    ASSERT_EQ(loaded.size(), 2U);
    EXPECT_EQ(loaded[0].latest, step("a", 2, CameraAction::Removed).version);
    EXPECT_TRUE(loaded[0].is_removed());
    EXPECT_EQ(loaded[1].latest, step("b", 2).version);
    EXPECT_FALSE(loaded[1].is_removed());
}

TEST_P(CameraStoreContract, AChangeOfAnOldVersionIsRefusedAndNamesWhoWasQuicker) {
    ASSERT_TRUE(cameras().append({step("a", 1)}));
    ASSERT_TRUE(cameras().append({step("a", 2)}));
    const Status late = cameras().append({step("b", 1), step("a", 2)});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::FailedPrecondition);
    EXPECT_NE(late.error().message.find("kim's (version 2)"), std::string::npos);
    EXPECT_EQ(cameras().load().value().size(), 1U) << "nothing of a refused transaction stays";
    EXPECT_EQ(cameras().append({step("nobody", 4)}).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(cameras().append({step("a", 1)}).error().kind, ErrorKind::FailedPrecondition);
}

TEST_P(CameraStoreContract, VersionsComeNewestFirstInPages) {
    for (int number = 1; number <= 5; ++number) {
        ASSERT_TRUE(cameras().append({step("a", number)}));
    }
    const auto first = cameras().versions(CameraId("a"), 0, 2).value();
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].number, 5);
    const auto second = cameras().versions(CameraId("a"), first[1].number, 10).value();
    ASSERT_EQ(second.size(), 3U);
    EXPECT_EQ(second[0].number, 3);
    EXPECT_EQ(cameras().version(CameraId("a"), 3).value(), step("a", 3).version);
    EXPECT_EQ(cameras().version(CameraId("a"), 9).error().kind, ErrorKind::NotFound);
}

TEST_P(CameraStoreContract, EntryOfTheFileIsKeptUntilItIsReplaced) {
    CameraStep from_file = step("a", 1);
    from_file.file_entry = "entry 1";
    ASSERT_TRUE(cameras().append({from_file}));
    ASSERT_TRUE(cameras().append({step("a", 2)}));
    EXPECT_EQ(cameras().load().value()[0].file_entry, "entry 1");
    CameraStep changed = step("a", 3);
    changed.file_entry = "entry 2";
    ASSERT_TRUE(cameras().append({changed}));
    EXPECT_EQ(cameras().load().value()[0].file_entry, "entry 2");
}

TEST_P(CameraStoreContract, GroupsAreChangedByVersion) {
    CameraGroup group{
        .id = GroupId("north"),
        .name = "북부",
        .organisation = OrganisationId("city"),
        .note = "",
        .version = 1
    };
    ASSERT_TRUE(cameras().put_group(group));
    EXPECT_EQ(cameras().put_group(group).error().kind, ErrorKind::FailedPrecondition);
    group.name = "북구";
    group.version = 2;
    ASSERT_TRUE(cameras().put_group(group));
    EXPECT_EQ(cameras().put_group(group).error().kind, ErrorKind::FailedPrecondition);
    EXPECT_EQ(cameras().groups().value(), std::vector{group});
    ASSERT_TRUE(cameras().remove_group(group.id));
    EXPECT_EQ(cameras().remove_group(group.id).error().kind, ErrorKind::NotFound);
}

INSTANTIATE_TEST_SUITE_P(
    Backends,
    CameraStoreContract,
    ::testing::Values("sqlite", "postgresql"),
    [](const auto& info) { return info.param; }
);

}  // namespace
}  // namespace bongsu::store
