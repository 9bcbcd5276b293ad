#include "camsim/faults.hpp"

#include "media/rtsp/message.hpp"
#include "media/rtsp/sdp.hpp"

#include <set>

#include <gtest/gtest.h>

namespace bongsu::camsim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::shared_ptr<const FaultScript> script(const char* yaml) {
    return parse_faults(parse_yaml(yaml, "test").value(), "faults").value();
}

/// What happens to a picture at this time, the one before being 100 ms earlier.
FaultAction at(const FaultScript& faults, int ms) {
    return faults.before_unit({milliseconds{ms}, milliseconds{ms - 100}});
}

int count(const FaultScript& faults, FaultAction action, int until_ms) {
    int found = 0;
    for (int ms = 100; ms <= until_ms; ms += 100) {
        found += at(faults, ms) == action ? 1 : 0;
    }
    return found;
}

TEST(Faults, NoneByDefault) {
    EXPECT_EQ(count(*no_faults(), FaultAction::None, 100'000), 1000);
    EXPECT_EQ(no_faults()->fate_of({1, 2}).copies, 1);
    EXPECT_EQ(no_faults()->report_offset(seconds{5}), Duration{0});
    EXPECT_TRUE(no_faults()->is_sign_of_life("RTCP"));
    EXPECT_FALSE(no_faults()->session_timeout());
}

TEST(Faults, StallsAfterEachIntervalForItsLength) {
    const auto faults = script("{stall_every: 10, stall_for: 2}");
    EXPECT_EQ(at(*faults, 1000), FaultAction::None);  // not at the very start
    EXPECT_EQ(at(*faults, 9900), FaultAction::None);
    EXPECT_EQ(at(*faults, 10'000), FaultAction::Withhold);
    EXPECT_EQ(at(*faults, 11'900), FaultAction::Withhold);
    EXPECT_EQ(at(*faults, 12'000), FaultAction::None);
    EXPECT_EQ(at(*faults, 21'000), FaultAction::Withhold);
}

TEST(Faults, DisturbsOnceAnInterval) {
    EXPECT_EQ(count(*script("{garbage_every: 1}"), FaultAction::Garbage, 10'000), 10);
    EXPECT_EQ(count(*script("{tear_every: 2}"), FaultAction::Tear, 10'000), 5);
}

TEST(Faults, EndsTheSessionAtItsTime) {
    EXPECT_EQ(at(*script("{reset_after: 3}"), 2900), FaultAction::None);
    EXPECT_EQ(at(*script("{reset_after: 3}"), 3000), FaultAction::Reset);
    EXPECT_EQ(at(*script("{cut_after: 3}"), 3000), FaultAction::Cut);
    EXPECT_EQ(at(*script("{hang_after: 3}"), 3000), FaultAction::Hang);
}

TEST(Faults, ActTogether) {
    const auto faults = script("{garbage_every: 1, reset_after: 5, keep_alive: options_only}");
    EXPECT_EQ(count(*faults, FaultAction::Garbage, 4900), 4);
    EXPECT_EQ(at(*faults, 5000), FaultAction::Reset);
    EXPECT_FALSE(faults->is_sign_of_life("GET_PARAMETER"));
    EXPECT_TRUE(faults->is_sign_of_life("OPTIONS"));
}

TEST(Faults, TreatsTheStatedShareOfPacketsAndTheSameEveryTime) {
    const auto faults = script("{udp_loss: 0.2, udp_doubled: 0.1, udp_late: 0.3}");
    int lost = 0;
    int doubled = 0;
    int late = 0;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        const PacketFate fate = faults->fate_of({77, i});
        EXPECT_EQ(fate.copies, faults->fate_of({77, i}).copies);
        lost += fate.copies == 0 ? 1 : 0;
        doubled += fate.copies == 2 ? 1 : 0;
        late += fate.is_late ? 1 : 0;
    }
    EXPECT_EQ(lost, 4000);
    EXPECT_NEAR(doubled, 1600, 200);  // of those that are not lost
    EXPECT_EQ(late, 6000);
}

TEST(Faults, SpareNoRunOfPacketsThatIsTwiceAsLongAsOneTurn) {
    const auto faults = script("{udp_loss: 0.01}");
    std::set<std::uint32_t> places;
    for (const std::uint64_t seed : {1, 2, 3}) {
        std::uint32_t last = 0;
        for (std::uint32_t i = 0; i < 5'000; ++i) {
            if (faults->fate_of({seed, i}).copies == 0) {
                EXPECT_LT(i - last, 200U);
                last = i;
                places.insert(i % 100);
            }
        }
        EXPECT_GE(last, 4'900U);
    }
    EXPECT_GT(places.size(), 40U) << "they come as regularly as no real loss does";
}

TEST(Faults, SetsTheClockForwardAndBack) {
    const auto faults = script("{clock_step_every: 10, clock_step: 3, clock_drift: 100}");
    EXPECT_EQ(faults->report_offset(seconds{0}), Duration{0});
    EXPECT_EQ(faults->report_offset(seconds{10}), seconds{3} + milliseconds{1});
    EXPECT_EQ(faults->report_offset(seconds{20}), milliseconds{2});
    EXPECT_FALSE(script("{sender_reports: false}")->report_offset(seconds{1}));
}

TEST(Faults, TurnToTheOtherFilmByTimeOrBySession) {
    const auto by_time = script("{switch_every: 5}");
    EXPECT_FALSE(by_time->plays_other_film(0, seconds{4}));
    EXPECT_TRUE(by_time->plays_other_film(0, seconds{5}));
    EXPECT_FALSE(by_time->plays_other_film(0, seconds{10}));
    EXPECT_TRUE(script("{switch_by_session: true}")->plays_other_film(1, seconds{0}));
}

TEST(Faults, RefuseKeepAlivesInTheirOwnWays) {
    media::RtspRequest request;
    request.method = "GET_PARAMETER";
    media::RtspResponse response;
    response.status = 200;
    const auto drops = script("{keep_alive: refuses_get_parameter}");
    drops->change_response(request, response);
    EXPECT_EQ(response.status, 454);
    EXPECT_TRUE(drops->hangs_up_after("GET_PARAMETER"));
    request.method = "SET_PARAMETER";
    script("{keep_alive: refuses_set_parameter}")->change_response(request, response);
    EXPECT_EQ(response.status, 400);
    response.headers.add("CSeq", "7");
    script("{wrong_numbers: true}")->change_response(request, response);
    EXPECT_EQ(response.headers.cseq(), 99999U);
    EXPECT_EQ(response.headers.find_all("CSeq").size(), 1U);
}

TEST(Faults, BreakTheDescriptionAsTold) {
    const std::string good =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
        "a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1; "
        "sprop-parameter-sets=Z2QAHg==,aO4=\r\na=framerate:10.00\r\na=control:trackID=0\r\n";
    std::string sdp = good;
    script("{description: [no_sprop]}")->change_description(sdp);
    EXPECT_EQ(sdp.find("sprop"), std::string::npos);
    sdp = good;
    script("{description: [wrong_sprop, lying_rate, backchannel]}")->change_description(sdp);
    EXPECT_NE(sdp.find("Z0LAKNoB"), std::string::npos);
    EXPECT_NE(sdp.find("framerate:60"), std::string::npos);
    EXPECT_NE(sdp.find("sendonly"), std::string::npos);
    sdp = good;
    script("{description: [bad_origin]}")->change_description(sdp);
    EXPECT_EQ(sdp.find("127.0.0.1"), std::string::npos);
    const auto video = media::choose_video(media::parse_sdp(sdp).value());
    EXPECT_TRUE(video) << "only the lines around the video may break";
}

TEST(Faults, NameTheNearestFlawOfADescription) {
    const auto parsed =
        parse_faults(parse_yaml("{description: [no_sprob]}", "test").value(), "cameras[0].faults");
    ASSERT_FALSE(parsed);
    EXPECT_NE(parsed.error().message.find("no_sprop"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::camsim
