#pragma once

#include "core/byte_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::media {

/// RFC 4648 4. Decoding tolerates missing padding; any other foreign character gives nothing.
std::string base64_encode(Bytes bytes);
std::optional<std::vector<std::uint8_t>> base64_decode(std::string_view text);

}  // namespace bongsu::media
