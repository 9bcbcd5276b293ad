#include "recording/sha256.hpp"

#include <cstdlib>

#include <openssl/evp.h>

namespace bongsu::recording {

struct Sha256::Context {
    EVP_MD_CTX* handle = EVP_MD_CTX_new();
    Context() = default;

    ~Context() { EVP_MD_CTX_free(handle); }

    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    // OpenSSL fails here only without memory or without SHA-256: nothing useful can follow.
    void must(int outcome) const {
        if (outcome != 1) {
            std::abort();
        }
    }

    void begin() const { must(EVP_DigestInit_ex(handle, EVP_sha256(), nullptr)); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    context_->begin();
}

Sha256::~Sha256() = default;

Sha256& Sha256::add(Bytes bytes) {
    context_->must(EVP_DigestUpdate(context_->handle, bytes.data(), bytes.size()));
    return *this;
}

Sha256& Sha256::add(std::string_view text) {
    context_->must(EVP_DigestUpdate(context_->handle, text.data(), text.size()));
    return *this;
}

Digest Sha256::finish() {
    Digest digest{};
    context_->must(EVP_DigestFinal_ex(context_->handle, digest.data(), nullptr));
    context_->begin();
    return digest;
}

std::string to_hex(const Digest& digest) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(digest.size() * 2);
    for (const std::uint8_t byte : digest) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

std::optional<Digest> digest_from_hex(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    Digest digest{};
    if (text.size() != digest.size() * 2) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t digit = kDigits.find(text[i]);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        digest[i / 2] = static_cast<std::uint8_t>((digest[i / 2] << 4U) | digit);
    }
    return digest;
}

}  // namespace bongsu::recording
