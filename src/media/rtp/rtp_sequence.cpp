#include "media/rtp/rtp_sequence.hpp"

namespace bongsu::media {

std::optional<std::uint32_t> RtpSequence::advance(std::uint16_t sequence) {
    if (!last_) {
        last_ = sequence;
        highest_ = sequence;
        ++received_;
        return 0;
    }
    const int ahead = static_cast<std::int16_t>(static_cast<std::uint16_t>(sequence - *last_));
    if (ahead <= 0 && ahead > -kMaxMisorder) {
        return std::nullopt;
    }
    ++received_;
    if (ahead < 0 || ahead > kMaxDropout) {
        last_ = sequence;
        highest_ += 1;
        ++lost_;
        return 1;
    }
    last_ = sequence;
    highest_ += static_cast<std::uint64_t>(ahead);
    lost_ += static_cast<std::uint64_t>(ahead - 1);
    return static_cast<std::uint32_t>(ahead - 1);
}

}  // namespace bongsu::media
