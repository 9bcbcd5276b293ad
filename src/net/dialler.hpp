#pragma once

#include "net/http_url.hpp"
#include "net/tls_context.hpp"
#include "net/wire.hpp"

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace bongsu::net {

/// Opens a connection to a host: looks its name up, connects, shakes hands if it is TLS. Runs on:
/// the thread of its io_context.
class Dialler : public std::enable_shared_from_this<Dialler> {
public:
    /// `tls` may be null when the address is not TLS; else it must outlive the wire.
    Dialler(boost::asio::io_context& context, HttpUrl url, boost::asio::ssl::context* tls);

    using Done = std::function<void(const Wire::Error&, std::unique_ptr<Wire>)>;

    void dial(Done done);

    /// `done` is called with an error.
    void cancel();

private:
    using Endpoints = boost::asio::ip::tcp::resolver::results_type;

    void connect(const Endpoints& endpoints);
    void on_connected(const Wire::Error& error);
    void shake_hands();

    boost::asio::ip::tcp::resolver resolver_;
    boost::asio::ip::tcp::socket socket_;
    const HttpUrl url_;
    boost::asio::ssl::context* tls_;
    std::unique_ptr<Wire> wire_;
    Done done_;
};

}  // namespace bongsu::net
