#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "net/http.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::net {

/// A certificate chain and its key as PEM files.
struct TlsFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

struct HttpServerOptions {
    std::string bind = "127.0.0.1";
    std::uint16_t port = 0;       ///< 0: any free one
    std::optional<TlsFiles> tls;  ///< without it plain HTTP, for loopback and behind a proxy
    std::vector<std::string> trusted_proxies;  ///< addresses whose X-Forwarded-For/-Proto count
    int io_threads = 1;                        ///< each connection lives on one of them
    int request_threads = 4;                   ///< handlers run here
    std::size_t max_waiting_requests = 512;    ///< beyond it: 503 with Retry-After
    std::size_t max_connections = 2'000;
    std::size_t max_connections_per_peer = 400;
    std::size_t max_head_bytes = 16 * 1024;
    std::size_t max_body_bytes = 8 * 1024 * 1024;
    std::size_t max_websocket_message_bytes = 64 * 1024;  ///< from the client
    std::size_t max_websocket_queued_bytes = 8 * 1024 * 1024;
    std::size_t max_websocket_queued_messages = 2'000;
    Duration head_deadline = std::chrono::seconds{10};   ///< to send a whole request head
    Duration body_deadline = std::chrono::seconds{60};   ///< to send a whole body
    Duration write_deadline = std::chrono::seconds{30};  ///< without any progress
    Duration idle_deadline = std::chrono::seconds{75};   ///< between requests
    Duration ping_interval = std::chrono::seconds{20};  ///< WebSocket; twice without an answer: cut
};

/// HTTP/1.1 and WebSocket over TCP or TLS. Answers malformed, oversized and slow requests itself
/// (400, 408, 413, 414, 431, 503 as application/problem+json, RFC 9457) and never hands them on.
/// Adds no headers of its own beyond Date, Content-Length and Connection. start and stop run on the
/// owner's thread.
class HttpServer {
public:
    /// `metrics` must outlive it.
    HttpServer(HttpServerOptions options, HttpHandler handler, Metrics& metrics);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Errors: InvalidArgument (address, certificate), Unavailable (port in use), PermissionDenied.
    Status start();

    /// Refuses new work, closes WebSockets with 1001, finishes running requests, joins. Idempotent.
    void stop();

    /// The port in use, after start.
    std::uint16_t port() const;

    std::size_t connections() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Makes a self-signed certificate (P-256, ten years) for these host names and addresses, unless
/// both files are there already. The key file is readable by its owner only. FailedPrecondition
/// when only one of them is there, InvalidArgument for a host that is none.
Status ensure_self_signed(const TlsFiles& files, const std::vector<std::string>& hosts);

}  // namespace bongsu::net
