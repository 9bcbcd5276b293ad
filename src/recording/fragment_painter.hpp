#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "media/encoder/repainter.hpp"
#include "media/mp4/track.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bongsu::recording {

/// A stored fragment and its bytes.
struct StoredFragment {
    std::shared_ptr<const CodecParameters> parameters;
    std::span<const media::mp4::Sample> samples;
    Bytes data;              ///< of the samples, one after another
    std::int64_t start = 0;  ///< decode time of the first one, 90 kHz ticks
};

/// The same time as H.264, private areas black. The durations add up to those of the stored one.
struct PaintedFragment {
    std::int64_t start = 0;                   ///< as of the stored one
    std::vector<media::mp4::Sample> samples;  ///< empty: no picture of it could be decoded
    std::vector<std::uint8_t> bytes;
};

/// Makes stored fragments anew, one after another. A picture that cannot be decoded is left out:
/// the one before stands for it. Runs on: one thread at a time.
class FragmentPainter {
public:
    explicit FragmentPainter(media::Repaint look) : repainter_(std::move(look)) {}

    /// Decodes without making anything, so that what follows can be decoded.
    void learn(const StoredFragment& stored);
    /// Begins with a key picture when the stored one does, and for the first time.
    Result<PaintedFragment> paint(const StoredFragment& stored);
    /// Only its key picture, which lasts `duration` ticks.
    Result<PaintedFragment> paint_key(const StoredFragment& stored, std::uint32_t duration);

    /// Of what was painted last; null before the first picture.
    const std::shared_ptr<const CodecParameters>& parameters() const { return parameters_; }

private:
    class Work;

    media::Repainter repainter_;
    std::shared_ptr<const CodecParameters> parameters_;
};

}  // namespace bongsu::recording
