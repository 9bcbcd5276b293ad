#include "net/listen.hpp"

#include <boost/asio/ip/address.hpp>

namespace bongsu::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

Error listen_error(const ListenAt& at, const error_code& code) {
    const std::string port = std::to_string(at.port);
    const std::string what = at.who + " cannot listen on " + at.bind + ":" + port;
    if (code == asio::error::address_in_use) {
        return {
            ErrorKind::Unavailable,
            "port " + port + " is in use: " + what +
                "; stop the other program or choose another port",
            nullptr
        };
    }
    const auto kind =
        code == asio::error::access_denied ? ErrorKind::PermissionDenied : ErrorKind::Unavailable;
    return {kind, what + ": " + code.message(), nullptr};
}

}  // namespace

Result<std::uint16_t> listen(asio::ip::tcp::acceptor& acceptor, const ListenAt& at) {
    error_code code;
    const auto address = asio::ip::make_address(at.bind, code);
    if (code) {
        return fail(
            ErrorKind::InvalidArgument,
            at.who + ": bind is '" + at.bind +
                "', which is no IP address such as 127.0.0.1 or 0.0.0.0"
        );
    }
    const asio::ip::tcp::endpoint endpoint{address, at.port};
    acceptor.open(endpoint.protocol(), code);
    if (!code) {
        acceptor.set_option(asio::socket_base::reuse_address(true), code);
        acceptor.bind(endpoint, code);
    }
    if (!code) {
        acceptor.listen(asio::socket_base::max_listen_connections, code);
    }
    if (code) {
        return fail(listen_error(at, code));
    }
    return acceptor.local_endpoint().port();
}

}  // namespace bongsu::net
