#include "ingest/rtsp/udp_pair.hpp"

#include <array>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::ingest::rtsp {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;

constexpr int kAttempts = 50;
constexpr int kFirstPort = 20'000;
constexpr int kPortPairs = 20'000;
constexpr int kReceiveBuffer = 2 * 1024 * 1024;  // the kernel caps it at net.core.rmem_max
constexpr int kMaxDatagramsAtOnce = 2000;        // leaves room for the other cameras of the thread

}  // namespace

UdpPair::UdpPair(IoThread thread, asio::ip::address camera)
    : scratch_(thread.scratch), camera_(std::move(camera)) {}

UdpPair::~UdpPair() {
    for (const int socket : {rtp_, rtcp_}) {
        if (socket >= 0) {
            ::close(socket);
        }
    }
}

Result<std::unique_ptr<UdpPair>> UdpPair::open(
    IoThread thread, const asio::ip::address& camera, const std::function<double()>& random
) {
    for (int i = 0; i < kAttempts; ++i) {
        std::unique_ptr<UdpPair> pair(new UdpPair(thread, camera));
        const int port = kFirstPort + 2 * static_cast<int>(random() * kPortPairs);
        if (pair->bind(static_cast<std::uint16_t>(port))) {
            return pair;
        }
    }
    return fail(
        ErrorKind::ResourceExhausted,
        "no two neighbouring UDP ports from 20000 to 60000 are free for a camera"
    );
}

bool UdpPair::bind(std::uint16_t port) {
    const auto protocol = camera_.is_v6() ? udp::v6() : udp::v4();
    rtp_port_ = port;
    for (int* socket : {&rtp_, &rtcp_}) {
        *socket = ::socket(protocol.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const udp::endpoint any(protocol, port++);
        if (*socket < 0 || ::bind(*socket, any.data(), static_cast<socklen_t>(any.size())) != 0) {
            return false;
        }
        ::setsockopt(*socket, SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof(kReceiveBuffer));
    }
    return true;
}

void UdpPair::set_camera_ports(media::PortPair ports) {
    camera_ports_ = ports;
    static constexpr std::array<std::uint8_t, 12> kEmptyRtp = {0x80};
    send_to(rtp_, camera_ports_.first, kEmptyRtp);
}

void UdpPair::drain(const Handler& on_rtp, const Handler& on_rtcp) {
    drain_one(rtp_, on_rtp);
    drain_one(rtcp_, on_rtcp);
}

void UdpPair::drain_one(int socket, const Handler& handler) {
    for (int i = 0; i < kMaxDatagramsAtOnce; ++i) {
        udp::endpoint sender;
        auto size = static_cast<socklen_t>(sender.capacity());
        const ssize_t count =
            ::recvfrom(socket, scratch_.data(), scratch_.size(), 0, sender.data(), &size);
        if (count < 0) {
            return;  // nothing more now; ICMP errors of our own packets end here too and do no harm
        }
        sender.resize(size);
        if (sender.address() == camera_) {
            handler(scratch_.first(static_cast<std::size_t>(count)));
        }
    }
}

void UdpPair::send_rtcp(Bytes packet) {
    send_to(rtcp_, camera_ports_.second, packet);
}

/// A report that cannot be sent now is not worth waiting for; the next one follows.
void UdpPair::send_to(int socket, std::uint16_t port, Bytes packet) {
    const udp::endpoint target(camera_, port);
    (void)::sendto(
        socket,
        packet.data(),
        packet.size(),
        MSG_NOSIGNAL,
        target.data(),
        static_cast<socklen_t>(target.size())
    );
}

}  // namespace bongsu::ingest::rtsp
