#include "audit/chain.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include <sodium.h>

namespace bongsu::audit {
namespace {

constexpr std::string_view kDomain = "bongsu-audit-1";
constexpr std::size_t kHexDigits = 2 * crypto_hash_sha256_BYTES;

class Encoder {
public:
    Encoder() { crypto_hash_sha256_init(&state_); }

    void bytes(std::string_view text) {
        crypto_hash_sha256_update(
            &state_,
            reinterpret_cast<const unsigned char*>(text.data()),  // NOLINT(*-reinterpret-cast)
            text.size()
        );
    }

    template <std::size_t kWidth>
    void number(std::uint64_t value) {
        std::array<char, kWidth> text{};
        for (std::size_t i = 0; i < kWidth; ++i) {
            text.at(i) = static_cast<char>(value >> (8 * (kWidth - 1 - i)));
        }
        bytes({text.data(), text.size()});
    }

    void text(std::string_view value) {
        number<4>(value.size());
        bytes(value);
    }

    std::string finish() {
        std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
        crypto_hash_sha256_final(&state_, digest.data());
        std::string hex(kHexDigits + 1, '\0');
        sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
        hex.pop_back();
        return hex;
    }

private:
    crypto_hash_sha256_state state_{};
};

/// A stored hash that is no hash enters as it stands, so that the chain breaks there.
std::string raw_hash(const std::string& hex) {
    std::string raw(crypto_hash_sha256_BYTES, '\0');
    std::size_t length = 0;
    const bool is_hash = sodium_hex2bin(
                             reinterpret_cast<unsigned char*>(raw.data()),  // NOLINT(*-cast)
                             raw.size(),
                             hex.data(),
                             hex.size(),
                             nullptr,
                             &length,
                             nullptr
                         ) == 0 &&
                         length == raw.size();
    return is_hash ? raw : hex;
}

}  // namespace

std::string chain_start() {
    return std::string(kHexDigits, '0');
}

std::string chain_hash(const std::string& previous, const store::AuditRow& row) {
    Encoder encoder;
    encoder.bytes(kDomain);
    encoder.bytes(raw_hash(previous));
    encoder.number<8>(static_cast<std::uint64_t>(row.number));
    encoder.number<8>(static_cast<std::uint64_t>(row.time.time_since_epoch().count()));
    for (const auto text :
         {std::cref(row.who),
          std::cref(row.organisation),
          std::cref(row.action),
          std::cref(row.object),
          std::cref(row.purpose),
          std::cref(row.incident),
          std::cref(row.outcome),
          std::cref(row.address),
          std::cref(row.detail)}) {
        encoder.text(text.get());
    }
    return encoder.finish();
}

}  // namespace bongsu::audit
