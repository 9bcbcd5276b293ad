#include "camsim/rtsp_responder.hpp"

#include "camsim/testing/films.hpp"
#include "media/rtsp/sdp.hpp"

#include <gtest/gtest.h>

namespace bongsu::camsim {
namespace {

const MonoTime kNow{std::chrono::seconds{100}};
const WallTime kWall{std::chrono::seconds{1'750'000'000}};
const std::string kUrl = "rtsp://127.0.0.1:8554/one/main";

using Headers = std::vector<std::pair<std::string, std::string>>;

class Responder : public ::testing::Test {
protected:
    Responder() {
        streams_.add(std::make_unique<Stream>(
            CameraId("one"),
            StreamRole::Main,
            PlayMode::Live,
            true,
            no_faults(),
            Timeline(testing::plain_film(30, 10, 9000), kNow, kWall, 500)
        ));
    }

    media::RtspResponse ask(
        const std::string& method, const Headers& headers = {}, const std::string& url = kUrl
    ) {
        media::RtspRequest request;
        request.method = method;
        request.url = url;
        request.headers.add("CSeq", "7");
        for (const auto& [name, value] : headers) {
            request.headers.add(name, value);
        }
        return responder_->answer(request, kNow, kWall);
    }

    int setup(const std::string& transport) {
        return ask("SETUP", {{"Transport", transport}}, kUrl + "/trackID=0").status;
    }

    StreamDirectory streams_;
    RtspPolicy policy_{.udp_ports = {6000, 6001}};
    RtspSecrets secrets_{"nonce", "5ess10n", 0x11223344, 1000};
    std::unique_ptr<RtspResponder> responder_ =
        std::make_unique<RtspResponder>(streams_, policy_, secrets_, "127.0.0.1");
};

constexpr const char* kTcp = "RTP/AVP/TCP;unicast;interleaved=2-3";

TEST_F(Responder, OptionsNamesWhatItCan) {
    const auto response = ask("OPTIONS");
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(media::lists_word(*response.headers.find("Public"), "GET_PARAMETER"));
    EXPECT_EQ(*response.headers.find("CSeq"), "7");
}

TEST_F(Responder, DescribesAStreamThatAClientUnderstands) {
    const auto response = ask("DESCRIBE");
    ASSERT_EQ(response.status, 200);
    EXPECT_EQ(*response.headers.find("Content-Base"), kUrl + "/");
    const auto video = media::choose_video(media::parse_sdp(response.body).value()).value();
    EXPECT_EQ(video.codec, Codec::H264);
    EXPECT_EQ(video.payload_type, 96);
    EXPECT_EQ(video.control, "trackID=0");
    EXPECT_EQ(video.parameter_sets.sps.size(), 1U);
    EXPECT_EQ(video.parameter_sets.pps.size(), 1U);
    EXPECT_EQ(video.format.at("profile-level-id"), "64001E");
    EXPECT_DOUBLE_EQ(video.frame_rate, 10);
}

TEST_F(Responder, UnknownCamerasAndMethodsAreRefused) {
    EXPECT_EQ(ask("DESCRIBE", {}, "rtsp://127.0.0.1/two/main").status, 404);
    EXPECT_EQ(ask("DESCRIBE", {}, "rtsp://127.0.0.1/").status, 404);
    EXPECT_EQ(ask("RECORD").status, 501);
}

TEST_F(Responder, PlayBeforeSetupHasNoSession) {
    EXPECT_EQ(ask("PLAY").status, 454);
}

TEST_F(Responder, PlaysOverTheChannelsThatTheClientChose) {
    ASSERT_EQ(setup(kTcp), 200);
    const auto response = ask("PLAY", {{"Session", "5ess10n"}});
    ASSERT_EQ(response.status, 200);
    EXPECT_EQ(
        *response.headers.find("RTP-Info"), "url=" + kUrl + "/trackID=0;seq=1000;rtptime=500"
    );
    ASSERT_NE(responder_->session(), nullptr);
    EXPECT_TRUE(responder_->session()->is_playing);
    EXPECT_EQ(responder_->session()->transport.interleaved, (media::ChannelPair{2, 3}));
}

TEST_F(Responder, OffersItsPortsForUdp) {
    const auto response = ask("SETUP", {{"Transport", "RTP/AVP;unicast;client_port=4000-4001"}});
    EXPECT_EQ(response.status, 200);
    EXPECT_NE(response.headers.find("Transport")->find("server_port=6000-6001"), std::string::npos);
    EXPECT_TRUE(response.headers.find("Session")->starts_with("5ess10n;timeout=60"));
}

TEST_F(Responder, TakesTheFirstTransportThatItCanServe) {
    EXPECT_EQ(setup("RTP/AVP;multicast,RTP/AVP/TCP;interleaved=0-1"), 200);
    EXPECT_EQ(setup("RTP/AVP;multicast"), 461);
    EXPECT_EQ(setup("RAW/RAW/UDP"), 461);
    EXPECT_EQ(ask("SETUP").status, 461);
}

TEST_F(Responder, AnotherSessionsNameIsRefused) {
    ASSERT_EQ(setup(kTcp), 200);
    EXPECT_EQ(ask("PLAY", {{"Session", "other"}}).status, 454);
    EXPECT_EQ(ask("TEARDOWN", {{"Session", "other"}}).status, 454);
}

TEST_F(Responder, PausesAndTearsDown) {
    ASSERT_EQ(setup(kTcp), 200);
    ASSERT_EQ(ask("PLAY").status, 200);
    EXPECT_EQ(setup(kTcp), 455);
    EXPECT_EQ(ask("PAUSE").status, 200);
    EXPECT_FALSE(responder_->session()->is_playing);
    EXPECT_EQ(ask("TEARDOWN").status, 200);
    EXPECT_EQ(responder_->session(), nullptr);
}

TEST_F(Responder, KeepAlivesAreAnsweredInEveryState) {
    EXPECT_EQ(ask("GET_PARAMETER").status, 200);
    ASSERT_EQ(setup(kTcp), 200);
    EXPECT_EQ(ask("SET_PARAMETER").status, 200);
}

TEST_F(Responder, AsksForEveryKindOfProof) {
    for (const AuthMode mode :
         {AuthMode::Basic, AuthMode::Digest, AuthMode::DigestSha256, AuthMode::Any}) {
        policy_.auth = mode;
        policy_.credentials = {"admin", "secret"};
        responder_ = std::make_unique<RtspResponder>(streams_, policy_, secrets_, "127.0.0.1");
        EXPECT_EQ(ask("OPTIONS").status, 200);
        const auto refused = ask("DESCRIBE");
        ASSERT_EQ(refused.status, 401);
        const auto challenges = media::parse_challenges(refused.headers).value();
        const auto proof = [&](const std::string& password) {
            return media::authorize(
                media::strongest(challenges),
                {"admin", password},
                {.method = "DESCRIBE", .uri = kUrl, .nonce_count = 1, .client_nonce = "c"}
            );
        };
        EXPECT_EQ(ask("DESCRIBE", {{"Authorization", proof("secret")}}).status, 200);
        EXPECT_EQ(ask("DESCRIBE", {{"Authorization", proof("wrong")}}).status, 401);
    }
}

TEST(StreamDirectory, FindsStreamsByUrlPathsOfManyShapes) {
    StreamDirectory streams;
    streams.add(std::make_unique<Stream>(
        CameraId("one"),
        StreamRole::Main,
        PlayMode::Live,
        true,
        no_faults(),
        Timeline(testing::plain_film(1, 1, 9000), kNow, kWall, 0)
    ));
    for (const char* path :
         {"/one/main", "one/main/", "/one/main/trackID=0", "/one", "/one/main?x=1"}) {
        EXPECT_NE(streams.find(path), nullptr) << path;
    }
    for (const char* path : {"", "/", "/one/sub", "/one/main/more", "trackID=0"}) {
        EXPECT_EQ(streams.find(path), nullptr) << path;
    }
}

}  // namespace
}  // namespace bongsu::camsim
