// links: media core domain
#include "media/rtp/rtcp.hpp"

using namespace bongsu;

/// What a camera says about its clock, in compound packets.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto news = media::parse_rtcp(Bytes(data, size));
    if (!news || !news->report) {
        return 0;
    }
    // What was read can be said again and is then read the same.
    const auto written = media::write_sender_report(*news->report, "fuzz");
    const auto again = media::parse_rtcp(written);
    if (!again || !again->report || again->report->ssrc != news->report->ssrc ||
        again->report->rtp_timestamp != news->report->rtp_timestamp ||
        again->report->packets != news->report->packets) {
        __builtin_trap();
    }
    return 0;
}
