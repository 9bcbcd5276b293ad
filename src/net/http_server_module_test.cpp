// The server against curl as a client that it was not written for.
#include "net/http_server.hpp"
#include "net/testing/raw_client.hpp"
#include "net/testing/server_fixture.hpp"
#include "net/testing/shell.hpp"

#include <atomic>
#include <condition_variable>
#include <fstream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace bongsu::net {
namespace {

using namespace std::chrono_literals;
using testing::RawClient;
using testing::run;

class Server : public testing::ServerTest {};

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
    const std::string seen = "POST / peer=127.0.0.1 secure=no body=300000\n200";
    EXPECT_EQ(curl("/", "--data-binary @" + body), seen);
    EXPECT_EQ(curl("/", "-H 'Transfer-Encoding: chunked' --data-binary @" + body), seen);
    EXPECT_EQ(curl("/", "-H 'Expect: 100-continue' --data-binary @" + body), seen);
}

TEST_F(Server, AnswersHeadWithTheLengthOfGet) {
    start();
    const std::string head = curl("/", "-I");
    EXPECT_TRUE(head.contains("Content-Length: 39\r\n")) << head;
    EXPECT_TRUE(head.ends_with("\r\n\r\n200")) << head;
}

TEST_F(Server, AnswersPipelinedRequestsInTheirOrder) {
    std::atomic<int> running{0};
    start({.request_threads = 4}, [&](const HttpRequest& request) {
        ++running;
        return HttpResponse{.body = "<" + request.path + ">"};
    });
    std::string requests;
    for (int i = 0; i < 50; ++i) {
        requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n" +
                    (i == 49 ? "Connection: close\r\n\r\n" : "\r\n");
    }
    const std::string answers = raw(requests);
    std::size_t at = 0;
    for (int i = 0; i < 50; ++i) {
        at = answers.find("</" + std::to_string(i) + ">", at);
        ASSERT_NE(at, std::string::npos) << "answer " << i;
    }
    EXPECT_EQ(running, 50);
}

TEST_F(Server, KeepsAConnectionForManyRequests) {
    start();
    const std::string output =
        run("curl -s -m 10 -o /dev/null -o /dev/null -w '%{num_connects} ' " + url("/1") + " " +
            url("/2"));
    EXPECT_EQ(output, "1 0 ");
}

TEST_F(Server, TurnsWhatAHandlerThrowsInto500) {
    start({}, [](const HttpRequest&) -> HttpAnswer { throw std::runtime_error("secret"); });
    const std::string answer = curl("/");
    EXPECT_TRUE(answer.ends_with("500"));
    EXPECT_FALSE(answer.contains("secret")) << answer;
}

TEST_F(Server, LetsNoResponseHeaderForgeAnother) {
    start({}, [](const HttpRequest&) {
        return HttpResponse{.headers = {{"X-Name", "a\r\nSet-Cookie: forged=1"}}};
    });
    const std::string answer = curl("/", "-i");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 500 ")) << answer;
    EXPECT_FALSE(answer.contains("forged")) << answer;
}

TEST_F(Server, SendsNoBodyAndNoLengthWith204And304) {
    start({}, [](const HttpRequest& request) {
        return HttpResponse{.status = request.path == "/204" ? 204 : 304, .body = "ignored"};
    });
    EXPECT_FALSE(curl("/204", "-i").contains("Content-Length"));
    EXPECT_TRUE(curl("/304", "-i").ends_with("\r\n\r\n304"));
}

TEST_F(Server, BelievesForwardedAddressesOfTrustedProxiesOnly) {
    start();
    const std::string forged = "-H 'X-Forwarded-For: 198.51.100.7' -H 'X-Forwarded-Proto: https'";
    EXPECT_TRUE(curl("/", forged).contains("peer=127.0.0.1 secure=no"));
    start({.trusted_proxies = {"127.0.0.1", "203.0.113.9"}});
    EXPECT_TRUE(curl("/", forged).contains("peer=198.51.100.7 secure=yes"));
    EXPECT_TRUE(curl("/", "-H 'X-Forwarded-For: 192.0.2.66, 198.51.100.7, 203.0.113.9'")
                    .contains("peer=198.51.100.7 secure=no"));
    EXPECT_TRUE(curl("/", "-H 'X-Forwarded-For: nonsense'").contains("peer=127.0.0.1"));
}

TEST_F(Server, Answers503WhenTooManyRequestsWait) {
    std::mutex mutex;
    std::condition_variable changed;
    bool may_end = false;
    std::atomic<int> begun{0};
    start({.request_threads = 1, .max_waiting_requests = 1}, [&](const HttpRequest&) {
        ++begun;
        std::unique_lock lock(mutex);
        changed.wait_for(lock, 10s, [&] { return may_end; });
        return HttpResponse{};
    });
    const std::string request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    RawClient first(port());
    first.send(request);
    while (begun == 0) {
        std::this_thread::yield();
    }
    RawClient second(port());
    second.send(request);
    EXPECT_FALSE(second.is_closed_within(100ms));
    const std::string refused = raw(request);
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 503 ")) << refused;
    EXPECT_TRUE(refused.contains("Retry-After: 1\r\n")) << refused;
    EXPECT_TRUE(refused.contains("Content-Type: application/problem+json\r\n")) << refused;
    {
        const std::scoped_lock lock(mutex);
        may_end = true;
    }
    changed.notify_all();
    EXPECT_TRUE(first.read_all().starts_with("HTTP/1.1 200 "));
    EXPECT_TRUE(second.read_all().starts_with("HTTP/1.1 200 "));
}

TEST_F(Server, FinishesRunningRequestsWhenItStops) {
    std::atomic<bool> has_begun{false};
    std::atomic<bool> may_end{false};
    start({}, [&](const HttpRequest&) {
        has_begun = true;
        may_end.wait(false);
        return HttpResponse{.body = "finished"};
    });
    RawClient idle(port());
    RawClient busy(port());
    busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    while (!has_begun) {
        std::this_thread::yield();
    }
    std::thread stopper([&] { server_->stop(); });
    EXPECT_TRUE(idle.is_closed_within(5s));
    may_end = true;
    may_end.notify_all();
    EXPECT_TRUE(busy.read_all().ends_with("finished"));
    stopper.join();
    EXPECT_EQ(server_->connections(), 0U);
}

class FileServer : public testing::ServerTest {
protected:
    void serve(bool is_deleted_after = false) {
        std::ofstream(path()) << "0123456789";
        start({}, [this, is_deleted_after](const HttpRequest&) {
            HttpResponse response;
            response.headers = {{"ETag", "\"v1\""}, {"Content-Type", "video/mp4"}};
            response.file = FileBody{.path = path(), .is_deleted_after = is_deleted_after};
            return response;
        });
    }

    std::filesystem::path path() const { return folder_.path() / "film.mp4"; }
};

TEST_F(FileServer, SendsAWholeFileAndParts) {
    serve();
    EXPECT_EQ(curl("/"), "0123456789200");
    EXPECT_EQ(curl("/", "-H 'Range: bytes=2-4'"), "234206");
    EXPECT_EQ(curl("/", "-H 'Range: bytes=7-'"), "789206");
    EXPECT_EQ(curl("/", "-H 'Range: bytes=-2'"), "89206");
    EXPECT_EQ(curl("/", "-H 'Range: bytes=5-500'"), "56789206");
    EXPECT_TRUE(curl("/", "-i -H 'Range: bytes=2-4'").contains("Content-Range: bytes 2-4/10\r\n"));
}

TEST_F(FileServer, AnswersRangesBeyondTheEndWith416) {
    serve();
    const std::string answer = curl("/", "-i -H 'Range: bytes=10-'");
    EXPECT_TRUE(answer.ends_with("416")) << answer;
    EXPECT_TRUE(answer.contains("Content-Range: bytes */10\r\n")) << answer;
}

TEST_F(FileServer, IgnoresRangesThatItDoesNotUnderstandAndThoseOfAnotherVersion) {
    serve();
    for (const char* range : {"bytes=1-2,4-5", "bytes=4-1", "lines=1-2", "bytes=a-b", "bytes=-"}) {
        EXPECT_EQ(curl("/", "-H 'Range: " + std::string(range) + "'"), "0123456789200") << range;
    }
    EXPECT_EQ(curl("/", "-H 'Range: bytes=1-2' -H 'If-Range: \"v0\"'"), "0123456789200");
    EXPECT_EQ(curl("/", "-H 'Range: bytes=1-2' -H 'If-Range: \"v1\"'"), "12206");
}

TEST_F(FileServer, SendsALargeFileWhole) {
    serve();
    ASSERT_EQ(run("head -c 20000000 /dev/urandom > " + path().string()), "");
    const std::string sums =
        run("sha256sum < " + path().string() + "; curl -s " + url("/") + " | sha256sum");
    EXPECT_EQ(sums.substr(0, 64), sums.substr(sums.find('\n') + 1, 64)) << sums;
}

TEST_F(FileServer, RemovesAFileThatWasForOneClient) {
    serve(true);
    EXPECT_EQ(curl("/"), "0123456789200");
    EXPECT_TRUE(curl("/").ends_with("404"));
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(FileServer, AnswersHeadWithoutReadingTheFile) {
    serve();
    EXPECT_TRUE(curl("/", "-I").contains("Content-Length: 10\r\n"));
}

class TlsServer : public testing::ServerTest {
protected:
    void SetUp() override {
        files_ = {folder_.path() / "tls/cert.pem", folder_.path() / "tls/key.pem"};
        ASSERT_TRUE(ensure_self_signed(files_, {"localhost", "127.0.0.1", "::1"}));
    }

    TlsFiles files_;
};

TEST_F(TlsServer, IsVerifiedThroughItsOwnCertificate) {
    start({.tls = files_});
    EXPECT_EQ(
        curl("/x", "--cacert " + files_.certificate.string()),
        "GET /x peer=127.0.0.1 secure=yes body=0\n200"
    );
    EXPECT_EQ(curl("/x"), "000") << "nobody else vouches for it";
}

TEST_F(TlsServer, TakesLargeBodiesAndManyRequests) {
    start({.tls = files_});
    const std::string body = folder_.path() / "body";
    std::ofstream(body) << std::string(3'000'000, 'x');
    EXPECT_TRUE(curl("/", "-k --data-binary @" + body).contains("body=3000000"));
}

TEST_F(TlsServer, SpeaksNothingOlderThanTls12) {
    start({.tls = files_});
    EXPECT_EQ(curl("/", "-k --tls-max 1.1 --ciphers 'DEFAULT@SECLEVEL=0'"), "000");
    EXPECT_TRUE(curl("/", "-k --tls-max 1.2").ends_with("200"));
    EXPECT_EQ(curl("/", "-k --tls-max 1.2 --ciphers 'AES128-SHA'"), "000");
}

TEST_F(TlsServer, ClosesConnectionsThatDoNotSpeakTls) {
    start({.tls = files_});
    RawClient client(port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(client.is_closed_within(5s));
}

TEST_F(TlsServer, CutsHandshakesThatNeverEnd) {
    start({.tls = files_, .head_deadline = 200ms});
    RawClient client(port());
    EXPECT_TRUE(client.is_closed_within(3s));
}

TEST_F(TlsServer, AnswersSlowAndRefusedRequestsToo) {
    start({.tls = files_, .max_body_bytes = 10'000, .head_deadline = 300ms});
    const std::string slow =
        run("(printf 'GET / HT'; sleep 2) | timeout 5 openssl s_client -quiet -connect 127.0.0.1:" +
            std::to_string(port()));
    EXPECT_TRUE(slow.contains("HTTP/1.1 408 ")) << slow;
    const std::string body = folder_.path() / "body";
    std::ofstream(body) << std::string(500'000, 'x');
    EXPECT_TRUE(curl("/", "-k -H 'Expect:' --data-binary @" + body).ends_with("413"));
}

TEST_F(TlsServer, RefusesFilesThatItCannotUse) {
    std::ofstream(files_.key) << "no key";
    HttpServer server({.tls = files_}, echo, metrics_);
    const Status started = server.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, ErrorKind::InvalidArgument);
    EXPECT_TRUE(started.error().message.contains("key.pem")) << started.error().message;
}

TEST_F(TlsServer, CertificateNamesItsHostsAndItsKeyIsPrivate) {
    const std::string text = run("openssl x509 -noout -text -in " + files_.certificate.string());
    EXPECT_TRUE(text.contains("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1"));
    EXPECT_TRUE(text.contains("prime256v1"));
    struct stat status{};
    ASSERT_EQ(::stat(files_.key.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const std::string key = run("cat " + files_.key.string());
    ASSERT_TRUE(ensure_self_signed(files_, {"other"}));
    EXPECT_EQ(run("cat " + files_.key.string()), key) << "files that are there stay";
}

TEST(SelfSigned, OverwritesNoFileWhoseOtherHalfIsMissing) {
    const testing::TemporaryFolder folder;
    const TlsFiles files{folder.path() / "c.pem", folder.path() / "k.pem"};
    std::ofstream(files.certificate) << "a city's own";
    const auto made = ensure_self_signed(files, {"a"});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::FailedPrecondition);
    EXPECT_EQ(run("cat " + files.certificate.string()), "a city's own");
}

TEST(SelfSigned, RefusesHostsThatCouldAddNames) {
    const testing::TemporaryFolder folder;
    const auto made = ensure_self_signed(
        {folder.path() / "c.pem", folder.path() / "k.pem"}, {"a,DNS:evil.example"}
    );
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::InvalidArgument);
}

}  // namespace
}  // namespace bongsu::net
