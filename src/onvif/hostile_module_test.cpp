// Cameras that no proper maker would build.
#include "onvif/candidate.hpp"
#include "onvif/range_scan.hpp"
#include "onvif/testing/raw_server.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

using namespace std::chrono_literals;
using testing::http_answer;
using testing::RawServer;

Result<CameraCandidate> ask(const RawServer& server) {
    static const SystemClock clock;
    return interrogate(
        "127.0.0.1:" + std::to_string(server.port()),
        {"admin", "geheim"},
        net::http_call,
        clock,
        {.call_deadline = 400ms, .deadline = 1s}
    );
}

TEST(HostileCamera, ThatNeverEndsItsAnswerIsCutOff) {
    const RawServer server([](const std::string&, const RawServer::Send& send) {
        send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
        while (send(chunk)) {
        }
    });
    const auto found = ask(server);
    ASSERT_FALSE(found);
    EXPECT_TRUE(
        found.error().kind == ErrorKind::ResourceExhausted ||
        found.error().kind == ErrorKind::Timeout
    ) << found.error().describe();
}

TEST(HostileCamera, ThatPromisesATerabyteIsNotWaitedFor) {
    const RawServer server([](const std::string&, const RawServer::Send& send) {
        send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n<a>");
    });
    EXPECT_FALSE(ask(server));
}

TEST(HostileCamera, ThatDripsItsAnswerMeetsTheDeadline) {
    const RawServer server([](const std::string&, const RawServer::Send& send) {
        send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while (send("x")) {
            std::this_thread::sleep_for(50ms);
        }
    });
    const SystemClock clock;
    const MonoTime begin = clock.mono();
    const auto found = ask(server);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::Timeout) << found.error().describe();
    EXPECT_LT(clock.mono() - begin, 3s);
}

TEST(HostileCamera, ThatSendsUsElsewhereIsNotFollowed) {
    const RawServer other([](const std::string&, const RawServer::Send& send) {
        send(http_answer("200 OK", "<a/>"));
    });
    const RawServer server([&](const std::string&, const RawServer::Send& send) {
        send(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + std::to_string(other.port()) +
            "/\r\nContent-Length: 0\r\n\r\n"
        );
    });
    const auto found = ask(server);
    ASSERT_FALSE(found);
    EXPECT_TRUE(found.error().describe().contains("another address")) << found.error().describe();
    EXPECT_EQ(other.served(), 0);
}

TEST(HostileCamera, ThatNestsItsXmlDeeplyIsRefused) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) {
        deep += "<a>";
    }
    for (int i = 0; i < 100'000; ++i) {
        deep += "</a>";
    }
    const RawServer server([&](const std::string&, const RawServer::Send& send) {
        send(http_answer("200 OK", deep));
    });
    const auto found = ask(server);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::Corrupt) << found.error().describe();
}

TEST(HostileCamera, ThatWantsThePasswordInClearTextDoesNotGetIt) {
    std::string heads;
    const RawServer server([&](const std::string& head, const RawServer::Send& send) {
        heads += head;
        send(
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
            "Content-Length: 0\r\n\r\n"
        );
    });
    const auto found = ask(server);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::PermissionDenied);
    EXPECT_FALSE(heads.contains("Authorization"));
    EXPECT_FALSE(heads.contains("authorization"));
}

TEST(RangeScan, ReportsAWebServerThatIsNoCameraAsNothing) {
    const RawServer server([](const std::string&, const RawServer::Send& send) {
        send(http_answer("200 OK", "<html><body>router</body></html>"));
    });
    int found = 0;
    const auto range = parse_range("127.0.0.1:" + std::to_string(server.port()));
    ScanOptions options;
    options.rtsp_port = 1;
    const auto status = scan(
        *range,
        options,
        net::http_call,
        {.on_progress = {}, .on_finding = [&](const ScanFinding&) { ++found; }}
    );
    EXPECT_TRUE(status);
    EXPECT_EQ(found, 0);
    EXPECT_GE(server.served(), 1);
}

}  // namespace
}  // namespace bongsu::onvif
