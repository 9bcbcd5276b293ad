#include "net/http_core.hpp"

#include "net/metrics.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace bongsu::net {
namespace {

constexpr unsigned kFileThreads = 2;

}  // namespace

HttpCore::HttpCore(HttpServerOptions given, HttpHandler given_handler, Metrics& given_metrics)
    : options(std::move(given)),
      handler(std::move(given_handler)),
      origin(options.trusted_proxies),
      metrics(given_metrics),
      request_seconds(metrics.histogram(kRequestSeconds)),
      websockets(metrics.gauge(kWebSockets)),
      dropped_messages(metrics.counter(kDroppedMessages)),
      limits(
          options.max_connections, options.max_connections_per_peer, metrics.gauge(kConnections)
      ),
      requests("web-req", static_cast<unsigned>(std::max(1, options.request_threads))),
      files("web-file", kFileThreads) {}

void HttpCore::count_request(int status, Duration took) {
    const std::string of_class = std::to_string(status / 100) + "xx";
    metrics.counter(kRequests, {{"status", of_class}}).add();
    request_seconds.observe(to_seconds(took));
}

void HttpCore::count_refusal(std::string_view reason) {
    metrics.counter(kRefusals, {{"reason", std::string(reason)}}).add();
}

}  // namespace bongsu::net
