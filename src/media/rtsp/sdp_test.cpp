#include "media/rtsp/sdp.hpp"

#include "media/nal/decoder_config.hpp"
#include "media/rtsp/reader.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

// Parameter sets that x264 and x265 made for 1920x1080.
constexpr std::string_view kH264 =
    "packetization-mode=1; Sprop-Parameter-Sets=Z0LAKNoB4AiflwEQAAADABAAAAMDIPGDKg==,aM4PyA==";
constexpr std::string_view kH265 =
    "sprop-sps=QgEBAWAAAAMAkAAAAwAAAwB4oAPAgBDlllZpJMrwFoCAAAADAIAAAAyE;sprop-pps=RAHBcrRiQA==;"
    "sprop-vps=QAEMAf//AWAAAAMAkAAAAwAAAwB4lZgJ";

std::string h264_section(std::string_view extra = "") {
    return "m=video 0 RTP/AVP 96\r\na=fmtp:96 " + std::string(kH264) +
           "\r\na=rtpmap:96 H264/90000 \r\n" + std::string(extra);
}

TEST(Sdp, ReadsH264WithParameterSetsBeforeTheMap) {
    const auto sdp = parse_sdp("v=0\r\na=control:*\r\n" + h264_section("a=control:trackID=1\r\n"));
    ASSERT_TRUE(sdp);
    const auto video = choose_video(*sdp);
    ASSERT_TRUE(video);
    EXPECT_EQ(video->codec, Codec::H264);
    EXPECT_EQ(video->payload_type, 96);
    EXPECT_EQ(video->clock_rate, 90000U);
    EXPECT_EQ(video->control, "trackID=1");
    const auto parameters = make_codec_parameters(Codec::H264, video->parameter_sets);
    ASSERT_TRUE(parameters);
    EXPECT_EQ(parameters->width, 1920U);
    EXPECT_EQ(parameters->height, 1080U);
}

TEST(Sdp, ReadsH265ParameterSetsInAnyOrder) {
    const auto sdp = parse_sdp(
        "m=video 0 RTP/AVP 98\na=rtpmap:98 h265/90000\na=fmtp:98 " + std::string(kH265) + "\n"
    );
    ASSERT_TRUE(sdp);
    const auto video = choose_video(*sdp);
    ASSERT_TRUE(video);
    const auto parameters = make_codec_parameters(Codec::H265, video->parameter_sets);
    ASSERT_TRUE(parameters);
    EXPECT_EQ(parameters->width, 1920U);
    EXPECT_EQ(parameters->height, 1080U);
}

TEST(Sdp, StepsOverBrokenLines) {
    const auto sdp = parse_sdp(
        "o=- 14665860 31787219 1 IN IP4\r\ns=\r\n=\r\nt=\r\nnonsense\r\n" + h264_section() +
        "a=framerate:0S\r\na=framerate:25\r\na=fmtp:96\r\n"
        "m=application/TP-LINK 0 RTP/AVP smart/1/90000\r\na=rtpmap:95 TP-LINK/90000\r\n"
        "m=audio 0 RTP/AVP 8\t \r\n"
    );
    ASSERT_TRUE(sdp);
    EXPECT_EQ(sdp->media.size(), 3U);
    EXPECT_EQ(choose_video(*sdp)->frame_rate, 25);
    EXPECT_EQ(sdp->media[1].payload_type, 95);
    EXPECT_EQ(sdp->media[2].payload_type, 8);
}

TEST(Sdp, KeepsAVideoWithoutUsableParameterSets) {
    const auto sdp = parse_sdp(
        "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 sprop-parameter-sets=!!!,\n"
    );
    ASSERT_TRUE(sdp);
    const auto video = choose_video(*sdp);
    ASSERT_TRUE(video);
    EXPECT_FALSE(video->parameter_sets.is_complete(Codec::H264));
}

TEST(Sdp, NamesACodecThatCannotBeTaken) {
    const auto sdp =
        parse_sdp("m=video 0 RTP/AVP 26\nm=video 0 RTP/AVP 97\na=rtpmap:97 VP8/90000\n");
    ASSERT_TRUE(sdp);
    const auto video = choose_video(*sdp);
    ASSERT_FALSE(video);
    EXPECT_EQ(video.error().kind, ErrorKind::Unsupported);
    EXPECT_NE(video.error().message.find("payload type 26, VP8"), std::string::npos);
}

TEST(Sdp, SaysWhenThereIsNoVideoOrNothingAtAll) {
    const auto audio = parse_sdp("m=audio 0 RTP/AVP 8\n");
    ASSERT_TRUE(audio);
    EXPECT_EQ(choose_video(*audio).error().message, "the stream has no video");
    EXPECT_FALSE(parse_sdp("<html></html>"));
}

TEST(ControlUrl, FollowsTheCustomsOfCameras) {
    EXPECT_EQ(resolve_control("rtsp://h/a", "trackID=1"), "rtsp://h/a/trackID=1");
    EXPECT_EQ(resolve_control("rtsp://h/a/", "trackID=1"), "rtsp://h/a/trackID=1");
    EXPECT_EQ(
        resolve_control("rtsp://h/cam?channel=1&subtype=2/", "trackID=0"),
        "rtsp://h/cam?channel=1&subtype=2/trackID=0"
    );
    EXPECT_EQ(resolve_control("rtsp://h/a/", "*"), "rtsp://h/a/");
    EXPECT_EQ(resolve_control("rtsp://h/a", ""), "rtsp://h/a");
    EXPECT_EQ(resolve_control("rtsp://h:554/a/b", "/c"), "rtsp://h:554/c");
    EXPECT_EQ(resolve_control("rtsp://h/a", "rtsp://h/a/t?x=1"), "rtsp://h/a/t?x=1");
}

TEST(ControlUrl, ChoosesAndRepairsTheBase) {
    const std::string request = "rtsp://h:8554/live";
    const std::string good = "rtsp://h/other/";
    const std::string bare = "192.168.1.10:554/stream0/";
    const std::string path = "/x/";
    const std::string word = "nothing";
    EXPECT_EQ(base_url(&good, nullptr, request), good);
    EXPECT_EQ(base_url(nullptr, &good, request), good);
    EXPECT_EQ(base_url(&bare, nullptr, request), "rtsp://192.168.1.10:554/stream0/");
    EXPECT_EQ(base_url(&path, nullptr, request), "rtsp://h:8554/x/");
    EXPECT_EQ(base_url(&word, nullptr, request), request);
    EXPECT_EQ(base_url(nullptr, nullptr, request), request);
}

// Answers of real cameras, kept outside the repository.
class CameraCaptures : public testing::Test {
protected:
    void SetUp() override {
        const char* data = std::getenv("BONGSU_DATA");
        folder_ = std::filesystem::path(data == nullptr ? "" : data) / "interop/rtsp_captures";
        if (!std::filesystem::is_directory(folder_)) {
            GTEST_SKIP() << "no camera captures: set BONGSU_DATA to the folder that holds interop/";
        }
    }

    static std::string read(const std::filesystem::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    }

    std::filesystem::path folder_;
};

/// The last header of a capture may count more body bytes than the anonymised text still has.
std::string with_true_length(const std::string& text) {
    const auto body = text.find("\r\n\r\n");
    const auto header = text.find("Content-Length:");
    if (body == std::string::npos || header == std::string::npos) {
        return text;
    }
    const auto end = text.find("\r\n", header);
    return text.substr(0, header) + "Content-Length: " + std::to_string(text.size() - body - 4) +
           text.substr(end);
}

TEST_F(CameraCaptures, EveryDescriptionYieldsVideoWithItsSize) {
    int described = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        const auto name = entry.path().filename().string();
        std::string text = read(entry.path());
        if (name.find("describe") != std::string::npos) {
            text = with_true_length(text);
            RtspReader reader;
            const auto step =
                reader.step({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
            ASSERT_TRUE(step && step->item) << name;
            text = std::get<RtspResponse>(*step->item).body;
        } else if (name.find("sdp") == std::string::npos) {
            continue;
        }
        ++described;
        const auto sdp = parse_sdp(text);
        ASSERT_TRUE(sdp) << name;
        const auto video = choose_video(*sdp);
        ASSERT_TRUE(video) << name;
        EXPECT_FALSE(video->control.empty()) << name;
        const auto parameters = make_codec_parameters(*video->codec, video->parameter_sets);
        ASSERT_TRUE(parameters) << name << ": " << parameters.error().message;
        EXPECT_GE(parameters->width, 320U) << name;
        EXPECT_GE(parameters->height, 180U) << name;
    }
    EXPECT_GE(described, 10);
}

TEST_F(CameraCaptures, EverySetupAndPlayIsRead) {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        const auto name = entry.path().filename().string();
        if (name.find("describe") != std::string::npos || name.find("sdp") != std::string::npos) {
            continue;
        }
        const std::string text = read(entry.path());
        RtspReader reader;
        const auto step =
            reader.step({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
        ASSERT_TRUE(step && step->item) << name;
        const auto& response = std::get<RtspResponse>(*step->item);
        EXPECT_EQ(response.status, 200) << name;
        EXPECT_TRUE(response.headers.cseq()) << name;
        if (name.find("setup") != std::string::npos) {
            ASSERT_NE(response.headers.find("Transport"), nullptr) << name;
            const auto transports = parse_transports(*response.headers.find("Transport"));
            ASSERT_TRUE(transports) << name;
            EXPECT_TRUE(transports->front().interleaved || transports->front().server_port) << name;
            ASSERT_NE(response.headers.find("Session"), nullptr) << name;
            EXPECT_TRUE(parse_session(*response.headers.find("Session"))) << name;
        }
    }
}

}  // namespace
}  // namespace bongsu::media
