#include "camsim/outbox.hpp"

#include <algorithm>
#include <cerrno>

#include <sys/socket.h>

namespace bongsu::camsim {

namespace {

constexpr std::size_t kMaxParts = 1024;  // IOV_MAX of Linux

std::size_t size_of(std::span<const iovec> parts) {
    std::size_t size = 0;
    for (const iovec& part : parts) {
        size += part.iov_len;
    }
    return size;
}

/// Bytes taken by the socket, 0 when it is full, -1 when it is broken.
ssize_t send_parts(int socket, std::span<const iovec> parts) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(parts.data());  // sendmsg does not write to it
    message.msg_iovlen = parts.size();
    while (true) {
        const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            return sent;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return 0;
        }
        if (errno != EINTR) {
            return -1;
        }
    }
}

}  // namespace

bool Outbox::send(std::span<const iovec> parts) {
    while (!parts.empty()) {
        const auto batch = parts.first(std::min(parts.size(), kMaxParts));
        if (pending() > 0) {
            keep(parts, 0);
            return true;
        }
        const ssize_t sent = send_parts(socket_, batch);
        if (sent < 0) {
            return false;
        }
        if (static_cast<std::size_t>(sent) < size_of(batch)) {
            keep(parts, static_cast<std::size_t>(sent));
            return true;
        }
        parts = parts.subspan(batch.size());
    }
    return true;
}

bool Outbox::send(Bytes bytes) {
    const iovec part{const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
    return send(std::span(&part, 1));
}

bool Outbox::flush() {
    if (pending() == 0) {
        return true;
    }
    const iovec part{rest_.data() + sent_, pending()};
    const ssize_t sent = send_parts(socket_, std::span(&part, 1));
    if (sent < 0) {
        return false;
    }
    sent_ += static_cast<std::size_t>(sent);
    if (pending() == 0) {
        rest_.clear();
        sent_ = 0;
    }
    return true;
}

void Outbox::keep(std::span<const iovec> parts, std::size_t skip) {
    rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(sent_));
    sent_ = 0;
    for (const iovec& part : parts) {
        const std::size_t left_out = std::min(skip, part.iov_len);
        skip -= left_out;
        const auto* begin = static_cast<const std::uint8_t*>(part.iov_base);
        rest_.insert(rest_.end(), begin + left_out, begin + part.iov_len);
    }
}

}  // namespace bongsu::camsim
