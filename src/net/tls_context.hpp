#pragma once

#include "core/result.hpp"
#include "net/http_server.hpp"

#include <memory>

#include <boost/asio/ssl/context.hpp>

namespace bongsu::net {

using TlsContext = std::unique_ptr<boost::asio::ssl::context>;

/// TLS 1.2 and 1.3 with forward secrecy and authenticated ciphers only (BSI TR-02102-2, RFC 9325).
/// InvalidArgument, naming the file, when the certificate or key cannot be used.
Result<TlsContext> make_server_tls(const TlsFiles& files);

/// `verifies`: the peer's certificate must lead to one that the system trusts.
Result<TlsContext> make_client_tls(bool verifies);

}  // namespace bongsu::net
