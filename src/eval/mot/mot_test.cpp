#include "eval/mot/clear.hpp"
#include "eval/mot/hota.hpp"
#include "eval/mot/identity.hpp"

#include <cmath>
#include <cstdlib>
#include <initializer_list>

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

/// A 10x10 box with its left edge at `x`: shifted by 1, the IoU with itself is 9/11.
MotRow at(int id, float x) {
    return {.id = id, .box = {x, 0, 10, 10}};
}

MotFrames frames(std::initializer_list<std::vector<MotRow>> rows) {
    return {rows};
}

/// One object seen in four frames, followed by two tracks in turn.
const MotFrames kObject = frames({{at(1, 0)}, {at(1, 0)}, {at(1, 0)}, {at(1, 0)}});
const MotFrames kTwoTracks = frames({{at(7, 0)}, {at(7, 0)}, {at(8, 0)}, {at(8, 0)}});

TEST(ClearMot, PerfectTracksScoreOne) {
    const ClearScore score = clear_mot(kObject, kObject);
    EXPECT_DOUBLE_EQ(score.mota(), 1);
    EXPECT_DOUBLE_EQ(score.motp(), 0);
    EXPECT_EQ(score.matches, 4);
}

TEST(ClearMot, CountsASwitchOnce) {
    const ClearScore score = clear_mot(kObject, kTwoTracks);
    EXPECT_EQ(score.switches, 1);
    EXPECT_EQ(score.fragmentations, 0);
    EXPECT_DOUBLE_EQ(score.mota(), 0.75);
}

TEST(ClearMot, CountsMissesFalseBoxesAndFragmentations) {
    const ClearScore score =
        clear_mot(kObject, frames({{at(7, 0)}, {}, {at(7, 1)}, {at(7, 0), at(9, 50)}}));
    EXPECT_EQ(score.misses, 1);
    EXPECT_EQ(score.false_positives, 1);
    EXPECT_EQ(score.fragmentations, 1);
    EXPECT_EQ(score.switches, 0);
    EXPECT_DOUBLE_EQ(score.mota(), 0.5);
    EXPECT_NEAR(score.motp(), (2.0 / 11) / 3, 1e-6);
}

TEST(ClearMot, KeepsAnOldPairThoughAnotherTrackIsNearer) {
    const ClearScore score =
        clear_mot(frames({{at(1, 0)}, {at(1, 0)}}), frames({{at(7, 0)}, {at(7, 2), at(8, 0)}}));
    EXPECT_EQ(score.switches, 0);
    EXPECT_EQ(score.false_positives, 1);
}

TEST(ClearMot, PairsOnlyBoxesThatOverlapByHalf) {
    // Shift 3: IoU 7/13 = 0.538. Shift 4: 6/14 = 0.429.
    EXPECT_EQ(clear_mot(frames({{at(1, 0)}}), frames({{at(7, 3)}})).matches, 1);
    EXPECT_EQ(clear_mot(frames({{at(1, 0)}}), frames({{at(7, 4)}})).matches, 0);
}

TEST(ClearMot, FramesOnOneSideOnlyCountAsErrors) {
    const ClearScore score = clear_mot(frames({{at(1, 0)}}), frames({{}, {at(7, 0)}}));
    EXPECT_EQ(score.misses, 1);
    EXPECT_EQ(score.false_positives, 1);
}

TEST(IdentityScore, GivesAnObjectOneTrackOnly) {
    const IdentityScore score = identity_score(kObject, kTwoTracks);
    EXPECT_EQ(score.true_positives, 2);
    EXPECT_EQ(score.false_positives, 2);
    EXPECT_EQ(score.misses, 2);
    EXPECT_DOUBLE_EQ(score.idf1(), 0.5);
}

TEST(IdentityScore, ChoosesTheNamingThatIsBestOverall) {
    // Track 7 covers object 1 twice and object 2 three times; track 8 covers object 1 once.
    const IdentityScore score = identity_score(
        frames({{at(1, 0)}, {at(1, 0)}, {at(2, 0)}, {at(2, 0)}, {at(2, 0)}, {at(1, 0)}}),
        frames({{at(7, 0)}, {at(7, 0)}, {at(7, 0)}, {at(7, 0)}, {at(7, 0)}, {at(8, 0)}})
    );
    EXPECT_EQ(score.true_positives, 4);
    EXPECT_DOUBLE_EQ(score.precision(), 4.0 / 6);
}

TEST(Hota, PerfectTracksScoreOne) {
    const HotaScore score = hota(kObject, kObject);
    EXPECT_NEAR(score.hota, 1, 1e-9);
    EXPECT_NEAR(score.deta, 1, 1e-9);
    EXPECT_NEAR(score.assa, 1, 1e-9);
}

TEST(Hota, SplitTrackHalvesAssociation) {
    // Each of the 4 matches has 2 common frames of 4 + 2 - 2: association 0.5, detection 1.
    const HotaScore score = hota(kObject, kTwoTracks);
    EXPECT_NEAR(score.deta, 1, 1e-9);
    EXPECT_NEAR(score.assa, 0.5, 1e-9);
    EXPECT_NEAR(score.hota, std::sqrt(0.5), 1e-9);
}

TEST(Hota, AveragesOverOverlapThresholds) {
    // IoU 7/13 = 0.538 passes the 10 thresholds 0.05 ... 0.50 of 19.
    const HotaScore score = hota(frames({{at(1, 0)}}), frames({{at(7, 3)}}));
    EXPECT_NEAR(score.hota, 10.0 / 19, 1e-9);
}

TEST(Hota, NothingFoundScoresZero) {
    EXPECT_DOUBLE_EQ(hota(kObject, {}).hota, 0);
}

/// The published result of py-motmetrics for these two files, when the evaluation data is there.
TEST(MotScores, AgreeWithThePublishedTudCampusResult) {
    const char* data = std::getenv("BONGSU_DATA");
    const auto folder =
        std::filesystem::path(data == nullptr ? "" : data) / "tracking/_metric_check/TUD-Campus";
    if (data == nullptr || !std::filesystem::exists(folder)) {
        GTEST_SKIP() << "needs tracking/_metric_check in the folder that BONGSU_DATA names";
    }
    const MotFrames truth = load_mot_rows(folder / "gt.txt", true).value();
    const MotFrames tracks = load_mot_rows(folder / "test.txt", false).value();
    const ClearScore clear = clear_mot(truth, tracks);
    EXPECT_EQ(clear.false_positives, 13);
    EXPECT_EQ(clear.misses, 150);
    EXPECT_EQ(clear.switches, 7);
    EXPECT_EQ(clear.fragmentations, 7);
    EXPECT_NEAR(clear.mota(), 0.526, 0.0005);
    EXPECT_NEAR(clear.motp(), 0.277, 0.0005);
    const IdentityScore identity = identity_score(truth, tracks);
    EXPECT_NEAR(identity.idf1(), 0.558, 0.0005);
    EXPECT_NEAR(identity.precision(), 0.730, 0.0005);
    EXPECT_NEAR(identity.recall(), 0.451, 0.0005);
}

}  // namespace
}  // namespace bongsu::eval
