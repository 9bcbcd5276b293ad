#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>

#include <boost/asio/ip/tcp.hpp>

namespace bongsu::net {

/// Where a server listens, and what it calls itself in errors.
struct ListenAt {
    std::string bind;        ///< an IP address
    std::uint16_t port = 0;  ///< 0: any free one
    std::string who;         ///< such as "the camera simulator"
};

/// Opens, binds and listens; returns the port in use. InvalidArgument for an address that is none,
/// Unavailable when the port is in use, PermissionDenied.
Result<std::uint16_t> listen(boost::asio::ip::tcp::acceptor& acceptor, const ListenAt& at);

}  // namespace bongsu::net
