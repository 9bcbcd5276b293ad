// The monitor against curl and raw sockets.
#include "net/monitor_server.hpp"
#include "net/testing/shell.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::net {
namespace {

using testing::run;

/// A connected socket, or -1.
int connect_to(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

/// Everything until the peer closes.
std::string read_all(int fd) {
    std::string text;
    std::array<char, 4096> buffer{};
    ssize_t size = 0;
    while ((size = ::recv(fd, buffer.data(), buffer.size(), 0)) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
}

class Monitor : public ::testing::Test {
protected:
    void start(MonitorOptions options = {}) {
        options.port = 0;
        server_ = std::make_unique<MonitorServer>(
            options,
            MonitorHandlers{
                .metrics = [] { return std::string("bongsu_up 1\n"); },
                .live = [] { return Health{}; },
                .ready = [this] { return ready_; },
            }
        );
        const Status started = server_->start();
        ASSERT_TRUE(started) << started.error().describe();
    }

    std::string get(const std::string& path, const std::string& options = "") const {
        return run(
            "curl -s -m 5 -w '%{http_code}' " + options +
            " http://127.0.0.1:" + std::to_string(server_->port()) + path
        );
    }

    Health ready_;
    std::unique_ptr<MonitorServer> server_;
};

TEST_F(Monitor, ServesMetricsAndHealth) {
    start();
    EXPECT_EQ(get("/metrics"), "bongsu_up 1\n200");
    EXPECT_EQ(get("/metrics?name=x"), "bongsu_up 1\n200");
    EXPECT_EQ(get("/health/live"), "ok\n200");
    EXPECT_EQ(get("/health/ready"), "ok\n200");
}

TEST_F(Monitor, NotReadyIs503WithTheReason) {
    start();
    ready_ = {false, "disk is full"};
    EXPECT_EQ(get("/health/ready"), "not ok\ndisk is full\n503");
}

TEST_F(Monitor, RefusesWhatItDoesNotServe) {
    start();
    EXPECT_TRUE(get("/").ends_with("404"));
    EXPECT_TRUE(get("/metrics", "-X DELETE").ends_with("405"));
    EXPECT_TRUE(get("/metrics", "-d body").ends_with("413"));
    EXPECT_TRUE(get("/metrics", "-H 'X: " + std::string(9000, 'a') + "'").ends_with("431"));
}

TEST_F(Monitor, AnswersHeadWithoutABody) {
    start();
    const std::string answer = get("/metrics", "-I");
    EXPECT_NE(answer.find("Content-Length: 12"), std::string::npos) << answer;
    EXPECT_TRUE(answer.ends_with("200"));
}

TEST_F(Monitor, KeepsAConnectionOpenForTheNextRequest) {
    start();
    const std::string url = "http://127.0.0.1:" + std::to_string(server_->port());
    const std::string output =
        run("curl -s -m 5 -w '%{num_connects} ' " + url + "/health/live " + url + "/health/live");
    EXPECT_EQ(output, "ok\n1 ok\n0 ");
}

TEST_F(Monitor, AHandlerThatThrowsIsAnError500) {
    MonitorServer server(
        {.port = 0},
        {.metrics = []() -> std::string { throw std::runtime_error("no metrics today"); },
         .live = {},
         .ready = {}}
    );
    ASSERT_TRUE(server.start());
    const std::string url = "http://127.0.0.1:" + std::to_string(server.port());
    EXPECT_EQ(run("curl -s -m 5 -w '%{http_code}' " + url + "/metrics"), "no metrics today\n500");
    EXPECT_EQ(run("curl -s -m 5 -w '%{http_code}' " + url + "/health/live"), "ok\n200");
}

TEST_F(Monitor, ClosesASilentConnectionAtTheDeadline) {
    start({.deadline = std::chrono::milliseconds{200}});
    const int fd = connect_to(server_->port());
    ASSERT_GE(fd, 0);
    EXPECT_EQ(read_all(fd), "");
    ::close(fd);
    EXPECT_EQ(get("/health/live"), "ok\n200");
}

TEST_F(Monitor, BoundsItsConnections) {
    start({.max_connections = 2});
    std::vector<int> open;
    for (int i = 0; i < 2; ++i) {
        open.push_back(connect_to(server_->port()));
    }
    const int third = connect_to(server_->port());
    EXPECT_EQ(read_all(third), "");
    ::close(third);
    for (const int fd : open) {
        ::close(fd);
    }
}

TEST_F(Monitor, SaysWhichPortIsInUse) {
    start();
    MonitorServer second({.port = server_->port()}, {});
    const Status started = second.start();
    ASSERT_FALSE(started);
    const std::string port = std::to_string(server_->port());
    EXPECT_TRUE(started.error().message.starts_with("port " + port + " is in use"));
}

TEST_F(Monitor, StopsWithConnectionsOpen) {
    start();
    const int fd = connect_to(server_->port());
    server_->stop();
    EXPECT_EQ(read_all(fd), "");
    ::close(fd);
}

}  // namespace
}  // namespace bongsu::net
