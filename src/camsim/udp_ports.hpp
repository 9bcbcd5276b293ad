#pragma once

#include "camsim/rtp_sender.hpp"
#include "core/result.hpp"
#include "media/rtsp/message.hpp"

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

namespace bongsu::camsim {

/// The RTP and RTCP sockets that all UDP sessions of a server share. Runs on: the I/O thread.
class UdpPorts {
public:
    using Endpoint = boost::asio::ip::udp::endpoint;
    using OnReport = std::function<void(const Endpoint& from)>;

    explicit UdpPorts(boost::asio::io_context& io) : rtp_(io), rtcp_(io) {}

    /// Takes two neighbouring free ports, the lower one even (RFC 3550 11).
    Status open(const boost::asio::ip::address& bind);

    /// Calls back for every datagram that arrives on the RTCP port.
    void listen(OnReport on_report);
    void close();

    media::PortPair numbers() const { return numbers_; }

    /// Sends the packets of `unit` (two parts each) by their indices in `order`. Returns how many
    /// the socket refused.
    std::size_t send_unit(
        const WireUnit& unit, const Endpoint& to, std::span<const std::size_t> order
    );
    void send_rtp(Bytes packet, const Endpoint& to);
    void send_report(Bytes packet, const Endpoint& to);

private:
    void receive();

    boost::asio::ip::udp::socket rtp_;
    boost::asio::ip::udp::socket rtcp_;
    media::PortPair numbers_{0, 0};
    OnReport on_report_;
    Endpoint from_;
    std::array<std::uint8_t, 2048> buffer_{};
};

}  // namespace bongsu::camsim
