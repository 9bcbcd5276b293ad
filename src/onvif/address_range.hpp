#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bongsu::onvif {

/// IPv4 addresses without gaps, or one host. Ranges of IPv6 are too thinly settled to be walked.
struct AddressRange {
    std::uint32_t first = 0;  ///< host byte order
    std::uint32_t last = 0;   ///< inclusive
    std::uint16_t port = 0;   ///< 0: the usual ones
    std::string host{};       ///< one IPv6 address without brackets, or a name; empty: the range

    std::size_t count() const {
        return host.empty() ? static_cast<std::size_t>(last) - first + 1 : 1;
    }

    /// Such as "10.1.2.3", "fd00::1" or "gate.city.kr".
    std::string at(std::size_t index) const;
};

constexpr std::size_t kMostAddresses = 4096;  ///< a /20

/// Reads "10.1.2.0/24" (without network and broadcast address), "10.1.2.1-10.1.2.40",
/// "10.1.2.1-40", one address or one name, each with ":port" behind it if wanted; an IPv6 address
/// stands in brackets then. InvalidArgument for anything else and for more than kMostAddresses.
Result<AddressRange> parse_range(std::string_view text);

}  // namespace bongsu::onvif
