#pragma once

#include "core/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>

namespace bongsu {

using SecretKey = std::array<std::uint8_t, 32>;

/// The key in this file (64 hexadecimal digits, mode 0600); made from the system's random source
/// when the file is not there. PermissionDenied when others than its owner may read it, Corrupt
/// when it does not hold a key, Unavailable when it cannot be read or written.
Result<SecretKey> read_or_make_key(const std::filesystem::path& file);

/// The same without making one: NotFound when it is not there.
Result<SecretKey> read_key(const std::filesystem::path& file);

}  // namespace bongsu
