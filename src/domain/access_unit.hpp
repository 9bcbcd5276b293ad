#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace bongsu {

enum class Codec { H264, H265 };
enum class StreamRole { Main, Sub };

std::string_view to_string(Codec codec);
std::string_view to_string(StreamRole role);

/// What a decoder or an MP4 file must know beside the pictures. A new object whenever the camera
/// changes it mid-stream; compare by pointer or by `decoder_config`.
struct CodecParameters {
    Codec codec = Codec::H264;
    std::uint32_t width = 0;  ///< after cropping, in pixels
    std::uint32_t height = 0;
    std::vector<std::uint8_t> decoder_config;  ///< avcC (ISO 14496-15 5.3.3) or hvcC (8.3.3) record
};

/// One coded picture of one stream of one camera. Made once at ingest, then shared and never
/// copied.
struct AccessUnit {
    CameraId camera;
    StreamRole role = StreamRole::Main;
    bool is_key = false;            ///< IDR (H.264) or IRAP (H.265): decoding can start here
    std::int64_t media_time = 0;    ///< 90 kHz ticks, unwrapped, presentation order as sent by RTP
    WallTime wall;                  ///< when the picture was taken
    Duration wall_uncertainty{};    ///< half-width
    bool is_wall_estimated = true;  ///< no RTCP sender report yet: derived from arrival
    MonoTime arrived;               ///< when its last byte was received
    std::uint64_t sequence = 0;     ///< counts access units of this stream since the session began
    std::uint32_t lost_before = 0;  ///< RTP packets known lost since the previous access unit
    std::shared_ptr<const CodecParameters> parameters;  ///< never null
    std::shared_ptr<const std::vector<std::uint8_t>>
        bytes;  ///< NAL units, each after a 4-byte big-endian length; no parameter sets unless
                ///< in-band, no audio
};

using AccessUnitPtr = std::shared_ptr<const AccessUnit>;

}  // namespace bongsu
