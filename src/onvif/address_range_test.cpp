#include "onvif/address_range.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

std::string ends(std::string_view text) {
    const auto range = parse_range(text);
    return range ? range->at(0) + " " + range->at(range->count() - 1) : range.error().message;
}

TEST(AddressRange, TakesEveryWayToWriteIt) {
    EXPECT_EQ(ends("127.0.0.0/29"), "127.0.0.1 127.0.0.6");
    EXPECT_EQ(ends("10.1.2.77/24"), "10.1.2.1 10.1.2.254");
    EXPECT_EQ(ends("10.1.2.4/31"), "10.1.2.4 10.1.2.5");
    EXPECT_EQ(ends("10.1.2.4/32"), "10.1.2.4 10.1.2.4");
    EXPECT_EQ(ends("10.1.2.250-10.1.3.5"), "10.1.2.250 10.1.3.5");
    EXPECT_EQ(ends("10.1.2.3-40"), "10.1.2.3 10.1.2.40");
    EXPECT_EQ(ends(" 255.255.255.255 "), "255.255.255.255 255.255.255.255");
}

TEST(AddressRange, TakesOneHostByItsIpv6AddressOrItsName) {
    EXPECT_EQ(ends("fd00::1"), "fd00::1 fd00::1");
    EXPECT_EQ(ends("[::1]"), "::1 ::1");
    EXPECT_EQ(parse_range("[fd00::1]:8080")->port, 8080);
    EXPECT_EQ(parse_range("[fd00::1]:8080")->host, "fd00::1");
    EXPECT_EQ(ends("gate-1.city.kr"), "gate-1.city.kr gate-1.city.kr");
    EXPECT_EQ(parse_range("gate:8899")->port, 8899);
    EXPECT_EQ(parse_range("gate")->count(), 1U);
}

TEST(AddressRange, CarriesAPort) {
    EXPECT_EQ(parse_range("10.1.2.0/24:8080")->port, 8080);
    EXPECT_EQ(parse_range("10.1.2.0/24")->port, 0);
}

TEST(AddressRange, RefusesWhatIsNoneOrTooMuch) {
    for (const char* text :
         {"",           "10.1.2",         "10.1.2.256", "10.1.2.3.4",        "10.1.2.0/33",
          "10.1.2.0/",  "0.0.0.0/0",      "10.0.0.0/8", "10.1.2.9-10.1.2.3", "10.1.2.3-",
          "10.1.2.3:0", "10.1.2.3:99999", "10.1.2.3-a", "camera..",          "-camera",
          "camera.7",   "fd00::1/64",     "[fd00::1",   "[10.1.2.3]",        "fd00::g"}) {
        EXPECT_FALSE(parse_range(text)) << text;
    }
    EXPECT_EQ(parse_range("10.0.0.0/20")->count(), 4094U);
    EXPECT_TRUE(parse_range("10.0.0.0/19").error().message.contains("4096"));
}

}  // namespace
}  // namespace bongsu::onvif
