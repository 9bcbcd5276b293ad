#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"
#include "ingest/io_threads.hpp"
#include "media/rtsp/message.hpp"

#include <cstdint>
#include <functional>
#include <memory>

#include <boost/asio/ip/udp.hpp>

namespace bongsu::ingest::rtsp {

/// Two UDP sockets on neighbouring ports, the even one for RTP (RFC 3550 11). Takes datagrams from
/// the camera's address only. Runs on: the session's thread.
class UdpPair {
public:
    /// Tries ports chosen by `random` in [0, 1). ResourceExhausted when no pair is free.
    static Result<std::unique_ptr<UdpPair>> open(
        IoThread thread,
        const boost::asio::ip::address& camera,
        const std::function<double()>& random
    );

    ~UdpPair();
    UdpPair(const UdpPair&) = delete;
    UdpPair& operator=(const UdpPair&) = delete;

    std::uint16_t rtp_port() const { return rtp_port_; }

    /// Learns where the camera sends from, and opens the way back through address translation.
    void set_camera_ports(media::PortPair ports);

    using Handler = std::function<void(Bytes)>;
    void drain(const Handler& on_rtp, const Handler& on_rtcp);
    void send_rtcp(Bytes packet);

private:
    UdpPair(IoThread thread, boost::asio::ip::address camera);
    bool bind(std::uint16_t port);
    void drain_one(int socket, const Handler& handler);
    void send_to(int socket, std::uint16_t port, Bytes packet);

    // Plain sockets: in Asio's reactor every datagram would wake the thread.
    int rtp_ = -1;
    int rtcp_ = -1;
    std::span<std::uint8_t> scratch_;
    boost::asio::ip::address camera_;
    media::PortPair camera_ports_{};
    std::uint16_t rtp_port_ = 0;
};

}  // namespace bongsu::ingest::rtsp
