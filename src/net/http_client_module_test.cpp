// The client against the server.
#include "net/http_client.hpp"
#include "net/http_server.hpp"
#include "net/testing/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace bongsu::net {
namespace {

HttpAnswer answer(const HttpRequest& request) {
    HttpResponse response;
    response.headers = {{"X-Seen", request.method + request.path}};
    if (request.path == "/large") {
        response.body = std::string(200'000, 'x');
    } else {
        response.status = request.path == "/missing" ? 404 : 200;
        response.body = request.body + "!";
    }
    return response;
}

class Client : public ::testing::Test {
protected:
    void start(HttpServerOptions options = {}) {
        scheme_ = options.tls ? "https" : "http";
        server_ = std::make_unique<HttpServer>(options, answer, metrics_);
        ASSERT_TRUE(server_->start());
    }

    std::string url(const std::string& path) const {
        return scheme_ + "://127.0.0.1:" + std::to_string(server_->port()) + path;
    }

    Metrics metrics_;
    std::string scheme_;
    std::unique_ptr<HttpServer> server_;
};

TEST_F(Client, SendsABodyAndTakesTheAnswerWithItsHeaders) {
    start();
    const auto response =
        http_call({.method = "POST", .url = url("/p"), .headers = {{"A", "b"}}, .body = "hello"});
    ASSERT_TRUE(response) << response.error().describe();
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "hello!");
    ASSERT_NE(find_field(response->headers, "x-seen"), nullptr);
    EXPECT_EQ(*find_field(response->headers, "x-seen"), "POST/p");
}

TEST_F(Client, HandsOnStatusesThatAreNotGood) {
    start();
    const auto response = http_call({.url = url("/missing")});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 404);
}

TEST_F(Client, AnswersToHeadHaveNoBody) {
    start();
    const auto response = http_call({.method = "HEAD", .url = url("/large")});
    ASSERT_TRUE(response) << response.error().describe();
    EXPECT_EQ(response->body, "");
    EXPECT_EQ(*find_field(response->headers, "content-length"), "200000");
}

TEST_F(Client, RefusesAnswersAboveItsLimit) {
    start();
    const auto response = http_call({.url = url("/large"), .max_body_bytes = 100'000});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::ResourceExhausted);
}

TEST_F(Client, TrustsASelfSignedCertificateOnlyWhenToldTo) {
    const testing::TemporaryFolder folder;
    const TlsFiles files{folder.path() / "cert.pem", folder.path() / "key.pem"};
    ASSERT_TRUE(ensure_self_signed(files, {"127.0.0.1"}));
    start({.tls = files});
    const auto refused = http_call({.url = url("/")});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
    const auto response = http_call({.url = url("/large"), .verifies_certificate = false});
    ASSERT_TRUE(response) << response.error().describe();
    EXPECT_EQ(response->body.size(), 200'000U);
}

TEST_F(Client, GivesUpAfterItsDeadline) {
    // Nothing answers at this address (RFC 5737).
    const auto response =
        http_call({.url = "http://192.0.2.1/", .deadline = std::chrono::milliseconds{200}});
    ASSERT_FALSE(response);
    EXPECT_TRUE(
        response.error().kind == ErrorKind::Timeout ||
        response.error().kind == ErrorKind::Unavailable  // no route at all
    );
}

TEST_F(Client, LetsNoHeaderForgeAnother) {
    start();
    const auto response = http_call({.url = url("/"), .headers = {{"A", "b\r\nC: d"}}});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::InvalidArgument);
    EXPECT_FALSE(http_call({.url = "http://user:secret@127.0.0.1/"}));
    EXPECT_FALSE(http_call({.url = "ftp://127.0.0.1/"}));
    EXPECT_FALSE(http_call({.url = "http://127.0.0.1:99999/"}));
}

}  // namespace
}  // namespace bongsu::net
