#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"
#include "media/rtsp/message.hpp"

#include <bitset>
#include <cstdint>
#include <optional>
#include <variant>

namespace bongsu::media {

/// One `$` frame (RFC 2326 10.12). `payload` points into the caller's buffer.
struct InterleavedFrame {
    std::uint8_t channel = 0;
    Bytes payload;
};

using RtspItem = std::variant<InterleavedFrame, RtspRequest, RtspResponse>;

/// What was found at the front of the buffer. No item and nothing consumed: more bytes are needed.
struct RtspStep {
    std::size_t consumed = 0;
    std::optional<RtspItem> item;
};

/// Cuts a TCP byte stream into messages and interleaved frames, in place, on either side of the
/// connection. When a peer breaks the framing (a partial write of a live555-based camera), it looks
/// for the next `$` with an expected channel and a plausible length, or the next response, and
/// counts what it skipped. Runs on: the connection's thread.
class RtspReader {
public:
    static constexpr std::size_t kMaxHead = 16 * 1024;  ///< start line and headers
    static constexpr std::size_t kMaxHeaders = 100;
    static constexpr std::size_t kMaxBody = 256 * 1024;
    static constexpr std::size_t kMaxSkipped = 1024 * 1024;  ///< garbage in one go before giving up
    static constexpr std::size_t kMaxFrame = 4 + 65535;
    /// A buffer of this size always holds a whole item.
    static constexpr std::size_t kMaxItem = kMaxHead + kMaxBody;

    /// Frames are accepted on these channels only. Before the first call none is.
    void expect_channels(ChannelPair channels);

    /// Looks at the front of `buffer`. Call it again with the rest until it asks for more bytes.
    /// Errors (Corrupt): the peer does not speak RTSP, a bound is exceeded, or no frame is found
    /// any more.
    Result<RtspStep> step(Bytes buffer);

    std::uint64_t resyncs() const { return resyncs_; }

    std::uint64_t skipped_bytes() const { return skipped_bytes_; }

private:
    enum class FrameCheck { Good, Bad, NeedMore };

    struct Restart {
        std::size_t at;
        bool is_found;  ///< false: `at` bytes are garbage, the rest must wait for more
    };

    FrameCheck check_frame(Bytes buffer) const;
    FrameCheck find_frame_inside(Bytes buffer, std::size_t length) const;
    Restart find_restart(Bytes buffer, std::size_t from) const;
    Result<RtspStep> resync(Bytes buffer);
    bool is_boundary(Bytes buffer, std::size_t at) const;

    std::bitset<256> channels_;
    bool is_lost_ = false;
    std::size_t skipped_now_ = 0;
    std::uint64_t resyncs_ = 0;
    std::uint64_t skipped_bytes_ = 0;
};

}  // namespace bongsu::media
