// Every call of the client against the simulator as a real server.
#include "core/metrics.hpp"
#include "net/http_client.hpp"
#include "net/http_server.hpp"
#include "onvif/candidate.hpp"
#include "onvif/discovery.hpp"
#include "onvif/ptz_session.hpp"
#include "onvif/range_scan.hpp"
#include "onvif/testing/simulated_cameras.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

using camsim::OnvifFault;
using camsim::OnvifLogin;
using testing::SimulatedCameras;

const Credentials kRight{SimulatedCameras::kUser, SimulatedCameras::kPassword};

std::string joined(const std::vector<Remark>& remarks) {
    std::string out;
    for (const Remark& remark : remarks) {
        out += remark.words + "\n";
    }
    return out;
}

TEST(Interrogation, TellsEverythingOfAMedia2Camera) {
    SimulatedCameras cameras;
    const auto found = interrogate(cameras.address(), kRight);
    ASSERT_TRUE(found) << found.error().describe();
    EXPECT_EQ(found->device.manufacturer, "Bongsu");
    EXPECT_EQ(found->device.serial, "SIM-000001");
    EXPECT_EQ(found->generation, MediaGeneration::Media2);
    EXPECT_TRUE(found->has_ptz);
    EXPECT_TRUE(found->has_events);
    EXPECT_LT(std::chrono::abs(found->clock_offset), std::chrono::seconds{2});
    EXPECT_TRUE(found->problems.empty()) << joined(found->problems);
    const MediaProfile* main = found->profile_for(ProfileUse::Main);
    ASSERT_NE(main, nullptr);
    EXPECT_EQ(main->codec, "H265");
    EXPECT_EQ(main->width, 1920);
    EXPECT_EQ(main->height, 1080);
    EXPECT_DOUBLE_EQ(main->fps, 25);
    EXPECT_DOUBLE_EQ(main->kbit_s, 4096);
    EXPECT_EQ(main->gop, 50);
    EXPECT_EQ(main->stream_url, "rtsp://127.0.0.1:8554/plaza/main");
    EXPECT_TRUE(main->snapshot_url.starts_with("http://127.0.0.1:"));
    const MediaProfile* sub = found->profile_for(ProfileUse::Sub);
    ASSERT_NE(sub, nullptr);
    EXPECT_EQ(sub->stream_url, "rtsp://127.0.0.1:8554/plaza/sub");
}

class Logins : public ::testing::TestWithParam<OnvifLogin> {};

TEST_P(Logins, AreAllSpoken) {
    SimulatedCameras cameras({.login = GetParam()});
    EXPECT_TRUE(interrogate(cameras.address(), kRight));
    const auto wrong = interrogate(cameras.address(), {SimulatedCameras::kUser, "wrong-secret"});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().kind, ErrorKind::PermissionDenied) << wrong.error().describe();
    EXPECT_FALSE(wrong.error().describe().contains("wrong-secret"));
    EXPECT_FALSE(interrogate(cameras.address(), {}));
}

INSTANTIATE_TEST_SUITE_P(
    All, Logins, ::testing::Values(OnvifLogin::Both, OnvifLogin::Token, OnvifLogin::Digest)
);

TEST(Interrogation, StampsTokensInTheCamerasOwnTime) {
    SimulatedCameras cameras({.login = OnvifLogin::Token, .clock_offset = std::chrono::hours{-7}});
    const auto found = interrogate(cameras.address(), kRight);
    ASSERT_TRUE(found) << found.error().describe();
    EXPECT_NEAR(to_seconds(found->clock_offset), -7 * 3600, 2);
    EXPECT_TRUE(joined(found->problems).contains("25200 s behind")) << joined(found->problems);
}

TEST(Interrogation, FallsBackToMedia1) {
    SimulatedCameras cameras({.has_media2 = false});
    const auto found = interrogate(cameras.address(), kRight);
    ASSERT_TRUE(found) << found.error().describe();
    EXPECT_EQ(found->generation, MediaGeneration::Media1);
    // Media1 cannot describe the H.265 stream, so the other one is recorded.
    ASSERT_NE(found->profile_for(ProfileUse::Main), nullptr);
    EXPECT_EQ(found->profile_for(ProfileUse::Main)->token, "sub");
    EXPECT_EQ(found->profile_for(ProfileUse::Main)->gop, 20);
}

TEST(Interrogation, SaysWhenMedia2IsRefused) {
    SimulatedCameras cameras({.fault = OnvifFault::RefusesMedia2});
    const auto found = interrogate(cameras.address(), kRight);
    ASSERT_TRUE(found) << found.error().describe();
    EXPECT_EQ(found->generation, MediaGeneration::Media1);
    EXPECT_TRUE(joined(found->problems).contains("Media2 did not work"));
}

TEST(Interrogation, CorrectsTheHostOfACameraBehindAddressTranslation) {
    SimulatedCameras cameras({.host = "192.0.2.77"});
    const auto found = interrogate(cameras.address(), kRight);
    ASSERT_TRUE(found) << found.error().describe();
    EXPECT_EQ(found->profile_for(ProfileUse::Main)->stream_url, "rtsp://127.0.0.1:8554/plaza/main");
}

TEST(Interrogation, LeavesHostsAsTheyAreWhenTold) {
    SimulatedCameras cameras({.host = "192.0.2.77"});
    const SystemClock clock;
    const auto found = interrogate(
        cameras.address(),
        kRight,
        net::http_call,
        clock,
        {.call_deadline = std::chrono::milliseconds{200}, .corrects_hosts = false}
    );
    ASSERT_FALSE(found);  // nothing is there
}

TEST(Interrogation, KeepsItsDeadlineWithASlowCamera) {
    SimulatedCameras cameras({.fault = OnvifFault::Slow, .slow_by = std::chrono::milliseconds{150}}
    );
    const SystemClock clock;
    const MonoTime begin = clock.mono();
    const auto found = interrogate(
        cameras.address(),
        kRight,
        net::http_call,
        clock,
        {.deadline = std::chrono::milliseconds{500}}
    );
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::Timeout) << found.error().describe();
    EXPECT_LT(clock.mono() - begin, std::chrono::seconds{2});
}

TEST(Interrogation, RefusesGarbage) {
    SimulatedCameras cameras({.fault = OnvifFault::Garbage});
    const auto found = interrogate(cameras.address(), kRight);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::Corrupt) << found.error().describe();
}

TEST(Interrogation, SaysThatNothingIsThere) {
    const auto found = interrogate("127.0.0.1:1", kRight);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::Unavailable) << found.error().describe();
}

TEST(Discovery, FindsEveryCameraOnceOverMulticast) {
    SimulatedCameras cameras({}, {"gate", "plaza", "yard"});
    std::set<std::string> names;
    int calls = 0;
    const auto status = discover(
        {.interfaces = {"127.0.0.1"},
         .port = cameras.front().discovery_port(),
         .wait = std::chrono::milliseconds{800}},
        [&](const DiscoveredDevice& device) {
            ++calls;
            names.insert(device.name);
            EXPECT_EQ(device.hardware, "Simulated camera");
            EXPECT_EQ(device.best_address(), cameras.address(device.name));
        }
    );
    ASSERT_TRUE(status) << status.error().describe();
    EXPECT_EQ(names, (std::set<std::string>{"gate", "plaza", "yard"}));
    EXPECT_EQ(calls, 3);  // although each answered two probes
}

TEST(Discovery, SaysWhichInterfaceIsWrong) {
    const auto status = discover({.interfaces = {"203.0.113.9"}}, [](const DiscoveredDevice&) {});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::InvalidArgument);
}

TEST(RangeScan, FindsSixCamerasInASlash29) {
    const std::vector<std::string> names{"a", "b", "c", "d", "e", "f"};
    SimulatedCameras cameras({.has_own_addresses = true}, names);
    auto range = parse_range("127.0.0.0/29:" + std::to_string(cameras.front().port()));
    ASSERT_TRUE(range) << range.error().describe();
    std::set<std::string> found;
    std::size_t last_asked = 0;
    const auto status = scan(
        *range,
        {},
        net::http_call,
        {.on_progress =
             [&](std::size_t asked, std::size_t total) {
                 last_asked = asked;
                 EXPECT_EQ(total, 6U);
             },
         .on_finding =
             [&](const ScanFinding& finding) {
                 EXPECT_TRUE(finding.is_onvif);
                 found.insert(finding.name + " " + finding.address);
             }}
    );
    ASSERT_TRUE(status) << status.error().describe();
    EXPECT_EQ(last_asked, 6U);
    std::set<std::string> expected;
    for (const std::string& name : names) {
        expected.insert(name + " " + cameras.address(name));
    }
    EXPECT_EQ(found, expected);
}

/// The same camera at ::1: whatever is asked there is asked of it.
class AtIpv6 : public ::testing::Test {
protected:
    SimulatedCameras cameras_;
    Metrics metrics_;
    net::HttpServer server_{
        {.bind = "::1", .port = 0},
        [this](const net::HttpRequest& request) -> net::HttpAnswer {
            const auto answer = net::http_call(
                {.method = request.method,
                 .url = cameras_.front().base_url() + request.path,
                 .headers = {{"content-type", *request.header("content-type")}},
                 .body = request.body}
            );
            return answer ? *answer : net::HttpResponse{.status = 502};
        },
        metrics_
    };
};

std::vector<ScanFinding> scan_one(const std::string& range, std::uint16_t rtsp_port) {
    std::vector<ScanFinding> found;
    const auto status = scan(
        parse_range(range).value(),
        {.rtsp_port = rtsp_port},
        net::http_call,
        {.on_progress = {}, .on_finding = [&](const ScanFinding& each) { found.push_back(each); }}
    );
    EXPECT_TRUE(status) << status.error().describe();
    return found;
}

TEST_F(AtIpv6, CamerasAreFoundAndAsked) {
    const Status started = server_.start();
    if (!started) {
        GTEST_SKIP() << "this machine has no ::1: " << started.error().describe();
    }
    const std::string host = "[::1]:" + std::to_string(server_.port());
    const auto found = scan_one(host, server_.port());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].is_onvif);
    EXPECT_TRUE(found[0].has_rtsp);
    EXPECT_EQ(found[0].address, "http://" + host + "/onvif/device_service");
    const auto candidate = interrogate(host, kRight);
    ASSERT_TRUE(candidate) << candidate.error().describe();
    EXPECT_EQ(candidate->profile_for(ProfileUse::Main)->stream_url, "rtsp://[::1]:8554/plaza/main");
}

TEST(RangeScan, FindsACameraByItsName) {
    SimulatedCameras cameras;
    const std::string host = "localhost:" + std::to_string(cameras.front().port());
    const auto found = scan_one(host, 1);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].address, "http://" + host + "/onvif/device_service");
}

TEST(RangeScan, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    const auto range = parse_range("127.0.0.1-100:1");
    const auto status = scan(*range, {}, net::http_call, {}, stop.get_token());
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::Cancelled);
}

class Moving : public ::testing::Test {
protected:
    SimulatedCameras cameras_;
    SystemClock clock_;
    PtzSession session_{
        {.address = cameras_.address(),
         .user = SimulatedCameras::kUser,
         .password = SimulatedCameras::kPassword},
        net::http_call,
        clock_
    };

    std::vector<std::string> orders() {
        std::vector<std::string> names;
        for (const camsim::PtzOrder& order : cameras_.camera().ptz().orders()) {
            names.push_back(order.what);
        }
        return names;
    }
};

TEST_F(Moving, OffersWhatTheHeadCanDo) {
    const auto offer = session_.offer();
    ASSERT_TRUE(offer) << offer.error().describe();
    EXPECT_TRUE(offer->abilities.can_move);
    EXPECT_TRUE(offer->abilities.can_zoom);
    EXPECT_TRUE(offer->abilities.can_place);
    EXPECT_TRUE(offer->abilities.has_home);
    EXPECT_EQ(offer->abilities.zoom, PtzRange(0, 1));
    ASSERT_EQ(offer->presets.size(), 3U);
    EXPECT_EQ(offer->presets[1].token, "2");
    EXPECT_EQ(offer->presets[1].name, "street");
}

TEST_F(Moving, CarriesOutEveryOrder) {
    ASSERT_TRUE(session_.move({.pan = 0.5, .tilt = -0.25, .zoom = 0}));
    EXPECT_TRUE(session_.status()->is_moving);
    ASSERT_TRUE(session_.stop());
    EXPECT_FALSE(session_.status()->is_moving);
    ASSERT_TRUE(session_.go_to_preset("1"));
    EXPECT_DOUBLE_EQ(session_.status()->position.pan, -0.5);
    ASSERT_TRUE(session_.go_to({.pan = 0.25, .tilt = 7, .zoom = 0.5}));  // clamped to the limits
    EXPECT_DOUBLE_EQ(session_.status()->position.tilt, 1);
    ASSERT_TRUE(session_.home());
    EXPECT_EQ(
        orders(),
        (std::vector<std::string>{
            "ContinuousMove", "Stop", "GotoPreset", "AbsoluteMove", "GotoHomePosition"
        })
    );
    EXPECT_DOUBLE_EQ(cameras_.camera().ptz().orders()[0].tilt, -0.25);
}

TEST_F(Moving, StopsInsteadOfMovingNowhere) {
    ASSERT_TRUE(session_.move({}));
    EXPECT_EQ(orders(), std::vector<std::string>{"Stop"});
}

TEST_F(Moving, SaysThatAPresetDoesNotExist) {
    const auto status = session_.go_to_preset("99");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::NotFound) << status.error().describe();
}

TEST(FixedCamera, CannotBeMoved) {
    SimulatedCameras cameras({.has_ptz = false});
    const SystemClock clock;
    PtzSession session(
        {.address = cameras.address(),
         .user = SimulatedCameras::kUser,
         .password = SimulatedCameras::kPassword},
        net::http_call,
        clock
    );
    const auto offer = session.offer();
    ASSERT_FALSE(offer);
    EXPECT_EQ(offer.error().kind, ErrorKind::Unsupported);
    EXPECT_FALSE(interrogate(cameras.address(), kRight)->has_ptz);
}

}  // namespace
}  // namespace bongsu::onvif
