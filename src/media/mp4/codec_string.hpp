#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"

#include <string>

namespace bongsu::media::mp4 {

/// The `codecs` parameter of RFC 6381 for a track: "avc1.64001f" (ISO/IEC 14496-15 5.3.3.1, the
/// three bytes after the version) or "hvc1.1.6.L93.B0" (14496-15 annex E.3). Corrupt when the
/// decoder configuration is too short.
Result<std::string> codec_string(const CodecParameters& parameters);

/// video/mp4; codecs="avc1.64001f"
Result<std::string> mime_type(const CodecParameters& parameters);

}  // namespace bongsu::media::mp4
