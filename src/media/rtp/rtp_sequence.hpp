#pragma once

#include <cstdint>
#include <optional>

namespace bongsu::media {

/// Follows the 16-bit sequence numbers of one RTP source (RFC 3550 A.1) and counts what is missing.
class RtpSequence {
public:
    /// How many packets are missing before this one; nothing when it is a duplicate or came too
    /// late. A jump beyond what loss explains is a restart of the sender and counts as one lost
    /// packet.
    std::optional<std::uint32_t> advance(std::uint16_t sequence);

    /// Extended by the count of wraps: the "highest sequence number received" of a receiver report.
    std::uint32_t highest() const { return static_cast<std::uint32_t>(highest_); }

    std::uint64_t received() const { return received_; }

    std::uint64_t lost() const { return lost_; }

private:
    static constexpr int kMaxDropout = 3000;  // RFC 3550 A.1
    static constexpr int kMaxMisorder = 100;

    std::optional<std::uint16_t> last_;
    std::uint64_t highest_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t lost_ = 0;
};

}  // namespace bongsu::media
