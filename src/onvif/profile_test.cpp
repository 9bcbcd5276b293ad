#include "onvif/profile.hpp"

#include "onvif/testing/parse.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

MediaProfile profile(const std::string& token, const std::string& codec, int width, int height) {
    MediaProfile made;
    made.token = token;
    made.codec = codec;
    made.width = width;
    made.height = height;
    made.fps = 25;
    made.stream_url = "rtsp://10.1.2.3/" + token;
    return made;
}

std::string uses(std::vector<MediaProfile> profiles) {
    choose_uses(profiles);
    std::string main = "-";
    std::string sub = "-";
    for (const MediaProfile& item : profiles) {
        main = item.use == ProfileUse::Main ? item.token : main;
        sub = item.use == ProfileUse::Sub ? item.token : sub;
    }
    return main + " " + sub;
}

TEST(ProfileChoice, RecordsTheLargestAndAnalysesTheOneNear640x360) {
    EXPECT_EQ(
        uses(
            {profile("tiny", "H264", 320, 180),
             profile("hd", "H264", 1280, 720),
             profile("vga", "H264", 640, 480),
             profile("uhd", "H265", 3840, 2160)}
        ),
        "uhd vga"
    );
}

TEST(ProfileChoice, AnalysesOnlyH264) {
    EXPECT_EQ(
        uses({profile("main", "H265", 1920, 1080), profile("sub", "H265", 640, 360)}), "main -"
    );
}

TEST(ProfileChoice, LeavesOutJpegAndProfilesWithoutAddress) {
    MediaProfile lost = profile("lost", "H264", 4000, 3000);
    lost.stream_url.clear();
    EXPECT_EQ(uses({lost, profile("jpeg", "JPEG", 1920, 1080)}), "- -");
    EXPECT_EQ(uses({}), "- -");
}

TEST(ProfileChoice, DoesNotAnalyseTheSameStreamUnderAnotherName) {
    MediaProfile twin = profile("twin", "H264", 640, 360);
    twin.stream_url = "rtsp://10.1.2.3/main";
    EXPECT_EQ(uses({profile("main", "H264", 1920, 1080), twin}), "main -");
}

TEST(Profiles2, AreRead) {
    const Xml xml = testing::parsed(
        R"(<r><tr2:Profiles token="P1" fixed="true"><tr2:Name>Main</tr2:Name><tr2:Configurations>)"
        R"(<tr2:VideoEncoder token="e" GovLength="60"><tt:Encoding>video/h265</tt:Encoding>)"
        "<tt:Resolution><tt:Width>2560</tt:Width><tt:Height>1440</tt:Height></tt:Resolution>"
        "<tt:RateControl><tt:FrameRateLimit>29.97</tt:FrameRateLimit><tt:BitrateLimit>6144"
        "</tt:BitrateLimit></tt:RateControl></tr2:VideoEncoder>"
        R"(<tr2:PTZ token="ptz0"/></tr2:Configurations></tr2:Profiles>)"
        R"(<tr2:Profiles token="P2"><tr2:Name>Bare</tr2:Name></tr2:Profiles>)"
        R"(<tr2:Profiles><tr2:Name>no token</tr2:Name></tr2:Profiles></r>)"
    );
    const auto profiles = parse_profiles2(xml.root());
    ASSERT_EQ(profiles.size(), 2U);
    EXPECT_EQ(profiles[0].codec, "H265");
    EXPECT_EQ(profiles[0].width, 2560);
    EXPECT_DOUBLE_EQ(profiles[0].fps, 29.97);
    EXPECT_EQ(profiles[0].gop, 60);
    EXPECT_EQ(profiles[0].ptz_token, "ptz0");
    EXPECT_EQ(profiles[1].codec, "");
}

TEST(Profiles1, CountTheEncodingInterval) {
    const Xml xml = testing::parsed(
        R"(<r><trt:Profiles token="P1"><tt:Name>Main</tt:Name><tt:VideoEncoderConfiguration>)"
        "<tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>1280</tt:Width><tt:Height>720"
        "</tt:Height></tt:Resolution><tt:RateControl><tt:FrameRateLimit>30</tt:FrameRateLimit>"
        "<tt:EncodingInterval>3</tt:EncodingInterval><tt:BitrateLimit>1e300</tt:BitrateLimit>"
        "</tt:RateControl><tt:H264><tt:GovLength>-7</tt:GovLength></tt:H264>"
        "</tt:VideoEncoderConfiguration></trt:Profiles></r>"
    );
    const auto profiles = parse_profiles1(xml.root());
    ASSERT_EQ(profiles.size(), 1U);
    EXPECT_DOUBLE_EQ(profiles[0].fps, 10);
    EXPECT_EQ(profiles[0].kbit_s, 0);  // unbelievable numbers count as not said
    EXPECT_EQ(profiles[0].gop, 0);
}

TEST(Profiles, AreReadUpToALimit) {
    std::string text = "<r>";
    for (int i = 0; i < 500; ++i) {
        text += "<Profiles token=\"t\"/>";
    }
    EXPECT_EQ(parse_profiles2(testing::parsed(text + "</r>").root()).size(), 64U);
}

}  // namespace
}  // namespace bongsu::onvif
