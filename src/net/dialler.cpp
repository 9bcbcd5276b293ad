#include "net/dialler.hpp"

#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <openssl/ssl.h>

namespace bongsu::net {

namespace asio = boost::asio;
using asio::ip::tcp;

Dialler::Dialler(asio::io_context& context, HttpUrl url, asio::ssl::context* tls)
    : resolver_(context), socket_(context), url_(std::move(url)), tls_(tls) {}

void Dialler::dial(Done done) {
    done_ = std::move(done);
    const std::string port = std::to_string(url_.port);
    Wire::Error no_address;
    const auto address = asio::ip::make_address(url_.host, no_address);
    if (!no_address) {  // needs no look-up, and with it no thread
        connect(Endpoints::create(tcp::endpoint(address, url_.port), url_.host, port));
        return;
    }
    resolver_.async_resolve(
        url_.host,
        port,
        [self = shared_from_this()](const Wire::Error& error, const Endpoints& endpoints) {
            if (error) {
                self->done_(error, nullptr);
            } else {
                self->connect(endpoints);
            }
        }
    );
}

void Dialler::connect(const Endpoints& endpoints) {
    asio::async_connect(
        socket_,
        endpoints,
        [self = shared_from_this()](const Wire::Error& error, const tcp::endpoint&) {
            self->on_connected(error);
        }
    );
}

void Dialler::on_connected(const Wire::Error& error) {
    if (error) {
        done_(error, nullptr);
        return;
    }
    Wire::Error ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    if (url_.is_tls) {
        shake_hands();
    } else {
        done_({}, std::make_unique<Wire>(std::move(socket_)));
    }
}

void Dialler::shake_hands() {
    wire_ = std::make_unique<Wire>(std::move(socket_), *tls_);
    Wire::Error no_address;
    asio::ip::make_address(url_.host, no_address);
    if (no_address) {  // RFC 6066 3: names only
        ::SSL_set_tlsext_host_name(wire_->tls().native_handle(), url_.host.c_str());
    }
    if (::SSL_CTX_get_verify_mode(tls_->native_handle()) != SSL_VERIFY_NONE) {
        wire_->tls().set_verify_callback(asio::ssl::host_name_verification(url_.host));
    }
    wire_->tls().async_handshake(
        Wire::TlsSocket::client,
        [self = shared_from_this()](const Wire::Error& error) {
            self->done_(error, error ? nullptr : std::move(self->wire_));
        }
    );
}

void Dialler::cancel() {
    resolver_.cancel();
    Wire::Error ignored;
    socket_.close(ignored);
    if (wire_) {
        wire_->close();
    }
}

}  // namespace bongsu::net
