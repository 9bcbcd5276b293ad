#include "camsim/udp_ports.hpp"

#include <vector>

#include <boost/asio/buffer.hpp>
#include <sys/socket.h>

namespace bongsu::camsim {

namespace {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

constexpr int kAttempts = 50;
constexpr int kSendBuffer = 8 << 20;

bool try_bind(udp::socket& socket, const udp::endpoint& at) {
    error_code ignored;
    error_code failed;
    socket.close(ignored);
    socket.open(at.protocol(), failed);
    if (!failed) {
        socket.bind(at, failed);
    }
    return !failed;
}

}  // namespace

Status UdpPorts::open(const asio::ip::address& bind) {
    for (int i = 0; i < kAttempts; ++i) {
        if (!try_bind(rtp_, {bind, 0})) {
            break;
        }
        const std::uint16_t port = rtp_.local_endpoint().port();
        if (port % 2 != 0 || port == 65'534 ||
            !try_bind(rtcp_, {bind, static_cast<std::uint16_t>(port + 1)})) {
            continue;
        }
        error_code ignored;
        rtp_.set_option(asio::socket_base::send_buffer_size(kSendBuffer), ignored);
        rtp_.non_blocking(true, ignored);
        rtcp_.non_blocking(true, ignored);
        numbers_ = {port, static_cast<std::uint16_t>(port + 1)};
        return {};
    }
    return fail(
        ErrorKind::Unavailable,
        "no two neighbouring free UDP ports on " + bind.to_string() +
            "; check the address and the number of open sockets"
    );
}

void UdpPorts::listen(OnReport on_report) {
    on_report_ = std::move(on_report);
    receive();
}

void UdpPorts::close() {
    error_code ignored;
    rtp_.close(ignored);
    rtcp_.close(ignored);
}

void UdpPorts::receive() {
    rtcp_.async_receive_from(
        asio::buffer(buffer_),
        from_,
        [this](const error_code& error, std::size_t) {
            if (error == asio::error::operation_aborted || !rtcp_.is_open()) {
                return;
            }
            if (!error) {
                on_report_(from_);
            }
            receive();
        }
    );
}

std::size_t UdpPorts::send_unit(
    const WireUnit& unit, const Endpoint& to, std::span<const std::size_t> order
) {
    std::vector<mmsghdr> messages;
    messages.reserve(order.size());
    for (const std::size_t i : order) {
        // The kernel reads address and parts only; its types cannot say so.
        mmsghdr message{};
        message.msg_hdr.msg_name = const_cast<sockaddr*>(to.data());
        message.msg_hdr.msg_namelen = static_cast<socklen_t>(to.size());
        message.msg_hdr.msg_iov = const_cast<iovec*>(&unit.parts[2 * i]);
        message.msg_hdr.msg_iovlen = 2;
        messages.push_back(message);
    }
    std::size_t sent = 0;
    while (sent < messages.size()) {
        const int done = ::sendmmsg(
            rtp_.native_handle(),
            &messages[sent],
            static_cast<unsigned>(messages.size() - sent),
            MSG_DONTWAIT
        );
        if (done <= 0) {
            break;
        }
        sent += static_cast<std::size_t>(done);
    }
    return messages.size() - sent;
}

void UdpPorts::send_rtp(Bytes packet, const Endpoint& to) {
    error_code ignored;
    rtp_.send_to(asio::buffer(packet.data(), packet.size()), to, 0, ignored);
}

void UdpPorts::send_report(Bytes packet, const Endpoint& to) {
    error_code ignored;
    rtcp_.send_to(asio::buffer(packet.data(), packet.size()), to, 0, ignored);
}

}  // namespace bongsu::camsim
