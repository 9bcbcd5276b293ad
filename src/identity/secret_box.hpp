#pragma once

#include "core/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

namespace bongsu::identity {

/// Encrypts small secrets for the database with a key that lies beside it in a file of its own
/// (XSalsa20-Poly1305, libsodium's crypto_secretbox): a copy of the database alone gives nothing
/// away. Immutable.
class SecretBox {
public:
    /// Reads the key, or makes it (mode 0600) when the file is not there. PermissionDenied when
    /// others may read it, Corrupt when it is not a key, Unavailable when it cannot be written.
    static Result<SecretBox> open(const std::filesystem::path& key_file);

    /// Nonce and box as hex.
    std::string seal(const std::string& secret) const;
    /// Corrupt when it was changed or sealed with another key.
    Result<std::string> unseal(const std::string& sealed) const;

private:
    using Key = std::array<std::uint8_t, 32>;

    explicit SecretBox(const Key& key) : key_(key) {}

    Key key_;
};

}  // namespace bongsu::identity
