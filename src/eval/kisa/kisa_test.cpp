#include "eval/kisa/clip_file.hpp"
#include "eval/kisa/kisa_score.hpp"
#include "eval/kisa/zone_map.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

KisaClip clip(std::vector<KisaAlarm> alarms) {
    return {.file_name = "C00_001_0001.mp4", .duration = 300, .alarms = std::move(alarms)};
}

KisaScore scored(const KisaClip& truth, const KisaClip& result, const std::string& event) {
    std::map<std::string, KisaScore> scores;
    score_clip(truth, result, {}, scores);
    return scores[event];
}

TEST(KisaClip, ResultsAreReadBackAsWritten) {
    const KisaClip written = clip({{"Loitering", 181, 243}, {"Intrusion", 3723, 0}});
    const KisaClip read = parse_kisa_clip(write_kisa_result(written), "r.xml").value();
    EXPECT_EQ(read.file_name, "C00_001_0001.mp4");
    ASSERT_EQ(read.alarms.size(), 2);
    EXPECT_EQ(read.alarms[0].start, 181);
    EXPECT_EQ(read.alarms[0].duration, 243);
    EXPECT_EQ(read.alarms[1].event, "Intrusion");
    EXPECT_EQ(read.alarms[1].start, 3723);
}

TEST(KisaClip, WithoutAlarmsTheTagsStayAPair) {
    const std::string xml = write_kisa_result(clip({}));
    EXPECT_NE(xml.find("<AlarmEvents>0</AlarmEvents>"), std::string::npos);
    EXPECT_NE(xml.find("<Alarms></Alarms>"), std::string::npos);
}

TEST(KisaClip, ReadsGroundTruthWithAByteOrderMark) {
    const KisaClip read =
        parse_kisa_clip(
            "\xEF\xBB\xBF<?xml version=\"1.0\"?><KisaLibraryIndex><Library><Scenario>L</Scenario>"
            "<Clip><Header><Filename>a.mp4</Filename><Duration>00:05:00</Duration></Header>"
            "<Alarms><Alarm><StartTime>00:00:40</StartTime>"
            "<AlarmDescription>Loitering</AlarmDescription></Alarm></Alarms></Clip></Library>"
            "</KisaLibraryIndex>",
            "t.xml"
        )
            .value();
    EXPECT_EQ(read.duration, 300);
    EXPECT_EQ(read.alarms[0].start, 40);
}

TEST(KisaClip, SaysWhatIsWrong) {
    EXPECT_NE(
        parse_kisa_clip("<KisaLibraryIndex>", "a.xml").error().message.find("a.xml"),
        std::string::npos
    );
    EXPECT_EQ(
        parse_kisa_clip("<x/>", "a.xml").error().message,
        "a.xml: there is no KisaLibraryIndex/Library/Clip"
    );
}

TEST(ClockTime, AcceptsOnlyHoursMinutesSeconds) {
    EXPECT_EQ(parse_clock_time("01:02:03").value(), 3723);
    EXPECT_EQ(parse_clock_time("99:59:59").value(), 359'999);
    for (const char* bad :
         {"", "1", "01:02", "01:02:", "01:60:00", "aa:00:00", "001:00:00", "-1:00:00", "01:02:03:04"
         }) {
        EXPECT_FALSE(parse_clock_time(bad)) << bad;
    }
}

TEST(KisaScore, AlarmsWithinTheWindowHit) {
    const KisaClip truth = clip({{"Loitering", 60, 10}});
    for (const int start : {58, 60, 70}) {
        EXPECT_DOUBLE_EQ(scored(truth, clip({{"Loitering", start, 5}}), "Loitering").points(), 100);
    }
}

TEST(KisaScore, AnAlarmOutsideIsFalseAndLeavesAMiss) {
    const KisaClip truth = clip({{"Loitering", 60, 10}});
    for (const int start : {57, 71}) {
        const KisaScore score = scored(truth, clip({{"Loitering", start, 5}}), "Loitering");
        EXPECT_EQ(score.false_alarms, 1);
        EXPECT_EQ(score.misses, 1);
        EXPECT_DOUBLE_EQ(score.points(), 0);
    }
}

TEST(KisaScore, OneEventTakesOneAlarm) {
    const KisaScore score = scored(
        clip({{"Loitering", 60, 10}}),
        clip({{"Loitering", 60, 5}, {"Loitering", 62, 5}}),
        "Loitering"
    );
    EXPECT_EQ(score.hits, 1);
    EXPECT_EQ(score.false_alarms, 1);
    EXPECT_NEAR(score.points(), 200.0 / 3, 1e-9);
}

TEST(KisaScore, AnAlarmOfAnotherTypeDoesNotHit) {
    EXPECT_EQ(
        scored(clip({{"Loitering", 60, 10}}), clip({{"Intrusion", 60, 5}}), "Intrusion")
            .false_alarms,
        1
    );
}

TEST(KisaScore, AnAlarmWithoutAnEventIsFalse) {
    EXPECT_EQ(scored(clip({}), clip({{"Falldown", 5, 5}}), "Falldown").false_alarms, 1);
}

TEST(ZoneMap, ReadsZonesNormalised) {
    const KisaZones zones =
        parse_zone_map(
            "\xEF\xBB\xBF<DA><DetectionAreas>1</DetectionAreas>"
            "<DetectArea><Point>0,0</Point><Point>1280, "
            "0</Point><Point>640,720</Point></DetectArea>"
            "<Loitering><Point>320,180</Point><Point>640,180</Point><Point>640,360</Point>"
            "</Loitering></DA>",
            "C00_001.map"
        )
            .value();
    ASSERT_EQ(zones.size(), 2);
    EXPECT_EQ(zones.at("DetectArea")[1], (Point{1, 0}));
    EXPECT_EQ(zones.at("Loitering")[0], (Point{0.25F, 0.25F}));
}

TEST(ZoneMap, RefusesWhatIsNotAMap) {
    EXPECT_FALSE(parse_zone_map("<x/>", "m"));
    EXPECT_FALSE(parse_zone_map("<DA><A><Point>1;2</Point></A></DA>", "m"));
    EXPECT_FALSE(parse_zone_map("", "m"));
}

TEST(ZoneMap, IsNamedAfterTheFirstTwoPartsOfTheClip) {
    EXPECT_EQ(zone_map_name("C00_001_0001.mp4"), "C00_001.map");
    EXPECT_EQ(zone_map_name("one.mp4"), "one.map");
}

}  // namespace
}  // namespace bongsu::eval
