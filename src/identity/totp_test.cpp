#include "identity/totp.hpp"

#include <gtest/gtest.h>

namespace bongsu::identity {
namespace {

// RFC 6238, appendix B, rows for SHA-1: eight digits of the secret "12345678901234567890".
constexpr std::string_view kSecret = "12345678901234567890";

WallTime at(std::int64_t seconds) {
    return WallTime{std::chrono::seconds{seconds}};
}

TEST(Totp, AgreesWithTheVectorsOfTheRfc) {
    const std::vector<std::pair<std::int64_t, std::string>> vectors{
        {59, "94287082"},
        {1'111'111'109, "07081804"},
        {1'111'111'111, "14050471"},
        {1'234'567'890, "89005924"},
        {2'000'000'000, "69279037"},
        {20'000'000'000, "65353130"},
    };
    for (const auto& [time, code] : vectors) {
        EXPECT_EQ(totp_code(kSecret, totp_step(at(time)), 8), code) << time;
        EXPECT_EQ(totp_code(kSecret, totp_step(at(time))), code.substr(2)) << time;
    }
}

TEST(Totp, AcceptsOneStepBeforeAndAfter) {
    const WallTime now = at(1'750'000'000);
    const std::int64_t step = totp_step(now);
    for (std::int64_t off = -3; off <= 3; ++off) {
        const auto found = find_totp_step(kSecret, totp_code(kSecret, step + off), now);
        EXPECT_EQ(found.has_value(), off >= -1 && off <= 1) << off;
        if (found) {
            EXPECT_EQ(*found, step + off);
        }
    }
}

TEST(Totp, RefusesWhatIsNoCode) {
    for (const char* code : {"", "1", "abcdef", "1234567", "     "}) {
        EXPECT_EQ(find_totp_step(kSecret, code, at(59)), std::nullopt) << code;
    }
}

TEST(Totp, Base32AgreesWithTheVectorsOfRfc4648) {
    const std::vector<std::pair<std::string, std::string>> vectors{
        {"", ""},
        {"f", "MY"},
        {"fo", "MZXQ"},
        {"foo", "MZXW6"},
        {"foob", "MZXW6YQ"},
        {"fooba", "MZXW6YTB"},
        {"foobar", "MZXW6YTBOI"},
    };
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(to_base32(bytes), text);
    }
}

TEST(Totp, UriIsReadableByAuthenticators) {
    EXPECT_EQ(
        otpauth_uri("Bongsu 시", "kim.c", "MZXQ"),
        "otpauth://totp/Bongsu%20%EC%8B%9C:kim.c?secret=MZXQ&issuer=Bongsu%20%EC%8B%9C"
    );
}

}  // namespace
}  // namespace bongsu::identity
