// The pieces of the simulator's ONVIF side, without sockets.
#include "camsim/onvif/device.hpp"
#include "camsim/onvif/discovery_responder.hpp"
#include "camsim/options.hpp"

#include <gtest/gtest.h>

namespace bongsu::camsim {
namespace {

using namespace std::chrono_literals;

constexpr const char* kOpen = R"(<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope">)";

std::string request(const std::string& body, const std::string& header = "") {
    return kOpen +
           ("<e:Header>" + header + "</e:Header><e:Body>" + body + "</e:Body></e:Envelope>");
}

class Device : public ::testing::Test {
protected:
    ManualClock clock_;
    OnvifOptions options_;
    OnvifLoginCheck login_{false, options_, {}, "nonce", clock_};
    OnvifDevice device_{
        "gate",
        0,
        {{.token = "main", .codec = "H264", .width = 1280, .height = 720, .fps = 25, .gop = 50}},
        options_,
        login_,
        clock_
    };

    net::HttpResponse ask(const std::string& service, const std::string& body) {
        net::HttpRequest asked;
        asked.method = "POST";
        asked.body = request(body);
        return device_.answer(service, asked, {"http://192.0.2.1:80", "rtsp://192.0.2.1:554"});
    }
};

TEST_F(Device, NamesItsServicesWhereItWasReached) {
    const auto answer = ask("device_service", "<GetServices/>");
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body.contains("<tds:XAddr>http://192.0.2.1:80/onvif/media2_service"));
    EXPECT_TRUE(answer.body.contains("http://www.onvif.org/ver20/ptz/wsdl"));
}

TEST_F(Device, AnswersStreamAddressesOfItsProfilesOnly) {
    const auto right =
        ask("media2_service", "<GetStreamUri><ProfileToken>main</ProfileToken></GetStreamUri>");
    EXPECT_TRUE(right.body.contains("<tr2:Uri>rtsp://192.0.2.1:554/gate/main</tr2:Uri>"));
    const auto wrong =
        ask("media2_service", "<GetStreamUri><ProfileToken>none</ProfileToken></GetStreamUri>");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_TRUE(wrong.body.contains("ter:NoProfile"));
}

TEST_F(Device, RefusesWhatItDoesNotKnowInSoap) {
    EXPECT_TRUE(ask("device_service", "<Reboot/>").body.contains("ter:ActionNotSupported"));
    EXPECT_EQ(ask("no_service", "<GetProfiles/>").status, 404);
    net::HttpRequest garbage;
    garbage.body = "no xml";
    EXPECT_EQ(device_.answer("device_service", garbage, {}).status, 400);
}

TEST_F(Device, MovesItsHeadWithinItsRange) {
    const auto moved =
        ask("ptz_service",
            R"(<ContinuousMove><ProfileToken>main</ProfileToken><Velocity><PanTilt x="1" y="0"/>)"
            "</Velocity><Timeout>PT1S</Timeout></ContinuousMove>");
    EXPECT_EQ(moved.status, 200);
    clock_.advance(500ms);
    EXPECT_DOUBLE_EQ(device_.ptz().place().pan, 0.25);
    EXPECT_TRUE(device_.ptz().place().is_moving);
    clock_.advance(10s);  // it stopped after its second, although nobody said so
    EXPECT_DOUBLE_EQ(device_.ptz().place().pan, 0.5);
    EXPECT_FALSE(device_.ptz().place().is_moving);
    const auto too_fast =
        ask("ptz_service",
            R"(<ContinuousMove><ProfileToken>main</ProfileToken><Velocity><PanTilt x="3" y="0"/>)"
            "</Velocity></ContinuousMove>");
    EXPECT_EQ(too_fast.status, 400);
}

TEST(EventHub, TellsScriptedMotionInTurns) {
    ManualClock clock;
    EventHub hub(clock, 10s, 0s);
    const auto subscription = hub.subscribe(1h);
    ASSERT_TRUE(subscription);
    clock.advance(16s);
    const auto events = hub.pull(*subscription, 0s, 100);
    ASSERT_TRUE(events);
    ASSERT_EQ(events->size(), 3U);
    EXPECT_EQ((*events)[0].data, "true");
    EXPECT_EQ((*events)[1].data, "false");
    EXPECT_EQ((*events)[2].data, "true");
}

TEST(EventHub, ForgetsSubscriptionsThatNobodyRenews) {
    ManualClock clock;
    EventHub hub(clock, 0s, 0s);
    const auto kept = hub.subscribe(10s);
    const auto lost = hub.subscribe(10s);
    clock.advance(8s);
    EXPECT_TRUE(hub.renew(*kept, 10s));
    clock.advance(8s);
    EXPECT_TRUE(hub.pull(*kept, 0s, 1));
    EXPECT_FALSE(hub.pull(*lost, 0s, 1));
    EXPECT_FALSE(hub.renew(*lost, 10s));
}

TEST(EventHub, IsBounded) {
    ManualClock clock;
    EventHub hub(clock, 0s, 0s);
    const auto first = hub.subscribe(1h);
    for (int i = 0; i < 15; ++i) {
        EXPECT_TRUE(hub.subscribe(1h));
    }
    EXPECT_FALSE(hub.subscribe(1h));
    for (int i = 0; i < 1000; ++i) {
        hub.publish({.topic = std::to_string(i), .time = {}});
    }
    const auto events = hub.pull(*first, 0s, 10'000);
    ASSERT_EQ(events->size(), 256U);
    EXPECT_EQ(events->back().topic, "999");  // the oldest were lost
}

TEST(Login, WantsATokenOfTheCamerasOwnTime) {
    ManualClock clock;
    OnvifOptions options;
    options.clock_offset = 1h;
    const OnvifLoginCheck login(true, options, {"admin", "secret"}, "nonce", clock);
    // Base64(SHA-1("nonce" + the time + "secret")), worked out by other means.
    const auto call = read_soap(request(
        "<GetProfiles/>",
        "<Security><UsernameToken><Username>admin</Username><Password>rYAPfR8D1Ji/D9XtQcm3PrpCW3Y="
        "</Password><Nonce>bm9uY2U=</Nonce><Created>2025-06-15T16:06:40Z</Created>"
        "</UsernameToken></Security>"
    ));
    ASSERT_TRUE(call);
    const net::HttpRequest asked{.method = "POST"};
    EXPECT_FALSE(login.refusal(asked, *call));
    clock.advance(5min);
    const auto refusal = login.refusal(asked, *call);
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->status, 401);
    EXPECT_NE(net::find_field(refusal->headers, "WWW-Authenticate"), nullptr);
}

TEST(Probe, IsAnsweredWhenItAsksForCameras) {
    const ProbeMatch match{"urn:uuid:1", "onvif://www.onvif.org/name/gate", "http://192.0.2.1/"};
    const auto probe = [](const std::string& types) {
        return request(
            "<Probe><Types>" + types + "</Types></Probe>", "<MessageID>m&amp;1</MessageID>"
        );
    };
    EXPECT_TRUE(answer_probe(probe("dn:NetworkVideoTransmitter"), match)
                    .contains("<wsadis:RelatesTo>m&amp;1</wsadis:RelatesTo>"));
    EXPECT_NE(answer_probe(probe(""), match), "");
    EXPECT_EQ(answer_probe(probe("wsdp:Printer"), match), "");
    EXPECT_EQ(answer_probe("M-SEARCH * HTTP/1.1", match), "");
    EXPECT_EQ(answer_probe(request("<Hello/>"), match), "");
}

TEST(Options, OfOnvifAreRead) {
    const auto options = parse_options(
        Value::Map{
            {"onvif", true},
            {"onvif_fault", "refuses_media2"},
            {"onvif_login", "token"},
            {"onvif_clock_offset", -90},
            {"onvif_motion_every", "20s"}
        },
        "camsim"
    );
    ASSERT_TRUE(options) << options.error().message;
    EXPECT_TRUE(options->onvif.is_on);
    EXPECT_EQ(options->onvif.fault, OnvifFault::RefusesMedia2);
    EXPECT_EQ(options->onvif.login, OnvifLogin::Token);
    EXPECT_EQ(options->onvif.clock_offset, -90s);
    EXPECT_EQ(options->onvif.motion_every, 20s);
    EXPECT_FALSE(parse_options(Value::Map{}, "camsim")->onvif.is_on);
}

TEST(XmlDuration, IsRead) {
    EXPECT_EQ(read_xml_duration("PT60S"), 60s);
    EXPECT_EQ(read_xml_duration("PT1M30.5S"), 90500ms);
    for (const char* text : {"", "60", "PT", "P1D", "PT-5S", "PTS", "PT5", "PT1e99S"}) {
        const auto read = read_xml_duration(text);
        EXPECT_TRUE(!read || *read == 0s) << text;
    }
}

}  // namespace
}  // namespace bongsu::camsim
