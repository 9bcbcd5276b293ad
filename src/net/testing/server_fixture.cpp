#include "net/testing/server_fixture.hpp"

#include "net/testing/raw_client.hpp"
#include "net/testing/shell.hpp"

#include <cstdlib>
#include <utility>

namespace bongsu::net::testing {

void ServerTest::start(HttpServerOptions options, HttpHandler handler) {
    is_tls_ = options.tls.has_value();
    server_ = std::make_unique<HttpServer>(std::move(options), std::move(handler), metrics_);
    const Status started = server_->start();
    ASSERT_TRUE(started) << started.error().describe();
}

std::string ServerTest::url(const std::string& path) const {
    return std::string(is_tls_ ? "https" : "http") + "://127.0.0.1:" + std::to_string(port()) +
           path;
}

std::string ServerTest::curl(const std::string& path, const std::string& options) const {
    return run("curl -s -m 10 --path-as-is -w '%{http_code}' " + options + " '" + url(path) + "'");
}

std::string ServerTest::raw(const std::string& bytes) const {
    RawClient client(port());
    client.send(bytes);
    return client.read_all();
}

int ServerTest::status_of(const std::string& bytes) const {
    const std::string answer = raw(bytes);
    return answer.starts_with("HTTP/1.1 ") ? std::atoi(answer.c_str() + 9) : 0;
}

HttpAnswer ServerTest::echo(const HttpRequest& request) {
    std::string text = request.method + " " + request.path + " peer=" + request.peer +
                       " secure=" + (request.is_secure ? "yes" : "no") +
                       " body=" + std::to_string(request.body.size());
    for (const auto& [name, value] : request.query) {
        text += " ?" + name + "=" + value;
    }
    for (const auto& [name, value] : request.cookies) {
        text += " cookie:" + name + "=" + value;
    }
    HttpResponse response;
    response.headers = {{"Content-Type", "text/plain"}};
    response.body = text + "\n";
    return response;
}

}  // namespace bongsu::net::testing
