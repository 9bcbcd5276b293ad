// The server against curl and raw sockets.
#include "net/http_server.hpp"
#include "net/problem.hpp"
#include "net/testing/shell.hpp"
#include "net/testing/temporary_folder.hpp"

#include <atomic>
#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::net {
namespace {

using testing::run;
using testing::TemporaryFolder;

/// Answers with what it saw.
HttpAnswer echo(const HttpRequest& request) {
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

class Server : public ::testing::Test {
protected:
    void start(HttpServerOptions options = {}, HttpHandler handler = echo) {
        options.port = 0;
        is_tls_ = options.tls.has_value();
        server_ = std::make_unique<HttpServer>(options, std::move(handler), metrics_);
        const Status started = server_->start();
        ASSERT_TRUE(started) << started.error().describe();
    }

    std::string url(const std::string& path) const {
        return std::string(is_tls_ ? "https" : "http") +
               "://127.0.0.1:" + std::to_string(server_->port()) + path;
    }

    std::string curl(const std::string& path, const std::string& options = "") const {
        return run("curl -s -k -m 10 -w '%{http_code}' " + options + " '" + url(path) + "'");
    }

    TemporaryFolder folder_;
    Metrics metrics_;
    std::unique_ptr<HttpServer> server_;
    bool is_tls_ = false;
};

TEST_F(Server, HandsARequestOnDecoded) {
    start();
    EXPECT_EQ(
        curl("/a%20b/%EC%84%9C?x=1&y=%26+z", "-b 'session=abc; theme=dark'"),
        "GET /a b/서 peer=127.0.0.1 secure=no body=0 ?x=1 ?y=& z cookie:session=abc "
        "cookie:theme=dark\n200"
    );
}

TEST_F(Server, TakesABodyWithALengthAndInChunks) {
    start();
    const std::string body = folder_.path() / "body";
    std::ofstream(body) << std::string(300'000, 'x');
    EXPECT_EQ(
        curl("/", "--data-binary @" + body), "POST / peer=127.0.0.1 secure=no body=300000\n200"
    );
    EXPECT_EQ(
        curl("/", "-H 'Transfer-Encoding: chunked' --data-binary @" + body),
        "POST / peer=127.0.0.1 secure=no body=300000\n200"
    );
}

TEST_F(Server, SpeaksTlsWithACertificateOfItsOwn) {
    const TlsFiles files{folder_.path() / "tls/cert.pem", folder_.path() / "tls/key.pem"};
    ASSERT_TRUE(ensure_self_signed(files, {"localhost", "127.0.0.1", "::1"}));
    start({.tls = files});
    EXPECT_EQ(
        curl("/x", "--cacert " + files.certificate.string()),
        "GET /x peer=127.0.0.1 secure=yes body=0\n200"
    );
}

}  // namespace
}  // namespace bongsu::net
