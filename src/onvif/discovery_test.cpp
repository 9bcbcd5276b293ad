#include "onvif/discovery.hpp"

#include "onvif/testing/parse.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

std::string matches(const std::string& content) {
    return "<s:Envelope><s:Body><d:ProbeMatches>" + content +
           "</d:ProbeMatches></s:Body></s:Envelope>";
}

TEST(ProbeMatches, TellAddressesNameAndHardware) {
    const auto devices = parse_probe_matches(matches(
        "<d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:1</a:Address></a:EndpointReference>"
        "<d:Scopes>onvif://www.onvif.org/name/Main%20gate onvif://www.onvif.org/hardware/M-1"
        " onvif://www.onvif.org/location/%ec%84%9c%ec%9a%b8</d:Scopes>"
        "<d:XAddrs>http://169.254.1.1/onvif/device_service http://10.1.2.3/onvif/device_service"
        "</d:XAddrs></d:ProbeMatch>"
    ));
    ASSERT_TRUE(devices);
    ASSERT_EQ(devices->size(), 1U);
    DiscoveredDevice device = devices->front();
    EXPECT_EQ(device.endpoint, "urn:uuid:1");
    EXPECT_EQ(device.name, "Main gate");
    EXPECT_EQ(device.hardware, "M-1");
    EXPECT_EQ(device.location, "서울");
    device.peer = "10.1.2.3";  // the address that answered is the one that can be reached
    EXPECT_EQ(device.best_address(), "http://10.1.2.3/onvif/device_service");
}

TEST(ProbeMatches, LeaveOutDevicesWithoutAUsableAddress) {
    const auto devices = parse_probe_matches(
        matches("<d:ProbeMatch><d:XAddrs>ftp://x/ nonsense</d:XAddrs></d:ProbeMatch>")
    );
    ASSERT_TRUE(devices);
    EXPECT_TRUE(devices->empty());
}

TEST(ProbeMatches, RefuseWhatIsNoXmlAndSkipOtherMessages) {
    EXPECT_FALSE(parse_probe_matches("M-SEARCH * HTTP/1.1"));
    EXPECT_TRUE(parse_probe_matches("<s:Envelope><s:Body/></s:Envelope>")->empty());
}

TEST(Probe, AsksForVideoTransmitters) {
    const Xml xml = testing::parsed(write_probe("urn:uuid:<x>"));
    EXPECT_EQ(text_at(xml.root(), "Body/Probe/Types"), "dn:NetworkVideoTransmitter");
    EXPECT_EQ(text_at(xml.root(), "Header/MessageID"), "urn:uuid:<x>");
}

}  // namespace
}  // namespace bongsu::onvif
