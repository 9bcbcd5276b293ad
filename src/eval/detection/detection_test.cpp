#include "eval/detection/labels.hpp"
#include "eval/detection/scoring.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

Detection found(float x, float score, float h = 100) {
    return {.cls = ObjectClass::Person, .score = score, .box = {x, 0, 40, h}, .appearance = {}};
}

Box person(float x, float h = 100) {
    return {x, 0, 40, h};
}

TEST(DetectionScore, AveragePrecisionOfAKnownRanking) {
    // By falling score: true, false, true. Recall 1/2 at precision 1, recall 1 at precision 2/3.
    const std::vector<LookedAtPicture> pictures{
        {.truth = {.people = {person(0), person(100)}, .ignored = {}},
         .people = {found(0, 0.9F), found(300, 0.8F), found(100, 0.7F)}},
    };
    const DetectionCurve curve = score_detections(pictures, 0.5);
    EXPECT_NEAR(curve.average_precision(), 0.5 + 0.5 * 2 / 3, 1e-9);
    EXPECT_DOUBLE_EQ(curve.at_score(0.75F).recall, 0.5);
    EXPECT_DOUBLE_EQ(curve.at_score(0.75F).false_per_picture, 1);
    EXPECT_DOUBLE_EQ(curve.at_false_per_picture(0.5).recall, 0.5);
    EXPECT_FLOAT_EQ(curve.at_false_per_picture(0.5).score, 0.9F);
    EXPECT_DOUBLE_EQ(curve.at_false_per_picture(1).recall, 1);
}

TEST(DetectionScore, ASecondBoxOnOnePersonIsFalse) {
    const DetectionCurve curve = score_detections(
        {{.truth = {.people = {person(0)}, .ignored = {}},
          .people = {found(0, 0.9F), found(2, 0.8F)}}},
        0.5
    );
    EXPECT_DOUBLE_EQ(curve.at_score(0.1F).false_per_picture, 1);
}

TEST(DetectionScore, IgnoredRegionsAreNeitherMissedNorFalse) {
    const DetectionCurve curve = score_detections(
        {{.truth = {.people = {person(0)}, .ignored = {person(200)}},
          .people = {found(0, 0.9F), found(200, 0.8F)}}},
        0.5
    );
    EXPECT_DOUBLE_EQ(curve.average_precision(), 1);
    EXPECT_DOUBLE_EQ(curve.at_score(0.1F).false_per_picture, 0);
}

TEST(DetectionScore, BandsJudgeOnlyTheirOwnHeights) {
    const std::vector<LookedAtPicture> pictures{
        {.truth = {.people = {person(0, 40), person(100, 100)}, .ignored = {}},
         .people = {found(0, 0.9F, 40), found(300, 0.8F, 150)}},
    };
    const DetectionCurve small = score_detections(pictures, 0.5, {0, 50});
    EXPECT_EQ(small.truth_boxes(), 1);
    EXPECT_DOUBLE_EQ(small.at_score(0.1F).recall, 1);
    EXPECT_DOUBLE_EQ(small.at_score(0.1F).false_per_picture, 0);
    EXPECT_DOUBLE_EQ(score_detections(pictures, 0.5, {50, 120}).at_score(0.1F).recall, 0);
}

TEST(BoxLabels, ReadsColumnsByName) {
    const TruthByPicture labels =
        parse_box_labels("frame,x,y,w,h,considered\n13,1,2,3,4,1\r\n13,5,6,7,8,0\n", "frame", "t")
            .value();
    ASSERT_EQ(labels.size(), 1);
    EXPECT_EQ(labels.at("13").people.size(), 1);
    EXPECT_EQ(labels.at("13").ignored.size(), 1);
}

TEST(BoxLabels, SortsMotChallengeClasses) {
    const TruthByPicture labels = parse_box_labels(
                                      "image,id,x,y,w,h,considered,cls,visibility\n"
                                      "a,1,0,0,9,9,1,1,1\n"    // a person
                                      "a,2,0,0,9,9,1,1,0.2\n"  // hardly visible: ignored
                                      "a,3,0,0,9,9,0,7,1\n"    // static person: ignored
                                      "a,4,0,0,9,9,0,3,1\n",   // car: nothing to do with people
                                      "image",
                                      "t"
    )
                                      .value();
    EXPECT_EQ(labels.at("a").people.size(), 1);
    EXPECT_EQ(labels.at("a").ignored.size(), 2);
}

TEST(BoxLabels, NamesTheBrokenLine) {
    EXPECT_EQ(
        parse_box_labels("image,x,y,w,h,considered\na,1,2,3\n", "image", "boxes.csv")
            .error()
            .message,
        "boxes.csv:2: expected image,x,y,w,h,considered"
    );
}

}  // namespace
}  // namespace bongsu::eval
