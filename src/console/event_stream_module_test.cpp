// Who has a console open, over a real server and real sockets.
#include "console/event_stream.hpp"
#include "console/testing/test_console.hpp"
#include "net/http_server.hpp"
#include "net/websocket_client.hpp"

#include <chrono>
#include <functional>
#include <thread>

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

using testing::TestConsole;

bool becomes(const std::function<bool()>& condition) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!condition() && std::chrono::steady_clock::now() < until) {
        std::this_thread::yield();
    }
    return condition();
}

TEST(EventStreamConsoles, AreKnownByTheirUserAsLongAsOneIsOpen) {
    TestConsole console;
    EventStream& events = console.parts().events;
    Metrics metrics;
    net::HttpServer server(
        {},
        [&events](const net::HttpRequest& request) -> net::HttpAnswer {
            auto principal = std::make_shared<identity::Principal>();
            principal->user = request.path.substr(1);
            return events.accept(std::move(principal));
        },
        metrics
    );
    ASSERT_TRUE(server.start());
    const auto url = [&](const std::string& user) {
        return "ws://127.0.0.1:" + std::to_string(server.port()) + "/" + user;
    };
    net::WebSocketClients lee;
    ASSERT_TRUE(lee.connect({.url = url("lee")}, {}));
    {
        net::WebSocketClients kim;
        ASSERT_TRUE(kim.connect({.url = url("kim")}, {}));
        ASSERT_TRUE(kim.connect({.url = url("kim")}, {}));
        ASSERT_TRUE(becomes([&] { return events.consoles() == 3; }));
        EXPECT_TRUE(events.has_console("kim"));
        EXPECT_TRUE(events.has_console("lee"));
        EXPECT_FALSE(events.has_console("park"));
    }
    ASSERT_TRUE(becomes([&] { return events.consoles() == 1; }));
    EXPECT_FALSE(events.has_console("kim"));
    EXPECT_TRUE(events.has_console("lee"));
    server.stop();
}

}  // namespace
}  // namespace bongsu::console
