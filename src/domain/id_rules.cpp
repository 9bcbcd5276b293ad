#include "domain/id_rules.hpp"

#include <algorithm>

namespace bongsu {
namespace {

constexpr std::size_t kLongestId = 64;

bool is_control(char c) {
    const auto code = static_cast<unsigned char>(c);
    return (code < 0x20 && c != '\n' && c != '\r' && c != '\t') || code == 0x7F;
}

}  // namespace

Status check_id(std::string_view id, const std::string& path) {
    const bool has_good_letters = std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    if (id.empty() || id.size() > kLongestId || !has_good_letters) {
        return fail(
            ErrorKind::InvalidArgument,
            "bad_id"_code,
            path + " '" + std::string(id.substr(0, kLongestId)) +
                "' must be 1 to 64 characters of a-z, 0-9, '_' and '-'"
        );
    }
    return {};
}

Status check_text(std::string_view text, std::size_t longest, const std::string& path) {
    if (text.size() > longest) {
        return fail(
            ErrorKind::InvalidArgument,
            "too_long"_code,
            path + " is " + std::to_string(text.size()) + " bytes long; allowed are " +
                std::to_string(longest)
        );
    }
    if (std::ranges::any_of(text, is_control)) {
        return fail(
            ErrorKind::InvalidArgument, "bad_text"_code, path + " has control characters in it"
        );
    }
    return {};
}

}  // namespace bongsu
