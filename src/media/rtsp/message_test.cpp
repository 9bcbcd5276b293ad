#include "media/rtsp/message.hpp"

#include "media/rtsp/url.hpp"

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

TEST(RtspMessage, WritesRequestWithBody) {
    RtspRequest request{.method = "SETUP", .url = "rtsp://h/1", .headers = {}, .body = "ab"};
    request.headers.add("CSeq", "4");
    EXPECT_EQ(
        write_request(request),
        "SETUP rtsp://h/1 RTSP/1.0\r\nCSeq: 4\r\nContent-Length: 2\r\n\r\nab"
    );
}

TEST(RtspMessage, WritesResponseWithItsStandardReason) {
    EXPECT_EQ(
        write_response({.status = 454, .reason = "", .headers = {}, .body = ""}),
        "RTSP/1.0 454 Session Not Found\r\n\r\n"
    );
}

TEST(RtspTransport, ReadsInterleavedChannelsInAnyOrderOfParameters) {
    const auto transports = parse_transports("RTP/AVP/TCP;ssrc=22345684;interleaved=2-3");
    ASSERT_TRUE(transports);
    EXPECT_TRUE(transports->front().is_tcp);
    EXPECT_EQ(transports->front().interleaved, ChannelPair(2, 3));
    EXPECT_EQ(transports->front().ssrc, 0x22345684U);
}

TEST(RtspTransport, ToleratesASpaceBeforeAShortSsrc) {
    const auto transports = parse_transports("RTP/AVP/TCP;unicast;interleaved=0-1;ssrc= d6d6627");
    ASSERT_TRUE(transports);
    EXPECT_EQ(transports->front().ssrc, 0xd6d6627U);
}

TEST(RtspTransport, ReadsUdpPortsAndSource) {
    const auto transports = parse_transports(
        "RTP/AVP;unicast;mode=PLAY;source=127.0.0.1;client_port=18714-18715;server_port=40004-40005"
    );
    ASSERT_TRUE(transports);
    const auto& transport = transports->front();
    EXPECT_FALSE(transport.is_tcp);
    EXPECT_EQ(transport.client_port, PortPair(18714, 18715));
    EXPECT_EQ(transport.server_port, PortPair(40004, 40005));
    EXPECT_EQ(transport.source, "127.0.0.1");
}

TEST(RtspTransport, ReadsAllAlternativesOfAClient) {
    const auto transports = parse_transports(
        "RAW/RAW/UDP;unicast, RTP/AVP;unicast;client_port=5000-5001,RTP/AVP/TCP;interleaved=0-1"
    );
    ASSERT_TRUE(transports);
    ASSERT_EQ(transports->size(), 2U);
    EXPECT_FALSE(transports->at(0).is_tcp);
    EXPECT_TRUE(transports->at(1).is_tcp);
    EXPECT_FALSE(parse_transports("RAW/RAW/UDP;unicast"));
}

TEST(RtspTransport, SurvivesWritingAndReading) {
    const RtspTransport transport{
        .is_tcp = false,
        .is_multicast = false,
        .interleaved = std::nullopt,
        .client_port = PortPair{6000, 6001},
        .server_port = PortPair{7000, 7001},
        .ssrc = 0x1234,
        .source = "10.0.0.1",
    };
    const auto read = parse_transports(write_transport(transport));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->front().client_port, transport.client_port);
    EXPECT_EQ(read->front().server_port, transport.server_port);
    EXPECT_EQ(read->front().ssrc, transport.ssrc);
    EXPECT_EQ(read->front().source, transport.source);
}

TEST(RtspSession, ReadsIdAndTimeoutPastLeadingSpaces) {
    const auto session = parse_session("        708345999;timeout=15");
    ASSERT_TRUE(session);
    EXPECT_EQ(session->id, "708345999");
    EXPECT_EQ(session->timeout, std::chrono::seconds{15});
    EXPECT_EQ(parse_session("abc")->timeout, std::chrono::seconds{60});
    EXPECT_EQ(parse_session("abc;timeout=zero")->timeout, std::chrono::seconds{60});
    EXPECT_FALSE(parse_session(" ;timeout=60"));
}

TEST(RtspHeaders, ListsWordsWithoutCase) {
    EXPECT_TRUE(lists_word("OPTIONS, Describe,GET_PARAMETER", "describe"));
    EXPECT_FALSE(lists_word("OPTIONS, SET_PARAMETER", "GET_PARAMETER"));
}

TEST(RtspUrl, SplitsUrlWithCredentialsAndQuery) {
    const auto url = parse_rtsp_url("rtsp://ad%20min:p%40ss@cam.local:8554/live?ch=1&sub=0");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->user, "ad min");
    EXPECT_EQ(url->password, "p@ss");
    EXPECT_EQ(url->host, "cam.local");
    EXPECT_EQ(url->port, 8554);
    EXPECT_EQ(url->request_url(), "rtsp://cam.local:8554/live?ch=1&sub=0");
}

TEST(RtspUrl, TakesAPastedPasswordWithAtSign) {
    const auto url = parse_rtsp_url("rtsp://admin:a@b:c@10.0.0.9/1");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->password, "a@b:c");
    EXPECT_EQ(url->host, "10.0.0.9");
}

TEST(RtspUrl, KnowsIpv6) {
    const auto url = parse_rtsp_url("rtsp://[fe80::1]:555/x");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "fe80::1");
    EXPECT_EQ(url->request_url(), "rtsp://[fe80::1]:555/x");
}

TEST(RtspUrl, RefusesWhatCannotBeReached) {
    EXPECT_FALSE(parse_rtsp_url("http://cam/x"));
    EXPECT_FALSE(parse_rtsp_url("rtsp:///x"));
    EXPECT_FALSE(parse_rtsp_url("rtsp://cam:99999/x"));
    EXPECT_FALSE(parse_rtsp_url("rtsp://cam/x y"));
    EXPECT_FALSE(parse_rtsp_url("rtsp://[::1/x"));
}

}  // namespace
}  // namespace bongsu::media
