#pragma once

#include "core/result.hpp"
#include "ingest/io_threads.hpp"
#include "ingest/name_lookup.hpp"
#include "media/rtsp/reader.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace bongsu::ingest::rtsp {

/// The TCP connection of one RTSP session. Reads into its thread's shared buffer and parses in
/// place; only an item that is not complete yet is kept. Waits are cancelled by closing or by the
/// coroutine's cancellation slot. Runs on: the session's thread.
class Connection {
public:
    Connection(IoThread thread, NameLookup& names, std::string shown_url)
        : socket_(thread.context),
          context_(thread.context),
          names_(names),
          scratch_(thread.scratch),
          shown_url_(std::move(shown_url)) {}

    ~Connection() { close(); }

    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Finds the host and connects. Unavailable when no address answers.
    boost::asio::awaitable<Status> connect(std::string host, std::uint16_t port);

    /// Returns when there is something to read, or when the peer is gone, which `drain` then finds.
    boost::asio::awaitable<void> wait_readable();

    /// Whether arriving data wakes the thread. A connection that is read at intervals is taken out
    /// of the reactor: otherwise every packet would still cost a wake-up. `wait_readable` needs it
    /// watched.
    void set_watched(bool is_watched);

    /// Takes in what has arrived and hands over each item; payloads live until the handler returns.
    /// The handler's error, a closed connection and broken framing end it.
    using ItemHandler = std::function<Status(media::RtspItem&)>;
    Status drain(const ItemHandler& handler);

    /// Sends without waiting. Our messages are small: a peer whose window has no room for them has
    /// stopped reading, and counts as gone.
    Status send(std::string_view bytes);

    void close();

    boost::asio::ip::address peer_address() const { return peer_; }

    bool is_ipv6() const { return peer_.is_v6(); }

    media::RtspReader& reader() { return reader_; }

private:
    boost::asio::awaitable<Result<NameLookup::Addresses>> find(std::string host);
    Status parse(Bytes bytes, const ItemHandler& handler, std::size_t& used);
    Result<std::size_t> read_some(std::size_t offset);
    Error lost(std::string_view why) const;

    boost::asio::ip::tcp::socket socket_;
    boost::asio::io_context& context_;
    NameLookup& names_;
    int handle_ = -1;  ///< of the socket; owned by `socket_` while it is watched, else by us
    bool is_watched_ = true;
    std::span<std::uint8_t> scratch_;
    std::string shown_url_;
    boost::asio::ip::address peer_;
    media::RtspReader reader_;
    std::vector<std::uint8_t> pending_;  ///< the beginning of an item that is not complete
};

}  // namespace bongsu::ingest::rtsp
