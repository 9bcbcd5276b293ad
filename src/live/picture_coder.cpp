#include "live/picture_coder.hpp"

#include "media/picture/picture_edit.hpp"

namespace bongsu::live {

Result<std::vector<std::uint8_t>> encode_for_viewers(
    const Frame& frame,
    int max_width,
    const std::vector<Polygon>& private_masks,
    const EncodeJpeg& encode
) {
    if (!encode) {
        return fail(ErrorKind::Unsupported, "this program has no JPEG encoder");
    }
    return encode(media::black_out(media::shrink(frame, max_width), private_masks));
}

}  // namespace bongsu::live
