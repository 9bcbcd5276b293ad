// links: media core
#include "media/rtsp/sdp.hpp"

#include <string_view>

using namespace bongsu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto sdp = media::parse_sdp({reinterpret_cast<const char*>(data), size});
    if (!sdp) {
        return 0;
    }
    for (const auto& section : sdp->media) {
        (void)media::resolve_control("rtsp://host/path?query", section.control);
        if (section.codec) {
            (void)media::make_codec_parameters(*section.codec, section.parameter_sets);
        }
    }
    (void)media::base_url(&sdp->control, nullptr, "rtsp://host/path");
    (void)media::choose_video(*sdp);
    return 0;
}
