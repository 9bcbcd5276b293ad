#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "domain/frame.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace bongsu::media {

struct DecoderOptions {
    /// Leaves out H.264/H.265 deblocking: about a fifth cheaper on full decoding, nothing on key
    /// frames, and errors add up over a GOP. For pictures that only a detector sees.
    bool skip_loop_filter = false;
    int max_side = 8192;                      ///< pixels; larger pictures are refused
    std::int64_t max_pixels = 8192LL * 4320;  ///< width x height, bounds the memory of one decoder
};

struct DecoderStats {
    std::uint64_t frames = 0;     ///< handed out
    std::uint64_t concealed = 0;  ///< of those, with parts that libav had to make up
    std::uint64_t errors = 0;     ///< access units that gave an error
    std::uint64_t skipped = 0;    ///< access units passed over while waiting for a key frame
    std::uint64_t opened = 0;     ///< times a codec was opened (first use, changed parameters)
};

/// Turns access units into frames by libavcodec, one thread, no added delay. Opens itself when the
/// codec parameters of a unit differ from the last one's. After an error it is unhealthy and passes
/// over units until the next good key frame. Frames share the decoder's picture buffers without a
/// copy when the stream is 8-bit 4:2:0; they stay valid after the decoder is gone. Runs on: one
/// thread at a time.
class Decoder {
public:
    explicit Decoder(DecoderOptions options = {});
    ~Decoder();
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;

    /// Next unit of one stream, in the order of arrival. Nothing when the unit completes no picture
    /// or is passed over. Pictures of streams with B-frames may come out of presentation order:
    /// look at `wall`. Errors: Corrupt (bytes), Unsupported (codec, picture size), Internal (libav
    /// out of memory).
    Result<std::optional<Frame>> decode(const AccessUnit& unit);

    /// One key frame by itself, without any state kept from or for other units: for one decoder
    /// that serves many cameras. Concealed parts are an error (Corrupt), as they would look like
    /// motion.
    Result<Frame> decode_key(const AccessUnit& unit);

    /// False from an error until the next good key frame.
    bool is_healthy() const;
    const DecoderStats& stats() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::media
