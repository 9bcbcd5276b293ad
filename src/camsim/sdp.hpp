#pragma once

#include "camsim/film.hpp"

#include <string>
#include <string_view>

namespace bongsu::camsim {

inline constexpr int kPayloadType = 96;  ///< first dynamic type (RFC 3551 6)
inline constexpr std::string_view kTrackControl = "trackID=0";

/// The SDP (RFC 4566) of a film as an endless live stream, with its parameter sets in the fmtp line
/// (RFC 6184 8.2.1, RFC 7798 7.2.1). `address` is the server's own, as the client sees it.
std::string describe(const Film& film, std::string_view address);

}  // namespace bongsu::camsim
