#pragma once

#include "core/byte_reader.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include <sys/uio.h>

namespace bongsu::camsim {

/// Writes to a non-blocking stream socket at once what it takes, and keeps a copy of the rest. The
/// usual case copies nothing: headers and payloads go to the kernel by one gathering call. The
/// caller bounds `pending` by not sending pictures while it is large. Runs on: the I/O thread.
class Outbox {
public:
    explicit Outbox(int socket) : socket_(socket) {}

    /// False when the connection is broken.
    bool send(std::span<const iovec> parts);
    bool send(Bytes bytes);

    /// Tries again what is pending. False when the connection is broken.
    bool flush();

    std::size_t pending() const { return rest_.size() - sent_; }

private:
    void keep(std::span<const iovec> parts, std::size_t skip);

    int socket_;
    std::vector<std::uint8_t> rest_;
    std::size_t sent_ = 0;  // of rest_
};

}  // namespace bongsu::camsim
