#pragma once

#include "core/byte_reader.hpp"
#include "core/clock.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace bongsu::media {

/// Puts the datagrams of one RTP source back into order. A missing one is waited for until the
/// oldest waiting datagram has waited `max_wait`, or `capacity` datagrams wait; then it is given
/// up. Datagrams in order, the usual case, are not copied. Runs on: the session's thread.
class ReorderBuffer {
public:
    explicit ReorderBuffer(
        std::size_t capacity = 64, Duration max_wait = std::chrono::milliseconds{60}
    )
        : capacity_(capacity), max_wait_(max_wait) {}

    /// True: the datagram is the next one; use it now, then call `pop` until it yields nothing.
    /// False: it was stored, or dropped as a duplicate or as too late; call `pop` all the same.
    bool push(std::uint16_t sequence, Bytes datagram, MonoTime now);

    /// The next datagram in order, if it is there or the ones before it are given up.
    std::optional<std::vector<std::uint8_t>> pop(MonoTime now);

private:
    struct Waiting {
        std::vector<std::uint8_t> datagram;
        MonoTime since;
    };

    std::size_t capacity_;
    Duration max_wait_;
    std::optional<std::int64_t> next_;         // extended sequence number
    std::map<std::int64_t, Waiting> waiting_;  // by extended sequence number
};

}  // namespace bongsu::media
