#include "identity/password_rules.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <vector>

namespace bongsu::identity {
namespace {

constexpr std::size_t kLeastCharacters = 10;
constexpr std::size_t kMostBytes = 256;
constexpr std::size_t kLeastDifferent = 5;

/// What people choose first where ten characters are asked for. Compared in lower case and without
/// what is not a letter or digit, so that "Password-123!" is found too.
constexpr std::array<std::string_view, 44> kWorst{
    "0123456789",    "1029384756",    "1234512345",  "123456789a",   "1234567890",
    "12345678910",   "123456789abc",  "1234567890a", "1q2w3e4r5t",   "1q2w3e4r5t6y",
    "1qaz2wsx3edc",  "9876543210",    "a123456789",  "abc1234567",   "abcd123456",
    "abcde12345",    "abcdefghij",    "admin12345",  "admin123456",  "admin1234567",
    "adminadmin",    "administrator", "asdf123456",  "asdfghjkl123", "bongsu1234",
    "bongsu12345",   "bongsubongsu",  "changeme123", "dragon12345",  "iloveyou123",
    "korea12345",    "letmein1234",   "password12",  "password123",  "password1234",
    "password12345", "q1w2e3r4t5",    "qwer123456",  "qwerty1234",   "qwerty12345",
    "qwertyuiop",    "welcome123",    "welcome1234", "zxcvbnm123",
};

/// Code points of UTF-8 text; nothing when it is not UTF-8 or holds control characters.
Result<std::vector<char32_t>> code_points(std::string_view text) {
    const auto refused = [] {
        return fail(
            ErrorKind::InvalidArgument,
            "bad_text"_code,
            "the password holds characters that cannot be used"
        );
    };
    std::vector<char32_t> points;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80   ? 1
                                   : lead < 0xC2 ? 0
                                   : lead < 0xE0 ? 2
                                   : lead < 0xF0 ? 3
                                   : lead < 0xF5 ? 4
                                                 : 0;
        if (length == 0 || at + length > text.size()) {
            return refused();
        }
        char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            if ((next & 0xC0U) != 0x80U) {
                return refused();
            }
            point = (point << 6U) | (next & 0x3FU);
        }
        if (point < 0x20 || point == 0x7F) {
            return refused();
        }
        points.push_back(point);
        at += length;
    }
    return points;
}

/// ASCII letters in lower case, other scripts as they are, without ASCII punctuation.
std::string core_of(std::string_view text) {
    std::string core;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') {
            core += static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                   static_cast<unsigned char>(c) >= 0x80) {
            core += c;
        }
    }
    return core;
}

/// The name itself, or the name with little around it.
bool is_built_around(const std::string& core, const std::string& user) {
    const std::string name = core_of(user);
    return !name.empty() && core.find(name) != std::string::npos &&
           core.size() < name.size() + kLeastCharacters / 2;
}

}  // namespace

Status check_password(const std::string& password, const std::string& user) {
    if (password.size() > kMostBytes) {
        return fail(
            ErrorKind::InvalidArgument, "too_long"_code, "the password is longer than 256 bytes"
        );
    }
    BONGSU_ASSIGN(const auto points, code_points(password));
    if (points.size() < kLeastCharacters) {
        return fail(
            ErrorKind::InvalidArgument,
            "password_short"_code,
            "the password has fewer than 10 characters"
        );
    }
    if (std::set(points.begin(), points.end()).size() < kLeastDifferent) {
        return fail(
            ErrorKind::InvalidArgument,
            "password_simple"_code,
            "the password has fewer than five different characters"
        );
    }
    const std::string core = core_of(password);
    if (is_built_around(core, user)) {
        return fail(
            ErrorKind::InvalidArgument,
            "password_like_name"_code,
            "the password is little more than the user name"
        );
    }
    if (std::ranges::find(kWorst, core) != kWorst.end()) {
        return fail(
            ErrorKind::InvalidArgument,
            "password_common"_code,
            "the password is one of those that are tried first"
        );
    }
    return {};
}

}  // namespace bongsu::identity
