#include "recording/retention.hpp"

#include "store/testing/temporary_store.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace bongsu::recording {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using store::Segment;

const WallTime kNow = parse_iso8601("2026-11-21T12:00:00Z").value();
constexpr std::int64_t kBytes = 1'000;

class RetentionTest : public ::testing::Test {
protected:
    /// A segment of one hour that ended `hours_ago`, with its file.
    Segment add(
        const std::string& camera,
        int hours_ago,
        store::SegmentState state = store::SegmentState::Closed
    ) {
        Segment made;
        made.end = kNow - hours{hours_ago};
        made.start = made.end - hours{1};
        made.camera = CameraId(camera);
        made.organisation = OrganisationId("city");
        made.state = state;
        made.bytes = kBytes;
        made.chain_after = "after " + std::to_string(hours_ago);
        made.path = "city/" + camera + "/main/" + to_iso8601(made.start).substr(0, 10) + "/" +
                    std::to_string(100'000 - hours_ago) + ".mp4";
        fs::create_directories((root() / made.path).parent_path());
        std::ofstream(root() / made.path) << std::string(kBytes, 'x');
        EXPECT_TRUE(store_->segments().put(made));
        return made;
    }

    RetentionOutcome run(Retention::IsHeld is_held = {}, Retention::FreeBytes free_bytes = {}) {
        Retention retention({
            .root = root().string(),
            .index = store_->segments(),
            .clock = clock_,
            .metrics = metrics_,
            .is_held = std::move(is_held),
            .free_bytes = std::move(free_bytes),
        });
        const auto outcome = retention.run(rules_);
        EXPECT_TRUE(outcome) << (outcome ? "" : outcome.error().describe());
        return outcome.value_or(RetentionOutcome{});
    }

    bool is_kept(const Segment& segment) {
        const bool has_row = store_->segments().get(segment.path).value().has_value();
        EXPECT_EQ(has_row, fs::exists(root() / segment.path)) << segment.path;
        return has_row;
    }

    fs::path root() const { return folder_.path(); }

    store::testing::TemporaryFolder folder_;
    store::testing::TemporaryStore store_;
    ManualClock clock_{kNow};
    Metrics metrics_;
    RetentionRules rules_;
};

TEST_F(RetentionTest, EachCameraKeepsItsOwnTime) {
    rules_.cameras[CameraId("short")] = {.keep_for = hours{24}};
    rules_.cameras[CameraId("long")] = {.keep_for = hours{48}};
    const Segment gone = add("short", 25);
    const Segment kept = add("short", 23);
    const Segment other = add("long", 25);
    EXPECT_EQ(run().segments, 1);
    EXPECT_FALSE(is_kept(gone));
    EXPECT_TRUE(is_kept(kept));
    EXPECT_TRUE(is_kept(other));
    clock_.advance(hours{2});
    EXPECT_EQ(run().segments, 1);
    EXPECT_FALSE(is_kept(kept));
}

TEST_F(RetentionTest, CameraThatIsNoLongerConfiguredIsDeletedTooAndItsFoldersGo) {
    rules_.unlisted.keep_for = hours{24};
    const Segment gone = add("removed", 72);
    std::ofstream(root() / (gone.path + ".torn")) << "tail";
    run();
    EXPECT_FALSE(is_kept(gone));
    EXPECT_FALSE(fs::exists((root() / gone.path).parent_path()));
}

TEST_F(RetentionTest, OldestGoFirstWhenACameraHasTooManyBytes) {
    rules_.cameras[CameraId("c")] = {.keep_for = hours{1'000}, .keep_bytes = 2 * kBytes};
    const Segment oldest = add("c", 4);
    const Segment old = add("c", 3);
    const Segment newer = add("c", 2);
    const Segment newest = add("c", 1);
    const RetentionOutcome outcome = run();
    EXPECT_EQ(outcome.segments, 2);
    EXPECT_EQ(outcome.bytes, 2 * kBytes);
    EXPECT_FALSE(is_kept(oldest));
    EXPECT_FALSE(is_kept(old));
    EXPECT_TRUE(is_kept(newer));
    EXPECT_TRUE(is_kept(newest));
}

TEST_F(RetentionTest, OrganisationLimitTakesTheOldestOfAllItsCameras) {
    for (const bool has_own_limit : {false, true}) {
        rules_.keep_bytes_per_organisation = has_own_limit ? 1 : 2 * kBytes;
        if (has_own_limit) {
            rules_.organisations[OrganisationId("city")] = 2 * kBytes;
        }
        const Segment a = add("a", 30);
        const Segment b = add("b", 20);
        const Segment c = add("a", 10);
        run();
        EXPECT_FALSE(is_kept(a)) << has_own_limit;
        EXPECT_TRUE(is_kept(b)) << has_own_limit;
        EXPECT_TRUE(is_kept(c)) << has_own_limit;
        rules_.keep_bytes_per_organisation = 0;
        rules_.organisations[OrganisationId("city")] = 1;
        run();
    }
}

TEST_F(RetentionTest, FreeSpaceFloorTakesJustEnough) {
    rules_.free_floor = 10'000;
    const Segment first = add("a", 5);
    const Segment second = add("b", 4);
    const Segment third = add("c", 3);
    const RetentionOutcome outcome =
        run({}, []() -> Result<std::int64_t> { return 10'000 - kBytes - 1; });
    EXPECT_EQ(outcome.segments, 2);
    EXPECT_FALSE(is_kept(first));
    EXPECT_FALSE(is_kept(second));
    EXPECT_TRUE(is_kept(third));
}

TEST_F(RetentionTest, LegalHoldStaysAndTheNextOldestGoesInstead) {
    rules_.cameras[CameraId("c")] = {.keep_for = hours{24}, .keep_bytes = kBytes};
    const Segment held = add("c", 30);
    const Segment free = add("c", 3);
    const Segment newest = add("c", 1);
    const RetentionOutcome outcome =
        run([&](const Segment& segment) { return segment.path == held.path; });
    EXPECT_EQ(outcome.held, 1);
    EXPECT_TRUE(is_kept(held));
    EXPECT_FALSE(is_kept(free));
    EXPECT_FALSE(is_kept(newest));
}

TEST_F(RetentionTest, OpenSegmentsAreNeverTouched) {
    rules_.unlisted.keep_for = hours{1};
    const Segment open = add("c", 30, store::SegmentState::Open);
    EXPECT_EQ(run().segments, 0);
    EXPECT_TRUE(is_kept(open));
}

TEST_F(RetentionTest, DeletionCutShortIsFinishedByTheNextPass) {
    rules_.unlisted.keep_for = hours{1'000};
    const Segment with_file = add("c", 3);
    const Segment without_file = add("c", 2);
    ASSERT_TRUE(store_->segments().mark_retiring({with_file.path, without_file.path}));
    fs::remove(root() / without_file.path);
    EXPECT_EQ(run().segments, 2);
    EXPECT_FALSE(is_kept(with_file));
    EXPECT_FALSE(is_kept(without_file));
}

}  // namespace
}  // namespace bongsu::recording
