#include "onvif/url.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

TEST(Url, IsReadAndWrittenBack) {
    for (const char* text :
         {"http://10.1.2.3/onvif/device_service",
          "https://camera.city.kr:8443/onvif?a=b",
          "rtsp://[fe80::1]:8554/main",
          "rtsp://10.1.2.3/"}) {
        const auto url = parse_url(text);
        ASSERT_TRUE(url) << text;
        EXPECT_EQ(url->text(), text);
    }
}

TEST(Url, DropsCredentialsAndUsualPorts) {
    EXPECT_EQ(parse_url("rtsp://admin:p@ss@10.1.2.3:554/a")->text(), "rtsp://10.1.2.3/a");
    EXPECT_EQ(parse_url("HTTP://10.1.2.3:80")->text(), "http://10.1.2.3/");
}

TEST(Url, RefusesWhatIsNoneAndKeepsPasswordsToItself) {
    for (const char* text :
         {"",
          "10.1.2.3",
          "ftp://10.1.2.3/",
          "http://",
          "http://a b/",
          "http://host:0/",
          "http://host:65536/",
          "http://[::1/",
          "http://ho\nst/",
          "http://host;rm/"}) {
        EXPECT_FALSE(parse_url(text)) << text;
    }
    const auto wrong = parse_url("http://admin:geheim@host:x/");
    ASSERT_FALSE(wrong);
    EXPECT_FALSE(wrong.error().message.contains("geheim"));
    EXPECT_FALSE(parse_url("http://" + std::string(5000, 'a') + "/"));
}

TEST(DeviceService, IsFoundForEveryWayToWriteAnAddress) {
    EXPECT_EQ(device_service("10.1.2.3")->text(), "http://10.1.2.3/onvif/device_service");
    EXPECT_EQ(
        device_service(" 10.1.2.3:8080 ")->text(), "http://10.1.2.3:8080/onvif/device_service"
    );
    EXPECT_EQ(device_service("fe80::1")->text(), "http://[fe80::1]/onvif/device_service");
    EXPECT_EQ(device_service("https://cam/other")->text(), "https://cam/other");
    EXPECT_FALSE(device_service("rtsp://10.1.2.3/main"));
    EXPECT_FALSE(device_service(""));
}

TEST(Reachable, PutsTheHostThatWeAskedInPlaceOfTheInnerOne) {
    const Url asked = *parse_url("https://gate.city.kr:9443/onvif/device_service");
    EXPECT_EQ(
        reachable(*parse_url("http://192.168.0.5/onvif/media"), asked).text(),
        "https://gate.city.kr:9443/onvif/media"
    );
    EXPECT_EQ(
        reachable(*parse_url("rtsp://192.168.0.5:8554/main?x=1"), asked).text(),
        "rtsp://gate.city.kr:8554/main?x=1"
    );
    EXPECT_EQ(
        reachable(*parse_url("http://gate.city.kr:81/a"), asked).text(), "http://gate.city.kr:81/a"
    );
}

TEST(Credentials, ArePercentEncodedIntoTheUrl) {
    const Url url = *parse_url("rtsp://10.1.2.3/main");
    EXPECT_EQ(
        with_credentials(url, "ad:min", "p@ss/%"), "rtsp://ad%3Amin:p%40ss%2F%25@10.1.2.3/main"
    );
    EXPECT_EQ(with_credentials(url, "", "x"), "rtsp://10.1.2.3/main");
}

}  // namespace
}  // namespace bongsu::onvif
