#pragma once

#include "core/metrics.hpp"
#include "exec/worker_pool.hpp"
#include "net/connection_limits.hpp"
#include "net/http_server.hpp"
#include "net/request_origin.hpp"

#include <atomic>
#include <cstddef>
#include <string_view>

namespace bongsu::net {

/// What all connections of one server share. Outlives them.
struct HttpCore {
    HttpCore(HttpServerOptions options, HttpHandler handler, Metrics& metrics);

    void count_request(int status, Duration took);
    void count_refusal(std::string_view reason);

    const HttpServerOptions options;
    const HttpHandler handler;
    const RequestOrigin origin;
    Metrics& metrics;
    Histogram& request_seconds;
    Gauge& websockets;
    Counter& dropped_messages;
    ConnectionLimits limits;
    std::atomic<std::size_t> waiting_requests{0};
    exec::WorkerPool requests;
    exec::WorkerPool files;  ///< a slow disk holds up neither handlers nor I/O
};

}  // namespace bongsu::net
