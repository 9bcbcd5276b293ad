#pragma once

#include <cstdint>
#include <vector>

namespace bongsu::camsim {

/// A BYE for one source (RFC 3550 6.6), after an empty receiver report as 6.1 asks.
std::vector<std::uint8_t> write_bye(std::uint32_t ssrc);

}  // namespace bongsu::camsim
