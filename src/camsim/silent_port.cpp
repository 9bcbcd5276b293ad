#include "camsim/silent_port.hpp"

#include <cerrno>
#include <system_error>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::camsim {

namespace {

constexpr int kFillers = 4;  // a queue of length 0 takes one or two

}  // namespace

Status SilentPort::open(const std::string& address, std::uint16_t port) {
    close();
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    socklen_t size = sizeof(at);
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockets_.push_back(listener);
    const int on = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    auto* const name = reinterpret_cast<sockaddr*>(&at);
    if (::inet_pton(AF_INET, address.c_str(), &at.sin_addr) != 1 ||
        ::bind(listener, name, size) != 0 || ::listen(listener, 0) != 0 ||
        ::getsockname(listener, name, &size) != 0) {
        const std::string why = std::generic_category().message(errno);
        close();
        return fail(
            ErrorKind::Unavailable, fmt::format("cannot keep {}:{} silent: {}", address, port, why)
        );
    }
    port_ = ntohs(at.sin_port);
    for (int i = 0; i < kFillers; ++i) {
        const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockets_.push_back(filler);
        (void)::connect(filler, name, size);  // in progress, for ever for all but the first ones
    }
    return {};
}

void SilentPort::close() {
    // Fillers first and without a farewell, so that the address is free at once.
    const linger abort_on_close{.l_onoff = 1, .l_linger = 0};
    while (!sockets_.empty()) {
        ::setsockopt(
            sockets_.back(), SOL_SOCKET, SO_LINGER, &abort_on_close, sizeof(abort_on_close)
        );
        ::close(sockets_.back());
        sockets_.pop_back();
    }
}

}  // namespace bongsu::camsim
