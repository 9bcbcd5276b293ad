#include "eval/mot/sequence.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

TEST(MotRows, SortsRowsIntoFrames) {
    const MotFrames frames =
        parse_mot_rows("2,-1,649.441,231.5,44,86,0.75,-1,-1,-1\r\n1,4,1,2,3,4\n\n", "t", false)
            .value();
    ASSERT_EQ(frames.size(), 2);
    EXPECT_EQ(frames[0][0].id, 4);
    EXPECT_DOUBLE_EQ(frames[0][0].score, 1);
    EXPECT_FLOAT_EQ(frames[1][0].box.x, 649.441F);
    EXPECT_DOUBLE_EQ(frames[1][0].score, 0.75);
}

TEST(MotRows, LeavesOutRowsThatAreNotConsidered) {
    const char* text = "1,4,1,2,3,4,0\n1,5,1,2,3,4,1\n";
    EXPECT_EQ(parse_mot_rows(text, "t", true).value()[0].size(), 1);
    EXPECT_EQ(parse_mot_rows(text, "t", false).value()[0].size(), 2);
}

TEST(MotRows, NamesTheBrokenLine) {
    EXPECT_EQ(
        parse_mot_rows("1,4,1,2,3,4\n1,4,one,2,3,4\n", "gt.txt", true).error().message,
        "gt.txt:2: expected frame,id,x,y,w,h[,score...]"
    );
    EXPECT_FALSE(parse_mot_rows("1,4,1,2,3\n", "t", true));
    EXPECT_FALSE(parse_mot_rows("1,4,1,2,3,inf\n", "t", true));
}

TEST(MotRows, RefusesFramesOutsideItsLimits) {
    EXPECT_FALSE(parse_mot_rows("0,4,1,2,3,4\n", "t", true));
    EXPECT_FALSE(parse_mot_rows("4000000,4,1,2,3,4\n", "t", true));
    EXPECT_FALSE(parse_mot_rows("1.5,4,1,2,3,4\n", "t", true));
}

TEST(SequenceInfo, ReadsTheKeysItNeeds) {
    const SequenceInfo info =
        parse_sequence_info(
            "[Sequence]\nname=A\nframeRate=7\nseqLength=150\nimWidth=768\nimHeight=576\nimExt=.png",
            "seqinfo.ini"
        )
            .value();
    EXPECT_EQ(info.name, "A");
    EXPECT_DOUBLE_EQ(info.frame_rate, 7);
    EXPECT_EQ(info.length, 150);
    EXPECT_EQ(info.image_extension, ".png");
}

TEST(SequenceInfo, SaysWhatIsMissing) {
    EXPECT_EQ(
        parse_sequence_info("name=A\n", "s.ini").error().message,
        "s.ini: frameRate, seqLength, imWidth and imHeight must be there and above 0"
    );
}

}  // namespace
}  // namespace bongsu::eval
