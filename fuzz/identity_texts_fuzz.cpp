// links: identity audit
// What comes from outside into identity and audit as text: purposes, scopes, user names, passwords,
// codes, and texts of the audit log.
#include "audit/clean_text.hpp"
#include "identity/directory.hpp"
#include "identity/password_rules.hpp"
#include "identity/totp.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bongsu;  // NOLINT(google-build-using-namespace)
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto purpose = identity::parse_purpose(text)) {
        require(to_string(*purpose) == text);
    }
    if (const auto scope = identity::parse_scope(text)) {
        require(to_string(*scope) == text);
    }
    (void)identity::check_user_id(text);
    (void)identity::check_password(text, "kim");
    (void)identity::find_totp_step("12345678901234567890", text, WallTime{});
    (void)identity::parse_grant({.role = text, .scope = text, .purposes = {text}});
    const std::string clean = audit::clean_text(text, 64);
    require(clean.size() <= 64);
    require(audit::clean_text(clean, 64) == clean);
    return 0;
}
