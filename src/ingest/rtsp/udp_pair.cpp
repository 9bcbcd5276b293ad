#include "ingest/rtsp/udp_pair.hpp"

#include <array>
#include <utility>

namespace bongsu::ingest::rtsp {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

constexpr int kAttempts = 50;
constexpr int kFirstPort = 20'000;
constexpr int kPortPairs = 20'000;
constexpr int kReceiveBuffer = 2 * 1024 * 1024;  // the kernel caps it at net.core.rmem_max
constexpr int kMaxDatagramsAtOnce = 2000;        // leaves room for the other cameras of the thread

}  // namespace

UdpPair::UdpPair(IoThread thread, asio::ip::address camera)
    : rtp_(thread.context), rtcp_(thread.context), scratch_(thread.scratch), camera_(camera) {}

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
    for (auto* socket : {&rtp_, &rtcp_}) {
        error_code error;
        socket->open(protocol, error);
        if (!error) {
            socket->bind({protocol, port}, error);
        }
        if (error) {
            return false;
        }
        error_code ignored;
        socket->set_option(asio::socket_base::receive_buffer_size(kReceiveBuffer), ignored);
        socket->non_blocking(true, ignored);
        ++port;
    }
    return true;
}

void UdpPair::set_camera_ports(media::PortPair ports) {
    camera_ports_ = ports;
    static constexpr std::array<std::uint8_t, 12> kEmptyRtp = {0x80};
    error_code ignored;
    rtp_.send_to(asio::buffer(kEmptyRtp), udp::endpoint(camera_, camera_ports_.first), 0, ignored);
}

void UdpPair::drain(const Handler& on_rtp, const Handler& on_rtcp) {
    drain_one(rtp_, on_rtp);
    drain_one(rtcp_, on_rtcp);
}

void UdpPair::drain_one(udp::socket& socket, const Handler& handler) {
    for (int i = 0; i < kMaxDatagramsAtOnce; ++i) {
        udp::endpoint sender;
        error_code error;
        const auto size =
            socket.receive_from(asio::buffer(scratch_.data(), scratch_.size()), sender, 0, error);
        if (error) {
            return;  // nothing more now; ICMP errors of our own packets end here too and do no harm
        }
        if (sender.address() == camera_) {
            handler(scratch_.first(size));
        }
    }
}

void UdpPair::send_rtcp(Bytes packet) {
    error_code ignored;
    rtcp_.send_to(
        asio::buffer(packet.data(), packet.size()),
        udp::endpoint(camera_, camera_ports_.second),
        0,
        ignored
    );
}

}  // namespace bongsu::ingest::rtsp
