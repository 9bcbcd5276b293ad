#pragma once

#include "camsim/outbox.hpp"
#include "camsim/rtsp_responder.hpp"
#include "camsim/timer_wheel.hpp"
#include "camsim/udp_ports.hpp"
#include "core/clock.hpp"
#include "media/rtsp/reader.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <boost/asio/ip/tcp.hpp>

namespace bongsu::camsim {

/// What a connection needs of its server. Runs on: the I/O thread.
class ConnectionHost {
public:
    virtual ~ConnectionHost() = default;
    virtual const Clock& clock() const = 0;
    virtual const CamsimOptions& options() const = 0;
    virtual UdpPorts& udp() = 0;
    /// Calls Connection::play_due at `due`.
    virtual void wake_at(std::uint64_t connection, MonoTime due) = 0;
    /// Forgets the connection soon; it is closed already.
    virtual void forget(std::uint64_t connection) = 0;
    /// Memory for one picture on its way to a socket, shared by all connections.
    virtual WireUnit& scratch() = 0;
};

/// One RTSP client: reads its requests, answers them and sends it what it plays. Runs on: the I/O
/// thread.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(
        boost::asio::ip::tcp::socket socket,
        std::uint64_t id,
        ConnectionHost& host,
        RtspResponder responder
    );
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start();

    /// Sends every picture that is due and asks to be woken for the next one.
    void play_due();

    /// Closes when nothing was heard from the client for the session timeout.
    void check_timeout(MonoTime now);

    /// A receiver report came over UDP: counts as life when it is from this client.
    void hear_report(const UdpPorts::Endpoint& from);

    /// `why` is for the log.
    void close(std::string_view why);

    bool is_open() const { return socket_.is_open(); }

    /// From now on nothing is read, sent or closed, as when the cable is cut.
    void hang() { is_hung_ = true; }

    /// The peer sees "connection reset" instead of an orderly end.
    void reset();

private:
    void read();
    void take_items();
    void take_item(const media::RtspItem& item);
    void hear(std::string_view method);
    void answer(const media::RtspRequest& request);
    void follow_session();
    void send_unit(UnitNumber number, MonoTime now);
    bool may_send(const FilmUnit& unit);
    FaultAction fault_at(UnitNumber number) const;
    bool suffer(FaultAction action, UnitNumber number);
    Duration since_play(UnitNumber number) const;
    bool follow_film();
    void send_packets(const FilmUnit& unit, UnitNumber number);
    std::size_t send_datagrams(const WireUnit& wire, std::uint32_t first_packet);
    void send_damaged(const FilmUnit& unit, UnitNumber number, FaultAction action);
    void note_sent(UnitNumber number, bool is_whole);
    void send_report(MonoTime now, Duration offset);
    void send_garbage();
    void send_bytes(Bytes bytes);
    void skip_if_late(MonoTime now);
    void end_film();
    void finish_if_sent();
    void wait_until_writable();
    UdpPorts::Endpoint peer_at(std::uint16_t port) const;

    std::int64_t backlog_limit() const { return host_.options().backlog_bytes; }

    boost::asio::ip::tcp::socket socket_;
    boost::asio::ip::address peer_;
    std::uint64_t id_;
    ConnectionHost& host_;
    RtspResponder responder_;
    media::RtspReader reader_;
    Outbox outbox_;
    std::vector<std::uint8_t> input_;
    std::size_t filled_ = 0;     // of input_
    Stream* counted_ = nullptr;  // the stream whose session count includes us
    MonoTime last_heard_;
    MonoTime next_report_;
    bool is_woken_later_ = false;
    bool is_writing_ = false;
    bool waits_for_key_ = false;
    bool is_ending_ = false;
    bool is_hung_ = false;
    bool is_withholding_ = false;
    std::vector<std::size_t> order_;  // of the packets of one picture over UDP
};

}  // namespace bongsu::camsim
