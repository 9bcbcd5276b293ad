#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "domain/frame.hpp"
#include "domain/geometry.hpp"
#include "media/decoder/decoder.hpp"
#include "media/encoder/h264_encoder.hpp"

#include <optional>
#include <vector>

namespace bongsu::media {

/// How pictures are made anew for viewers who must not have them as they are, or cannot play them.
struct Repaint {
    std::vector<Polygon> black;  ///< normalised areas that nobody may see
    int max_width = 3'840;
    int quantiser = 26;
};

/// Decodes a stream, blacks areas out and encodes it as H.264. Runs on: one thread at a time.
class Repainter {
public:
    explicit Repainter(Repaint look);

    /// The unit's picture, small enough and with its areas black; nothing when the decoder gives
    /// none for it. Pictures of streams with B-frames may come out of order: look at `wall`. Errors
    /// as Decoder::decode.
    Result<std::optional<Frame>> paint(const AccessUnit& unit);
    /// The same for a key picture by itself.
    Result<Frame> paint_key(const AccessUnit& unit);

    /// Only for pictures that paint gave, in the order in which they are shown.
    Result<EncodedPicture> encode(const Frame& frame, bool is_key) {
        return encoder_.encode(frame, is_key);
    }

    void change_areas(std::vector<Polygon> black) { look_.black = std::move(black); }

private:
    Frame hide(const Frame& frame) const;

    Repaint look_;
    Decoder decoder_;
    H264Encoder encoder_;
};

}  // namespace bongsu::media
