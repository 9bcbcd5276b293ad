#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"
#include "media/decoder/libav_handles.hpp"

namespace bongsu::media {

/// Makes I420 frames of libav pictures: shares 8-bit 4:2:0, converts everything else.
/// Runs on: the thread of its decoder.
class PictureConverter {
public:
    /// Fills size, planes, range and owner of the frame; the rest is the caller's.
    Result<Frame> convert(AvFramePtr picture);

private:
    Result<Frame> rescale(const AVFrame& picture);

    SwsContextPtr scaler_;
};

}  // namespace bongsu::media
