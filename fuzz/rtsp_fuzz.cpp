// links: media core
#include "media/rtsp/digest.hpp"
#include "media/rtsp/reader.hpp"
#include "media/rtsp/url.hpp"

#include <algorithm>

using namespace bongsu;

namespace {

void read_headers(const media::RtspHeaders& headers) {
    for (const auto& [name, value] : headers.all()) {
        (void)media::parse_transports(value);
        (void)media::parse_session(value);
        (void)media::verify_authorization(value, {}, {}, "PLAY");
        (void)media::parse_rtsp_url(value);
    }
    if (const auto challenges = media::parse_challenges(headers)) {
        (void)media::write_challenge(media::strongest(*challenges));
        (void)media::authorize(media::strongest(*challenges), {}, {});
    }
}

/// The first byte says whether the stream is interleaved, the second how it is cut into pieces.
void read_stream(Bytes input, bool is_interleaved, std::size_t piece) {
    media::RtspReader reader;
    if (is_interleaved) {
        reader.expect_channels({0, 1});
    }
    std::size_t begin = 0;
    for (std::size_t end = std::min(piece, input.size());;
         end = std::min(end + piece, input.size())) {
        while (begin < end) {
            const auto step = reader.step(input.subspan(begin, end - begin));
            if (!step) {
                return;
            }
            if (step->consumed == 0) {
                break;
            }
            begin += step->consumed;
            if (!step->item) {
                continue;
            }
            if (const auto* request = std::get_if<media::RtspRequest>(&*step->item)) {
                read_headers(request->headers);
            } else if (const auto* response = std::get_if<media::RtspResponse>(&*step->item)) {
                read_headers(response->headers);
            }
        }
        if (end == input.size()) {
            return;
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    read_stream(Bytes(data, size).subspan(2), (data[0] & 1U) != 0, std::size_t{data[1]} + 1);
    return 0;
}
