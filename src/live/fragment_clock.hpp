#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>

namespace bongsu::live {

/// Gives each picture its decode time the moment it arrives, so that nothing is held back. 90 kHz
/// ticks on a timeline of its own that begins at kStart and never jumps back.
///
/// A stream that shows pictures in another order than it decodes them with depth d (the most
/// pictures that come before one and are shown after it) gets as decode time the presentation time
/// of d pictures before in order of showing: decode times rise and lie before presentation times.
/// The depth is learnt; until it is known a few offsets are negative (trun version 1).
///
/// Browsers drop everything up to the next key picture when a decode time lies more than two
/// durations behind the one before (Media Source Extensions, coded frame processing, step 6). So
/// durations are the longest of the latest distances, and a longer pause is taken in steps.
class FragmentClock {
public:
    struct Times {
        std::uint64_t decode = 0;
        std::uint32_t duration = 0;
        std::int32_t offset = 0;  ///< shown that much after it is decoded
    };

    static constexpr std::int64_t kStart = 90'000;

    /// Learns the depth from presentation times in decoding order.
    void learn(std::span<const std::int64_t> shown);

    /// A new session of the camera: its next picture follows the last one without a pause.
    void restart();

    /// `media_time` is AccessUnit::media_time of the next picture in decoding order.
    Times next(std::int64_t media_time);

private:
    std::int64_t decode_for(std::int64_t shown);
    void remember_distance(std::int64_t distance);

    std::size_t depth_ = 0;
    std::deque<std::int64_t> shown_;      ///< of the latest pictures, in decoding order
    std::deque<std::int64_t> distances_;  ///< of their decode times
    std::optional<std::int64_t> origin_;  ///< added to media times
    std::optional<std::int64_t> last_decode_;
    std::int64_t latest_end_ = kStart;  ///< of everything shown so far
    std::int64_t duration_ = 0;
};

}  // namespace bongsu::live
