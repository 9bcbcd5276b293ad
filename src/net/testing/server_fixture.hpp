#pragma once

#include "core/metrics.hpp"
#include "net/http_server.hpp"
#include "net/testing/temporary_folder.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::net::testing {

/// A running server and the ways to ask it.
class ServerTest : public ::testing::Test {
protected:
    void start(HttpServerOptions options = {}, HttpHandler handler = echo);

    std::string url(const std::string& path) const;

    /// What curl shows, followed by the status.
    std::string curl(const std::string& path, const std::string& options = "") const;

    /// Sends these bytes on a connection of its own; everything that comes back until it is closed.
    std::string raw(const std::string& bytes) const;

    /// The first line's status of what raw() returns, 0 when nothing came.
    int status_of(const std::string& bytes) const;

    /// Answers with what it saw of the request.
    static HttpAnswer echo(const HttpRequest& request);

    std::uint16_t port() const { return server_->port(); }

    TemporaryFolder folder_;
    Metrics metrics_;
    std::unique_ptr<HttpServer> server_;
    bool is_tls_ = false;
};

}  // namespace bongsu::net::testing
