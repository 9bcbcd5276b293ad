#include "eval/tracking/plain_sort.hpp"

#include "eval/mot/clear.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

TEST(PlainSort, ShowsATrackAfterThreeHitsAndEndsItAfterTwoMisses) {
    MotFrames detections(12);
    for (const std::size_t f : {4U, 5U, 6U, 7U, 8U, 11U}) {
        detections[f].push_back({.id = -1, .box = {100, 100, 40, 100}});
    }
    const MotFrames tracks = plain_sort(detections);
    EXPECT_TRUE(tracks[5].empty());
    EXPECT_FALSE(tracks[7].empty());
    EXPECT_TRUE(tracks[9].empty());
    EXPECT_TRUE(tracks[11].empty()) << "a new track must be seen three times";
}

/// The baseline is worth comparing with only if it is as good as the original on the same input.
TEST(PlainSort, GivesTheResultThatItsAuthorsPublish) {
    const char* data = std::getenv("BONGSU_DATA");
    const auto folder = std::filesystem::path(data == nullptr ? "" : data) / "tracking/TUD-Campus";
    if (data == nullptr || !std::filesystem::exists(folder)) {
        GTEST_SKIP() << "needs tracking/TUD-Campus in the folder that BONGSU_DATA names";
    }
    const MotSequence sequence = load_sequence(folder).value();
    const ClearScore score = clear_mot(sequence.truth, plain_sort(sequence.detections));
    EXPECT_NEAR(score.mota(), 0.627, 0.0005);
    EXPECT_EQ(score.false_positives, 15);
    EXPECT_EQ(score.misses, 113);
    EXPECT_EQ(score.switches, 6);
}

}  // namespace
}  // namespace bongsu::eval
