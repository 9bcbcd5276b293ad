// What a hostile client can send, on raw sockets.
#include "net/http_server.hpp"
#include "net/metrics.hpp"
#include "net/testing/raw_client.hpp"
#include "net/testing/server_fixture.hpp"

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::net {
namespace {

using namespace std::chrono_literals;
using testing::RawClient;

class Attack : public testing::ServerTest {
protected:
    /// A server whose handler counts what gets through to it.
    void guard(HttpServerOptions options = {}) {
        start(std::move(options), [this](const HttpRequest& request) {
            ++handled_;
            return echo(request);
        });
    }

    static std::string get(std::string_view target, std::string_view fields = "Host: a\r\n") {
        return "GET " + std::string(target) + " HTTP/1.1\r\n" + std::string(fields) +
               "Connection: close\r\n\r\n";
    }

    static std::string post(std::string_view fields, std::string_view body = "") {
        return "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + std::string(fields) +
               "\r\n" + std::string(body);
    }

    double refusals(const std::string& reason) {
        return metrics_.counter(kRefusals, {{"reason", reason}}).value();
    }

    std::atomic<int> handled_{0};
};

TEST_F(Attack, AmbiguousLengthsAreRefused) {
    guard();
    const std::vector<std::string> requests{
        post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nGET /x HTTP/1.1\r\n"),
        post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
        post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"),
        post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
        post("Content-Length: 5, 5\r\n", "hello"),
        post("Content-Length: +5\r\n", "hello"),
        post("Content-Length: -1\r\n"),
        post("Content-Length: 0x5\r\n", "hello"),
        post("Content-Length: 99999999999999999999\r\n"),
        post("Content-Length : 5\r\n", "hello"),
        post("Transfer-Encoding: chunked\r\n", "5;a=\r\nhello\r\n0\r\n\r\n"),
        post("Transfer-Encoding: chunked\r\n", "g\r\nhello\r\n0\r\n\r\n"),
        post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n"),
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    };
    for (const std::string& request : requests) {
        const int status = status_of(request);
        EXPECT_TRUE(status == 400 || status == 413) << status << " for\n" << request;
    }
    EXPECT_EQ(handled_, 0);
}

TEST_F(Attack, UnknownTransferCodingsAreRefused) {
    guard();
    for (const char* coding : {"gzip, chunked", "chunked, identity", "xchunked", "\x0b chunked"}) {
        const int status = status_of(post("Transfer-Encoding: " + std::string(coding) + "\r\n"));
        EXPECT_TRUE(status == 501 || status == 400) << status << " for " << coding;
    }
    EXPECT_EQ(handled_, 0);
}

TEST_F(Attack, MalformedHeadsAreRefused) {
    guard();
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400) << "no Host";
    EXPECT_EQ(status_of(get("/", "Host: a\r\nHost: b\r\n")), 400);
    EXPECT_EQ(status_of(get("/", "Host: a/b\r\n")), 400);
    EXPECT_EQ(status_of(get("http://user@a/", "Host: a\r\n")), 400);
    EXPECT_EQ(status_of("GET /  HTTP/1.1\r\nHost: a\r\n\r\n"), 505) << "no version there";
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\nbad name: x\r\n\r\n"), 400);
    EXPECT_EQ(status_of(get("/", std::string("Host: a\r\nX: \0\r\n", 14))), 400);
    EXPECT_EQ(status_of(get("/", "Host: a\r\nX: \xff\xfe\r\n")), 400) << "not UTF-8";
    EXPECT_EQ(status_of("\x16\x03\x01\x02 TLS here\r\n\r\n"), 400);
    EXPECT_EQ(status_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
    EXPECT_EQ(status_of(get("*")), 400);
    EXPECT_EQ(status_of("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(status_of(get("/", "Host: a\r\nExpect: the-worst\r\n")), 417);
    EXPECT_EQ(handled_, 0);
}

TEST_F(Attack, PathTricksAreRefused) {
    guard();
    for (const char* target :
         {"/../etc/passwd",
          "/a/../b",
          "/a/..",
          "/./a",
          "/%2e%2e/a",
          "/%2E%2e",
          "/a%2f..%2fb",
          "/a%5c..%5cb",
          "/a\\b",
          "//evil.example/",
          "/a//b",
          "/a%00.png",
          "/a%0d%0aX:1",
          "/%c0%ae%c0%ae/",
          "/%ff",
          "/%",
          "/%4",
          "/%zz",
          "/a#b",
          "/?a=%ff",
          "/?a=%00",
          "http:///a",
          "ftp://a/b",
          "a/b",
          "/\x7f"}) {
        EXPECT_EQ(status_of(get(target)), 400) << target;
    }
    EXPECT_EQ(handled_, 0);
    EXPECT_EQ(status_of(get("http://example.org/a?b=c")), 200) << "the absolute form is allowed";
    EXPECT_EQ(status_of(get("/a/b.c/...d/%EC%84%9C")), 200);
}

TEST_F(Attack, HugeHeadsAreRefused) {
    guard({.max_head_bytes = 8'192});
    EXPECT_EQ(status_of(get("/" + std::string(9'000, 'a'))), 414);
    EXPECT_EQ(status_of(get("/", "Host: a\r\nX: " + std::string(9'000, 'a') + "\r\n")), 431);
    std::string many = "Host: a\r\n";
    for (int i = 0; i < 200; ++i) {
        many += "X: y\r\n";
    }
    EXPECT_EQ(status_of(get("/", many)), 431);
    EXPECT_EQ(handled_, 0);
    EXPECT_EQ(status_of(get("/" + std::string(7'000, 'a'))), 200);
}

TEST_F(Attack, HugeBodiesAreRefusedBeforeTheyArrive) {
    guard({.max_body_bytes = 10'000});
    EXPECT_EQ(status_of(post("Content-Length: 10001\r\n")), 413);
    EXPECT_EQ(status_of(post("Transfer-Encoding: chunked\r\n", "2711\r\n")), 413);
    EXPECT_EQ(
        status_of(post("Transfer-Encoding: chunked\r\n", "5;x=" + std::string(20'000, 'a'))), 400
    );
    EXPECT_EQ(status_of(post("Content-Length: 10001\r\nExpect: 100-continue\r\n")), 413)
        << "without '100 Continue'";
    EXPECT_EQ(handled_, 0);
}

TEST_F(Attack, TheAnswerToAHugeBodyArrivesAlthoughTheClientKeepsSending) {
    guard({.max_body_bytes = 10'000});
    EXPECT_TRUE(raw(post("Content-Length: 500000\r\n", std::string(500'000, 'x')))
                    .starts_with("HTTP/1.1 413 "));
}

TEST_F(Attack, TrailersAddNoHeaders) {
    start({.trusted_proxies = {"127.0.0.1"}});
    const std::string answer = raw(post(
        "Transfer-Encoding: chunked\r\n", "0\r\nX-Forwarded-For: 192.0.2.1\r\nCookie: a=b\r\n\r\n"
    ));
    EXPECT_TRUE(answer.contains("peer=127.0.0.1 secure=no body=0\n")) << answer;
}

TEST_F(Attack, SlowHeadsAndBodiesAnswer408) {
    guard({.head_deadline = 200ms, .body_deadline = 200ms});
    RawClient head(port());
    head.send("GET / HTTP/1.1\r\nHos");
    RawClient body(port());
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhel");
    EXPECT_TRUE(head.read_all().starts_with("HTTP/1.1 408 "));
    EXPECT_TRUE(body.read_all().starts_with("HTTP/1.1 408 "));
    EXPECT_EQ(refusals("slow_request"), 2);
    EXPECT_EQ(handled_, 0);
}

TEST_F(Attack, DrippingBytesExtendsNoDeadline) {
    guard({.head_deadline = 300ms});
    RawClient client(port());
    const auto begin = std::chrono::steady_clock::now();
    client.send("GET / HTTP/1.1\r\nX: ");
    while (!client.is_closed_within(50ms) && std::chrono::steady_clock::now() - begin < 5s) {
        client.send("a");
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST_F(Attack, SilentConnectionsAreClosed) {
    guard({.head_deadline = 200ms, .idle_deadline = 300ms});
    RawClient silent(port());
    EXPECT_TRUE(silent.is_closed_within(3s));
    RawClient idle(port());
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(idle.read_until("\r\n\r\n"));
    EXPECT_TRUE(idle.is_closed_within(3s));
}

TEST_F(Attack, ClientsThatNeverReadAreCutAndHoldNobodyUp) {
    start({.write_deadline = 300ms}, [](const HttpRequest& request) {
        return HttpResponse{.body = std::string(request.path == "/big" ? 50'000'000 : 10, 'x')};
    });
    RawClient greedy(port(), 4'096);
    greedy.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(curl("/"), "xxxxxxxxxx200");
    while (server_->connections() > 0 && refusals("slow_reader") == 0) {
        std::this_thread::yield();
    }
    EXPECT_EQ(refusals("slow_reader"), 1);
}

TEST_F(Attack, OneAddressGetsItsShareOfConnectionsOnly) {
    guard({.max_connections_per_peer = 3});
    {
        const RawClient a(port());
        const RawClient b(port());
        const RawClient c(port());
        while (server_->connections() < 3) {
            std::this_thread::yield();
        }
        RawClient fourth(port());
        EXPECT_TRUE(fourth.read_all().starts_with("HTTP/1.1 503 "));
    }
    while (server_->connections() > 0) {
        std::this_thread::yield();
    }
    EXPECT_TRUE(curl("/").ends_with("200")) << "they were given back";
}

TEST_F(Attack, AThousandBrokenConnectionsLeaveNothingBehind) {
    guard();
    for (int i = 0; i < 1'000; ++i) {
        const RawClient client(port());
        client.send(
            i % 2 == 0 ? "GET / HT" : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"
        );
    }
    while (server_->connections() > 0) {
        std::this_thread::yield();
    }
    EXPECT_TRUE(curl("/").ends_with("200"));
}

}  // namespace
}  // namespace bongsu::net
