#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bongsu::identity {

/// 256 random bits in base64url (RFC 4648 section 5) without padding: 43 characters.
std::string random_secret();
inline constexpr std::size_t kSecretLength = 43;

/// `bytes` random bytes as hex.
std::string random_hex(std::size_t bytes);

/// Random letters and digits that are not mistaken for each other, in groups of four:
/// "kx7m-p4qz-w9ta" for three. Each group has 20 bits.
std::string random_words(int groups);

/// SHA-256 as hex. For secrets of full entropy only; passwords go through PasswordHasher.
std::string sha256_hex(std::string_view text);

/// Whether both are the same, in a time that depends on their lengths only.
bool is_same_secret(std::string_view a, std::string_view b);

}  // namespace bongsu::identity
