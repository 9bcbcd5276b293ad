// Live pictures from the hub through a real server to a real WebSocket client.
#include "console/live_sockets.hpp"
#include "console/testing/test_console.hpp"
#include "live/live_hub.hpp"
#include "media/testing/clip.hpp"
#include "net/http_server.hpp"
#include "net/websocket_client.hpp"

#include <algorithm>
#include <condition_variable>
#include <functional>

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

using testing::Ask;
using testing::TestConsole;

const CameraId kGate("gate");

std::vector<AccessUnitPtr> film() {
    const media::testing::ClipSpec spec{
        .width = 320, .height = 180, .frames = 30, .key_interval = 30
    };
    const WallTime start{std::chrono::seconds{1'790'000'000}};
    return media::testing::make_units(
               spec,
               kGate,
               start,
               [](int index, WritableFrame& picture) {
                   media::testing::fill_luma(picture, index * 4, 40, 32, 32, 230);
               }
    ).value();
}

/// What came over one socket.
class Page {
public:
    net::WebSocketClientHandlers handlers() {
        net::WebSocketClientHandlers out;
        out.on_open = [this](const std::shared_ptr<net::WebSocket>& socket) {
            socket->send_text(std::make_shared<const std::string>(first_message));
            change([&] { socket_ = socket; });
        };
        out.on_text = [this](std::string_view text) { change([&] { texts.emplace_back(text); }); };
        out.on_binary = [this](std::span<const std::uint8_t> bytes) {
            change([&] { kinds.push_back(bytes[0]); });
        };
        out.on_close = [this](std::uint16_t code) { change([&] { close_code = code; }); };
        out.on_failed = [this](const Error& /*error*/, int status) {
            change([&] { failed_status = status; });
        };
        return out;
    }

    bool wait(const std::function<bool()>& condition) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds{10}, condition);
    }

    std::string first_message = R"({"type":"can","hevc":false})";
    std::vector<std::string> texts;
    std::vector<std::uint8_t> kinds;
    int close_code = 0;
    int failed_status = -1;

private:
    void change(const std::function<void()>& what) {
        const std::scoped_lock lock(mutex_);
        what();
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::shared_ptr<net::WebSocket> socket_;
};

class LiveRoutes : public ::testing::Test {
protected:
    void SetUp() override {
        hub_.set_camera(kGate, {});
        session_ = console_.parts().identity.sessions().begin("operator", {}).value();
    }

    /// A server over the routes of the console, or over others.
    void serve(Router& router) {
        server_ = std::make_unique<net::HttpServer>(
            net::HttpServerOptions{},
            [&router](const net::HttpRequest& request) { return router.answer(request); },
            metrics_
        );
        ASSERT_TRUE(server_->start());
    }

    void open(Page& page, const std::string& query) {
        const std::string host = "127.0.0.1:" + std::to_string(server_->port());
        net::WebSocketCall call;
        call.url = "ws://" + host + "/api/v1/cameras/gate/live?" + query;
        call.headers = {
            {"Cookie", "bongsu_session=" + session_.cookie}, {"Origin", "http://" + host}
        };
        ASSERT_TRUE(clients_.connect(call, page.handlers()));
    }

    void push(const std::vector<AccessUnitPtr>& units) {
        for (const AccessUnitPtr& unit : units) {
            hub_.push(unit);
        }
    }

    ManualClock clock_;
    Metrics metrics_;
    live::LiveHub hub_{
        {},
        {.clock = clock_,
         .metrics = metrics_,
         .encode_jpeg = [](const Frame& frame) -> Result<std::vector<std::uint8_t>> {
             return std::vector<std::uint8_t>{
                 0xFF, 0xD8, static_cast<std::uint8_t>(frame.width / 4)
             };
         }}
    };
    TestConsole console_{[this](ConsoleParts& parts) { parts.live = &hub_; }};
    identity::NewSession session_;
    std::unique_ptr<net::HttpServer> server_;
    net::WebSocketClients clients_;
};

TEST_F(LiveRoutes, PageGetsTheHeldPicturesAtOnceAndWhatComes) {
    serve(console_.router());
    const auto units = film();
    push({units.begin(), units.begin() + 20});
    Page page;
    open(page, "role=auto&purpose=control");
    ASSERT_TRUE(page.wait([&] { return page.kinds.size() >= 21; }));
    push({units.begin() + 20, units.end()});
    ASSERT_TRUE(page.wait([&] { return page.kinds.size() >= 31; }));
    EXPECT_EQ(page.kinds[0], 1);
    EXPECT_EQ(std::ranges::count(page.kinds, 2), 30);
    ASSERT_EQ(page.texts.size(), 1U);
    EXPECT_TRUE(page.texts[0].contains(R"("type":"stream","kind":"fmp4")")) << page.texts[0];
    EXPECT_EQ(console_.audit_lines().front(), "operator watchLive camera:gate allowed");
    server_->stop();
    ASSERT_TRUE(page.wait([&] { return page.close_code != 0; }));
    EXPECT_EQ(hub_.viewers(), 0U);
}

TEST_F(LiveRoutes, SocketNeedsAPurpose) {
    serve(console_.router());
    Page page;
    open(page, "role=auto");
    ASSERT_TRUE(page.wait([&] { return page.failed_status != -1; }));
    EXPECT_EQ(page.failed_status, 403);
}

TEST_F(LiveRoutes, PageThatSaysSomethingElseFirstIsClosed) {
    serve(console_.router());
    Page page;
    page.first_message = "hello";
    open(page, "purpose=control");
    ASSERT_TRUE(page.wait([&] { return page.close_code != 0; }));
    EXPECT_EQ(page.close_code, 1008);
}

TEST_F(LiveRoutes, CameraThatTheHubDoesNotKnowIsToldByTheCloseCode) {
    serve(console_.router());
    hub_.remove_camera(kGate);
    Page page;
    open(page, "purpose=control");
    ASSERT_TRUE(page.wait([&] { return page.close_code != 0; }));
    EXPECT_EQ(page.close_code, 4004);
}

TEST_F(LiveRoutes, EndedSessionStopsThePictures) {
    auto& identity = console_.parts().identity;
    LiveSockets sockets(console_.parts());
    Gate gate;
    gate.clock = &console_.clock();
    gate.audit = &console_.parts().audit;
    gate.find_camera = [this](const CameraId& id) { return console_.parts().fleet.get(id); };
    const Route route{
        "GET",
        "/api/v1/cameras/{camera}/live",
        "watchLive",
        identity::Right::ViewLive,
        About::Camera,
        Audited::OnlyDenials,
        [&sockets](const Call& call) -> Result<net::HttpAnswer> {
            return sockets.accept(call, std::nullopt, false);
        }
    };
    Router router(
        gate,
        [&](const net::HttpRequest& request) -> Result<Authenticated> {
            BONGSU_ASSIGN(
                const identity::Caller caller, identity.by_cookie(*request.cookie("bongsu_session"))
            );
            return Authenticated{caller.principal, caller.csrf, true};
        },
        {route}
    );
    serve(router);
    push(film());
    Page page;
    open(page, "purpose=control");
    ASSERT_TRUE(page.wait([&] { return page.kinds.size() >= 31; }));
    sockets.check_rights();
    EXPECT_EQ(sockets.open(), 1U);
    ASSERT_TRUE(identity.sessions().end(session_.cookie));
    sockets.check_rights();
    ASSERT_TRUE(page.wait([&] { return page.close_code != 0; }));
    EXPECT_EQ(page.close_code, 4001);
    server_->stop();
}

TEST_F(LiveRoutes, StillIsTheLatestKeyPictureInTheAskedWidth) {
    EXPECT_EQ(console_.get("operator", "/api/v1/cameras/gate/still").status, 503);
    push(film());
    const auto still = console_.get("operator", "/api/v1/cameras/gate/still?width=160");
    EXPECT_EQ(still.status, 200);
    EXPECT_EQ(still.body, std::string("\xFF\xD8") + static_cast<char>(160 / 4));
    EXPECT_EQ(*net::find_field(still.headers, "content-type"), "image/jpeg");
    EXPECT_EQ(console_.get("operator", "/api/v1/cameras/gate/still?width=9").status, 400);
    EXPECT_EQ(console_.audit_lines()[0], "operator getStill camera:gate allowed");
}

TEST(LiveRoutesElsewhere, NodeWithoutAHubSaysSo) {
    TestConsole console;
    EXPECT_EQ(console.get("operator", "/api/v1/cameras/gate/still").status, 503);
}

}  // namespace
}  // namespace bongsu::console
