#include "net/testing/raw_client.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::net::testing {

using std::chrono::steady_clock;

RawClient::RawClient(std::uint16_t port, int receive_buffer)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) {
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
        ::close(fd_);
        throw std::runtime_error("the server does not take connections");
    }
}

RawClient::~RawClient() {
    ::close(fd_);
}

bool RawClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t size = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size < 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

bool RawClient::read_some(steady_clock::time_point until) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - steady_clock::now());
    pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
    if (is_closed_ || ::poll(&waiting, 1, std::max(0, static_cast<int>(left.count()))) != 1) {
        return false;
    }
    std::array<char, 16 * 1024> buffer{};
    const ssize_t size = ::recv(fd_, buffer.data(), buffer.size(), 0);
    is_closed_ = size <= 0;
    if (size > 0) {
        seen_.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return size > 0;
}

std::string RawClient::read_all(std::chrono::milliseconds within) {
    const auto until = steady_clock::now() + within;
    while (read_some(until)) {
    }
    return seen_;
}

bool RawClient::read_until(std::string_view text) {
    const auto until = steady_clock::now() + std::chrono::seconds{10};
    while (!seen_.contains(text)) {
        if (!read_some(until)) {
            return false;
        }
    }
    return true;
}

bool RawClient::is_closed_within(std::chrono::milliseconds time) {
    read_all(time);
    return is_closed_;
}

}  // namespace bongsu::net::testing
