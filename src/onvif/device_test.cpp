#include "onvif/device.hpp"

#include "onvif/ptz.hpp"
#include "onvif/testing/parse.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

using testing::parsed;

std::string time_answer(const std::string& date, const std::string& time) {
    return "<r><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time>" + time + "</tt:Time><tt:Date>" +
           date + "</tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></r>";
}

constexpr const char* kDate = "<tt:Year>2026</tt:Year><tt:Month>11</tt:Month><tt:Day>22</tt:Day>";
constexpr const char* kTime =
    "<tt:Hour>2</tt:Hour><tt:Minute>3</tt:Minute><tt:Second>4</tt:Second>";

TEST(SystemTime, IsRead) {
    const auto time = parse_system_time(parsed(time_answer(kDate, kTime)).root());
    ASSERT_TRUE(time);
    EXPECT_EQ(to_iso8601(*time).substr(0, 19), "2026-11-22T02:03:04");
}

TEST(SystemTime, RefusesDaysThatDoNotExistAndMissingParts) {
    EXPECT_FALSE(parse_system_time(
        parsed(time_answer("<Year>2026</Year><Month>2</Month><Day>30</Day>", kTime)).root()
    ));
    EXPECT_FALSE(parse_system_time(
        parsed(time_answer("<Year>99999999</Year><Month>1</Month><Day>1</Day>", kTime)).root()
    ));
    EXPECT_FALSE(parse_system_time(parsed(time_answer(kDate, "")).root()));
    EXPECT_FALSE(parse_system_time(parsed("<r/>").root()));
}

TEST(Services, AreToldApartByTheirNamespaces) {
    const Xml xml = parsed(
        "<r><Service><Namespace>http://www.onvif.org/ver20/media/wsdl</Namespace>"
        "<XAddr>http://10.1.2.3/m2</XAddr></Service>"
        "<Service><Namespace>http://www.onvif.org/ver10/events/wsdl</Namespace>"
        "<XAddr>not a url</XAddr></Service></r>"
    );
    const Services services = parse_services(xml.root());
    ASSERT_TRUE(services.media2);
    EXPECT_EQ(services.media2->text(), "http://10.1.2.3/m2");
    EXPECT_FALSE(services.media1);
    EXPECT_FALSE(services.events);
}

TEST(Capabilities, OfOlderCamerasAreRead) {
    const Xml xml = parsed(
        "<r><tds:Capabilities><tt:Media><tt:XAddr>http://10.1.2.3/m1</tt:XAddr></tt:Media>"
        "<tt:PTZ><tt:XAddr>http://10.1.2.3/ptz</tt:XAddr></tt:PTZ></tds:Capabilities></r>"
    );
    const Services services = parse_capabilities(xml.root());
    EXPECT_TRUE(services.media1);
    EXPECT_TRUE(services.ptz);
    EXPECT_FALSE(services.events);
}

TEST(PtzNodes, KeepTheGenericRangesWhenACameraTellsNone) {
    const Xml xml = parsed(
        "<r><PTZNode><SupportedPTZSpaces><ContinuousPanTiltVelocitySpace><XRange><Min>-0.5</Min>"
        "<Max>0.5</Max></XRange></ContinuousPanTiltVelocitySpace></SupportedPTZSpaces>"
        "<MaximumNumberOfPresets>1e12</MaximumNumberOfPresets></PTZNode></r>"
    );
    const PtzAbilities abilities = parse_ptz_nodes(xml.root());
    EXPECT_TRUE(abilities.can_move);
    EXPECT_FALSE(abilities.can_zoom);
    EXPECT_FALSE(abilities.can_place);
    EXPECT_EQ(abilities.pan_speed, PtzRange(-0.5, 0.5));
    EXPECT_EQ(abilities.tilt_speed, PtzRange(-1, 1));
    EXPECT_EQ(abilities.max_presets, 10'000);
}

TEST(Presets, WithoutANameAreCalledByTheirToken) {
    const auto presets = parse_presets(
        parsed("<r><Preset token=\"7\"/><Preset><Name>lost</Name></Preset></r>").root()
    );
    ASSERT_EQ(presets.size(), 1U);
    EXPECT_EQ(presets[0].name, "7");
}

}  // namespace
}  // namespace bongsu::onvif
