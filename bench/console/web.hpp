#pragma once

#include "console/city.hpp"
#include "core/result.hpp"
#include "net/http.hpp"
#include "net/websocket_client.hpp"

#include <string>
#include <string_view>

namespace bongsu::bench {

/// A session at a server.
struct Login {
    std::string url;     ///< of the server
    std::string cookie;  ///< value of the header Cookie
};

Result<Login> log_in(const std::string& url, const Account& account);

/// One GET on a connection of its own; anything but 200 is an error.
Result<std::string> get(const Login& login, const std::string& target);

/// How a page would open this WebSocket.
net::WebSocketCall socket_call(const Login& login, const std::string& target);

/// GETs on one connection that stays open. Blocks; one thread.
class KeptConnection {
public:
    static Result<KeptConnection> open(const Login& login);
    ~KeptConnection();
    KeptConnection(KeptConnection&& other) noexcept;
    KeptConnection& operator=(KeptConnection&&) = delete;

    /// Returns the status.
    Result<int> get(const std::string& target);

private:
    KeptConnection(int socket, Login login) : socket_(socket), login_(std::move(login)) {}

    Status fill();

    int socket_;
    Login login_;
    std::string buffer_;
};

}  // namespace bongsu::bench
