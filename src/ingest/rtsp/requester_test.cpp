#include "ingest/rtsp/requester.hpp"

#include <gtest/gtest.h>

namespace bongsu::ingest::rtsp {
namespace {

Requester make(const media::Credentials& credentials = {"admin", "secret"}) {
    return Requester(credentials, "rtsp://cam/live", [] { return "nonce"; });
}

media::RtspResponse response(int status, const std::string& challenge = {}) {
    media::RtspResponse result{
        .status = status, .reason = std::string(media::reason_of(status)), .headers = {}, .body = {}
    };
    if (!challenge.empty()) {
        result.headers.add("WWW-Authenticate", challenge);
    }
    return result;
}

TEST(Requester, NumbersRequestsAndCarriesTheSession) {
    auto requester = make();
    const auto first = requester.write("OPTIONS", "rtsp://cam/live");
    EXPECT_NE(first.find("CSeq: 1\r\n"), std::string::npos);
    EXPECT_EQ(first.find("Session"), std::string::npos);
    requester.set_session("42");
    const auto second = requester.write("PLAY", "rtsp://cam/live", {{"Range", "npt=0.000-"}});
    EXPECT_NE(second.find("CSeq: 2\r\n"), std::string::npos);
    EXPECT_NE(second.find("Session: 42\r\n"), std::string::npos);
    EXPECT_NE(second.find("Range: npt=0.000-\r\n"), std::string::npos);
}

TEST(Requester, SendsNoPasswordBeforeItIsAsked) {
    auto requester = make();
    EXPECT_EQ(
        requester.write("DESCRIBE", "rtsp://cam/live").find("Authorization"), std::string::npos
    );
    EXPECT_EQ(requester.judge("DESCRIBE", response(401, "Basic realm=\"x\"")), Verdict::Repeat);
    EXPECT_NE(
        requester.write("DESCRIBE", "rtsp://cam/live").find("Authorization: Basic "),
        std::string::npos
    );
}

TEST(Requester, CountsTheUsesOfANonce) {
    auto requester = make();
    requester.write("DESCRIBE", "u");
    EXPECT_EQ(
        requester.judge("DESCRIBE", response(401, R"(Digest realm="x", nonce="1", qop="auth")")),
        Verdict::Repeat
    );
    EXPECT_NE(requester.write("DESCRIBE", "u").find("nc=00000001"), std::string::npos);
    EXPECT_EQ(requester.judge("DESCRIBE", response(200)), Verdict::Accepted);
    EXPECT_NE(requester.write("SETUP", "u").find("nc=00000002"), std::string::npos);
}

TEST(Requester, TriesAgainLaterWhenANonceHasExpiredWithoutSayingSo) {
    auto requester = make();
    const auto challenge = [](const char* nonce) {
        return response(401, std::string(R"(Digest realm="x", nonce=")") + nonce + "\"");
    };
    requester.write("DESCRIBE", "u");
    EXPECT_EQ(requester.judge("DESCRIBE", challenge("1")), Verdict::Repeat);
    requester.write("DESCRIBE", "u");
    EXPECT_EQ(requester.judge("DESCRIBE", response(200)), Verdict::Accepted);
    requester.write("OPTIONS", "u");
    EXPECT_EQ(requester.judge("OPTIONS", challenge("2")), Verdict::Repeat);
    requester.write("OPTIONS", "u");
    EXPECT_FALSE(requester.judge("OPTIONS", challenge("3")));
}

TEST(Requester, GivesNoPasswordInClearToAForeignHost) {
    auto requester = make();
    requester.forbid_basic();
    requester.write("DESCRIBE", "u");
    const auto verdict = requester.judge("DESCRIBE", response(401, "Basic realm=\"x\""));
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().kind, ErrorKind::PermissionDenied);
}

TEST(Requester, TurnsAnswersIntoSentences) {
    struct Case {
        int status;
        ErrorKind kind;
        const char* words;
    };

    for (const Case& expected : {
             Case{403, ErrorKind::PermissionDenied, "right to watch"},
             Case{404, ErrorKind::NotFound, "no such stream"},
             Case{453, ErrorKind::Unavailable, "as many viewers"},
             Case{461, ErrorKind::Unsupported, "other transport"},
             Case{500, ErrorKind::Unavailable, "500 Internal Server Error to SETUP"},
         }) {
        const auto verdict = make().judge("SETUP", response(expected.status));
        ASSERT_FALSE(verdict);
        EXPECT_EQ(verdict.error().kind, expected.kind);
        EXPECT_NE(verdict.error().message.find(expected.words), std::string::npos);
    }
}

}  // namespace
}  // namespace bongsu::ingest::rtsp
