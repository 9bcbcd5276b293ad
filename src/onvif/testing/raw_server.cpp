#include "onvif/testing/raw_server.hpp"

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::onvif::testing {

namespace {

constexpr int kTurnMillis = 20;

bool can_read(int descriptor) {
    pollfd polled{.fd = descriptor, .events = POLLIN, .revents = 0};
    return ::poll(&polled, 1, kTurnMillis) == 1;
}

}  // namespace

RawServer::RawServer(Answer answer) : answer_(std::move(answer)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof own);
    ::listen(socket_, 16);
    socklen_t size = sizeof own;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&own), &size);
    port_ = ntohs(own.sin_port);
    thread_ = std::thread([this] { run(); });
}

RawServer::~RawServer() {
    is_stopping_ = true;
    thread_.join();
    ::close(socket_);
}

void RawServer::run() {
    while (!is_stopping_) {
        if (!can_read(socket_)) {
            continue;
        }
        const int connection = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection >= 0) {
            ++served_;
            serve(connection);
            ::close(connection);
        }
    }
}

void RawServer::serve(int connection) {
    std::string head;
    std::array<char, 4096> buffer{};
    while (!is_stopping_ && !head.contains("\r\n\r\n")) {
        if (!can_read(connection)) {
            continue;
        }
        const auto got = ::recv(connection, buffer.data(), buffer.size(), 0);
        if (got <= 0) {
            return;
        }
        head.append(buffer.data(), static_cast<std::size_t>(got));
    }
    answer_(head, [&](const std::string& bytes) {
        return !is_stopping_ && ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
                                    static_cast<ssize_t>(bytes.size());
    });
}

std::string http_answer(const std::string& status, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/soap+xml\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace bongsu::onvif::testing
