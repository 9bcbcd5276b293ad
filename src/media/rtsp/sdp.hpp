#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "media/nal/decoder_config.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::media {

/// One m= section (RFC 4566 5.14) as RTSP uses it.
struct SdpMedia {
    std::string kind;       ///< "video", "audio", "application" ...
    int payload_type = -1;  ///< the first one of the m= line
    std::string encoding;   ///< of a=rtpmap, as written: "H264"; empty when not stated
    std::uint32_t clock_rate = 0;
    std::optional<Codec> codec;                 ///< set when we can carry the encoding
    std::string control;                        ///< a=control as written; empty when absent
    std::map<std::string, std::string> format;  ///< a=fmtp, names in lower case
    ParameterSets parameter_sets;  ///< of sprop-*; whatever could be decoded, perhaps nothing
    double frame_rate = 0;         ///< a=framerate; 0: not stated
};

struct SdpDescription {
    std::string control;  ///< session level a=control; empty when absent
    std::vector<SdpMedia> media;
};

/// Reads what RTSP needs and steps over everything else, so that the broken o=, s=, i= and t= lines
/// of real cameras do no harm (RFC 4566, RFC 2326 appendix C). Corrupt when there is no m= line at
/// all.
Result<SdpDescription> parse_sdp(std::string_view text);

/// The first video section that we can carry. Unsupported, naming what is offered, when there is
/// none.
Result<SdpMedia> choose_video(const SdpDescription& description);

/// The URL to use for SETUP or PLAY: absolute controls as they are, "*" and nothing mean the base,
/// "/x" replaces the path, anything else is appended to the base after a '/' (as live555 and ffmpeg
/// do, not as RFC 3986 would: cameras with a query in the base expect it).
std::string resolve_control(std::string_view base, std::string_view control);

/// The base for resolve_control: Content-Base, else Content-Location, else the request URL
/// (RFC 2326 C.1.1). A base without scheme, or a relative one, is repaired from the request URL.
std::string base_url(
    const std::string* content_base,
    const std::string* content_location,
    std::string_view request_url
);

}  // namespace bongsu::media
