// The monitor against curl and raw sockets.
#include "net/monitor_server.hpp"
#include "net/testing/raw_client.hpp"
#include "net/testing/shell.hpp"

#include <memory>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::net {
namespace {

using testing::RawClient;
using testing::run;

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
    RawClient silent(server_->port());
    EXPECT_EQ(silent.read_all(), "");
    EXPECT_TRUE(silent.is_closed_within({}));
    EXPECT_EQ(get("/health/live"), "ok\n200");
}

TEST_F(Monitor, BoundsItsConnections) {
    start({.max_connections = 2});
    const RawClient first(server_->port());
    const RawClient second(server_->port());
    RawClient third(server_->port());
    EXPECT_EQ(third.read_all(), "");
    EXPECT_TRUE(third.is_closed_within({}));
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
    RawClient open(server_->port());
    server_->stop();
    EXPECT_EQ(open.read_all(), "");
    EXPECT_TRUE(open.is_closed_within({}));
}

}  // namespace
}  // namespace bongsu::net
