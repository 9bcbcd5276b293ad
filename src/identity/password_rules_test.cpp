#include "identity/password_rules.hpp"

#include <gtest/gtest.h>

namespace bongsu::identity {
namespace {

bool is_good(const std::string& password, const std::string& user = "kim") {
    return check_password(password, user).has_value();
}

TEST(PasswordRules, TenCharactersOfAnyScriptAreEnough) {
    EXPECT_TRUE(is_good("tiger-moon"));
    EXPECT_FALSE(is_good("tiger-moo"));
    EXPECT_TRUE(is_good("봉수대에불을피워라요"));
    EXPECT_FALSE(is_good("봉수대에불을피워라"));  // nine characters in 27 bytes
}

TEST(PasswordRules, LongestIs256Bytes) {
    std::string password = "abcdefgh";
    password.resize(256, 'x');
    EXPECT_TRUE(is_good(password));
    EXPECT_FALSE(is_good(password + "x"));
}

TEST(PasswordRules, FewDifferentCharactersAreTooFew) {
    EXPECT_FALSE(is_good("aaaaaaaaaaaa"));
    EXPECT_FALSE(is_good("abababababcd"));
    EXPECT_TRUE(is_good("abababababcde"));
}

TEST(PasswordRules, UserNameIsNoPasswordHoweverDressed) {
    EXPECT_FALSE(is_good("kim.chulsoo", "kim.chulsoo"));
    EXPECT_FALSE(is_good("KIM-Chulsoo!!", "kim.chulsoo"));
    EXPECT_FALSE(is_good("kimchulsoo123", "kim.chulsoo"));
    EXPECT_TRUE(is_good("the neighbour of kimchulsoo", "kim.chulsoo"));
    EXPECT_TRUE(is_good("moonlight-kim", "kim"));
}

TEST(PasswordRules, WorstPasswordsAreRefusedHoweverDressed) {
    for (const char* password :
         {"password123", "Password-123!", "1234567890", "QWERTYuiop", "admin 12345", "bongsu1234"
         }) {
        EXPECT_FALSE(is_good(password)) << password;
    }
}

TEST(PasswordRules, ControlCharactersAndBrokenUtf8AreRefused) {
    EXPECT_FALSE(is_good("tiger\nmoonlight"));
    EXPECT_FALSE(is_good(std::string("tiger\0moonlight", 15)));
    EXPECT_FALSE(is_good("tiger-moonlight\xFF"));
    EXPECT_FALSE(is_good("tiger-moonlight\xED\x95"));
    EXPECT_FALSE(is_good("\xC0\xAFtiger-moonlight"));
}

TEST(PasswordRules, MessageNeverShowsThePassword) {
    const auto refused = check_password("kim.chulsoo1", "kim.chulsoo");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.find("chulsoo"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::identity
