#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace bongsu::net {

/// One TCP connection, with TLS over it or without: the code above is the same. One read and one
/// write may be under way at once. Runs on: the connection's I/O loop.
class Wire {
public:
    using Socket = boost::asio::ip::tcp::socket;
    using TlsSocket = boost::asio::ssl::stream<Socket>;
    using Error = boost::system::error_code;

    explicit Wire(Socket socket) : plain_(std::move(socket)) {}

    /// `tls` must outlive it.
    Wire(Socket socket, boost::asio::ssl::context& tls) { tls_.emplace(std::move(socket), tls); }

    bool is_tls() const { return tls_.has_value(); }

    TlsSocket& tls() { return *tls_; }

    Socket& socket() { return tls_ ? tls_->next_layer() : *plain_; }

    template <class Handler>
    void read_some(boost::asio::mutable_buffer into, Handler handler) {
        if (tls_) {
            tls_->async_read_some(into, std::move(handler));
        } else {
            plain_->async_read_some(into, std::move(handler));
        }
    }

    /// The array of buffers must stay until the handler is called.
    template <class Handler>
    void write_some(std::span<const boost::asio::const_buffer> buffers, Handler handler) {
        if (tls_) {
            tls_->async_write_some(one_record(buffers), std::move(handler));
        } else {
            plain_->async_write_some(buffers, std::move(handler));
        }
    }

    void close() {
        Error ignored;
        socket().close(ignored);
    }

private:
    /// Small buffers are joined so that they share one TLS record and one packet.
    boost::asio::const_buffer one_record(std::span<const boost::asio::const_buffer> buffers) {
        constexpr std::size_t kRecord = std::size_t{16} * 1024;
        if (buffers.size() == 1 || buffers.front().size() >= kRecord) {
            return buffers.front();
        }
        record_.resize(kRecord);
        std::size_t filled = 0;
        for (const auto& buffer : buffers) {
            const std::size_t size = std::min(buffer.size(), kRecord - filled);
            std::memcpy(record_.data() + filled, buffer.data(), size);
            filled += size;
        }
        return {record_.data(), filled};
    }

    std::optional<Socket> plain_;
    std::optional<TlsSocket> tls_;
    std::vector<char> record_;
};

}  // namespace bongsu::net
