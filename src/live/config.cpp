#include "live/config.hpp"

#include "core/setting_fields.hpp"

namespace bongsu::live {

using fields::bytes;
using fields::number;
using fields::seconds;
using fields::whole;

const SettingsSchema& live_schema() {
    static const SettingsSchema schema{{
        whole("threads", 2, 1, 32, "Threads that make fragments and hand them to viewers."),
        whole(
            "picture_threads",
            1,
            1,
            32,
            "Threads that decode for viewers: privacy masks, and pages that cannot play H.265."
        ),
        whole("viewers", 1'000, 1, 100'000, "Most live pictures open at once, of all operators."),
        bytes(
            "held_bytes",
            "512MB",
            "Most video held in memory so that first pictures need no wait, all streams together."
        ),
        bytes("gop_bytes", "16MB", "Most video held of one stream."),
        bytes(
            "viewer_bytes",
            "4MB",
            "When more than this waits for a viewer, it continues at the next key picture."
        ),
        whole(
            "picture_streams",
            4,
            0,
            1'000,
            "Streams decoded wholly, for viewers of cameras with privacy masks and for pages that "
            "cannot play H.265; further ones show key pictures only."
        ),
        number("picture_rate", 5, 0.2, 30, "1/s", "Pictures per second of such a stream, at most."),
        whole("picture_width", 640, 64, 3'840, "Width of such pictures in pixels, at most."),
        whole(
            "painted_width",
            1'280,
            64,
            3'840,
            "Width of video that is made anew because of privacy masks, in pixels, at most."
        ),
        whole("still_decodes", 2, 1, 32, "Stills decoded at once."),
        seconds("still_wait", "2s", 0.1, 30, "Longest wait for a place among those."),
    }};
    return schema;
}

LiveConfig read_live_config(const Settings& settings) {
    return {
        .threads = static_cast<int>(settings.integer("threads")),
        .picture_threads = static_cast<int>(settings.integer("picture_threads")),
        .viewers = static_cast<int>(settings.integer("viewers")),
        .held_bytes = settings.bytes("held_bytes"),
        .gop_bytes = settings.bytes("gop_bytes"),
        .viewer_bytes = settings.bytes("viewer_bytes"),
        .picture_streams = static_cast<int>(settings.integer("picture_streams")),
        .picture_rate = settings.number("picture_rate"),
        .picture_width = static_cast<int>(settings.integer("picture_width")),
        .painted_width = static_cast<int>(settings.integer("painted_width")),
        .still_decodes = static_cast<int>(settings.integer("still_decodes")),
        .still_wait = settings.duration("still_wait"),
    };
}

}  // namespace bongsu::live
