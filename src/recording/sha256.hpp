#pragma once

#include "core/byte_reader.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bongsu::recording {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4) over pieces. Runs on: one thread.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    Sha256& add(Bytes bytes);
    Sha256& add(std::string_view text);

    /// The digest of everything added; starts anew.
    Digest finish();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

std::string to_hex(const Digest& digest);

/// Nothing unless `text` is 64 lower-case hexadecimal digits.
std::optional<Digest> digest_from_hex(std::string_view text);

}  // namespace bongsu::recording
