#include "identity/secrets.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include <sodium.h>

namespace bongsu::identity {
namespace {

std::vector<unsigned char> random_bytes(std::size_t count) {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium does not start");
    }
    std::vector<unsigned char> bytes(count);
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string to_hex(const unsigned char* bytes, std::size_t count) {
    std::string text(count * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, count);
    text.pop_back();
    return text;
}

}  // namespace

std::string random_secret() {
    constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    const auto bytes = random_bytes(32);
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
    text.pop_back();
    return text;
}

std::string random_hex(std::size_t bytes) {
    return to_hex(random_bytes(bytes).data(), bytes);
}

std::string random_words(int groups) {
    // 32 characters without 0, 1, l and o: every byte modulo 32 is equally likely.
    constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    static_assert(kAlphabet.size() == 32);
    std::string text;
    for (const unsigned char byte : random_bytes(static_cast<std::size_t>(groups) * 4)) {
        if (!text.empty() && text.size() % 5 == 4) {
            text += '-';
        }
        text += kAlphabet[byte % kAlphabet.size()];
    }
    return text;
}

std::string sha256_hex(std::string_view text) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(
        digest.data(),
        reinterpret_cast<const unsigned char*>(text.data()),  // NOLINT(*-reinterpret-cast)
        text.size()
    );
    return to_hex(digest.data(), digest.size());
}

bool is_same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace bongsu::identity
