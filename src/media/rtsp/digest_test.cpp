#include "media/rtsp/digest.hpp"

#include "media/rtsp/base64.hpp"

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

AuthChallenge challenge_of(std::string_view header) {
    RtspHeaders headers;
    headers.add("www-authenticate", std::string(header));
    const auto challenges = parse_challenges(headers);
    EXPECT_TRUE(challenges);
    return challenges->front();
}

// RFC 7616 3.9.1: both algorithms with the same nonces.
constexpr std::string_view kRfcParameters =
    R"( realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", algorithm=)";
const DigestRequest kRfcRequest{
    .method = "GET",
    .uri = "/dir/index.html",
    .nonce_count = 1,
    .client_nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
};
const Credentials kRfcCredentials{.user = "Mufasa", .password = "Circle of Life"};

TEST(Digest, AnswersTheExamplesOfRfc7616) {
    const auto md5 = challenge_of("Digest" + std::string(kRfcParameters) + "MD5");
    EXPECT_NE(
        authorize(md5, kRfcCredentials, kRfcRequest)
            .find(R"(response="8ca523f5e9506fed4657c9700eebdbec")"),
        std::string::npos
    );
    const auto sha = challenge_of("Digest" + std::string(kRfcParameters) + "SHA-256");
    EXPECT_EQ(sha.algorithm, DigestAlgorithm::Sha256);
    EXPECT_NE(
        authorize(sha, kRfcCredentials, kRfcRequest)
            .find(R"(response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")"),
        std::string::npos
    );
}

// RFC 2617 3.5 has qop; without it the response is that of RFC 2069, as cameras use it.
TEST(Digest, AnswersWithoutQop) {
    const auto challenge = challenge_of(
        R"(Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093")"
    );
    EXPECT_FALSE(challenge.has_qop_auth);
    const auto header = authorize(
        challenge,
        {.user = "Mufasa", .password = "CircleOfLife"},
        {.method = "GET", .uri = "/dir/index.html", .nonce_count = 1, .client_nonce = ""}
    );
    EXPECT_NE(header.find(R"(response="1949323746fe6a43ef61f9606e7febea")"), std::string::npos);
    EXPECT_EQ(header.find("qop"), std::string::npos);
    EXPECT_EQ(header.find("algorithm"), std::string::npos);
}

TEST(Digest, ServerVerifiesWhatTheClientWrites) {
    for (const auto algorithm :
         {DigestAlgorithm::Md5,
          DigestAlgorithm::Md5Session,
          DigestAlgorithm::Sha256,
          DigestAlgorithm::Sha256Session}) {
        for (const bool has_qop : {false, true}) {
            const AuthChallenge issued{
                .scheme = AuthScheme::Digest,
                .realm = R"(a "quoted" realm)",
                .nonce = "n0",
                .opaque = "o",
                .algorithm = algorithm,
                .names_algorithm = true,
                .has_qop_auth = has_qop,
            };
            const auto seen = challenge_of(write_challenge(issued));
            const Credentials credentials{.user = "operator", .password = "pass,word=\"1\""};
            const auto header = authorize(
                seen,
                credentials,
                {.method = "PLAY", .uri = "rtsp://h/1", .nonce_count = 3, .client_nonce = "c"}
            );
            EXPECT_TRUE(verify_authorization(header, issued, credentials, "PLAY"));
            EXPECT_FALSE(verify_authorization(header, issued, credentials, "SETUP"));
            EXPECT_FALSE(verify_authorization(header, issued, {"operator", "x"}, "PLAY"));
            AuthChallenge other = issued;
            other.nonce = "n1";
            EXPECT_FALSE(verify_authorization(header, other, credentials, "PLAY"));
        }
    }
}

TEST(Basic, IsWrittenAndVerified) {
    const auto challenge = challenge_of(R"(Basic realm="IPCAM")");
    const auto header = authorize(challenge, {"Aladdin", "open sesame"}, {});
    EXPECT_EQ(header, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_TRUE(verify_authorization(header, challenge, {"Aladdin", "open sesame"}, "PLAY"));
    EXPECT_FALSE(verify_authorization(header, challenge, {"Aladdin", "other"}, "PLAY"));
}

TEST(Challenges, PrefersTheStrongestAndNoticesStale) {
    RtspHeaders headers;
    headers.add("WWW-Authenticate", R"(Basic realm="x")");
    headers.add(
        "WWW-Authenticate", R"(Digest realm="x", nonce="1", algorithm="SHA-256", stale=TRUE)"
    );
    headers.add("WWW-Authenticate", R"(Digest realm="x", nonce="1")");
    const auto challenges = parse_challenges(headers);
    ASSERT_TRUE(challenges);
    EXPECT_EQ(challenges->size(), 3U);
    EXPECT_EQ(strongest(*challenges).algorithm, DigestAlgorithm::Sha256);
    EXPECT_TRUE(strongest(*challenges).is_stale);
}

TEST(Challenges, NamesASchemeThatIsNotSupported) {
    RtspHeaders headers;
    headers.add("WWW-Authenticate", "Negotiate");
    const auto challenges = parse_challenges(headers);
    ASSERT_FALSE(challenges);
    EXPECT_NE(challenges.error().message.find("Negotiate"), std::string::npos);
}

TEST(Base64, DecodesWithAndWithoutPadding) {
    for (const char* text : {"Zg==", "Zg"}) {
        EXPECT_EQ(base64_decode(text), (std::vector<std::uint8_t>{'f'}));
    }
    EXPECT_FALSE(base64_decode("Z!g="));
}

}  // namespace
}  // namespace bongsu::media
