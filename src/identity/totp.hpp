#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bongsu::identity {

/// Number of the 30-second step that the time falls into (RFC 6238 section 4.2).
std::int64_t totp_step(WallTime time);

/// The code of a step (RFC 4226 section 5.3 with HMAC-SHA-1), with leading zeros.
std::string totp_code(std::string_view secret, std::int64_t step, int digits = 6);

/// The step among the current one and its neighbours whose code this is, or nothing. Every
/// candidate is compared in constant time.
std::optional<std::int64_t> find_totp_step(
    std::string_view secret, std::string_view code, WallTime now
);

/// RFC 4648 section 6 without padding.
std::string to_base32(std::string_view bytes);

/// otpauth://totp/<issuer>:<user>?secret=...&issuer=..., with percent-encoded names.
std::string otpauth_uri(
    std::string_view issuer, std::string_view user, std::string_view base32_secret
);

}  // namespace bongsu::identity
