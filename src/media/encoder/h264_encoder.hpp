#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "domain/frame.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace bongsu::media {

/// One picture as it goes into a file or a stream.
struct EncodedPicture {
    std::vector<std::uint8_t> bytes;  ///< NAL units, each after a 4-byte big-endian length
    bool is_key = false;
    std::shared_ptr<const CodecParameters> parameters;  ///< new when size or range have changed
};

/// Pictures as H.264 (Constrained Baseline, each picture refers to the one before, none is held
/// back) by OpenH264, one thread, with a constant quantiser: what is quiet costs few bytes, and
/// equal pictures give equal bytes. Opens itself anew when size or range of the frames change.
/// Runs on: one thread at a time.
class H264Encoder {
public:
    /// `quantiser`: 10 (fine) to 51 (coarse).
    explicit H264Encoder(int quantiser);
    ~H264Encoder();
    H264Encoder(H264Encoder&&) noexcept;
    H264Encoder& operator=(H264Encoder&&) noexcept;

    /// An odd last column or row is cut off. Errors: Unsupported (smaller than 16x16 or larger than
    /// 3840x2160 has pixels), Internal.
    Result<EncodedPicture> encode(const Frame& frame, bool is_key);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::media
