#include "annotation/picture.hpp"
#include "annotation/video_writer.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <unistd.h>

namespace bongsu::annotation {
namespace {

Frame grey_frame(int width, int height, std::uint8_t luma) {
    const WritableFrame made = allocate_frame(width, height);
    for (int i = 0; i < width * height; ++i) {
        made.data[0][i] = luma;
    }
    const int chroma = ((width + 1) / 2) * ((height + 1) / 2);
    for (int i = 0; i < chroma; ++i) {
        made.data[1][i] = 128;
        made.data[2][i] = 128;
    }
    return made.frame;
}

class TemporaryFolder {
public:
    TemporaryFolder()
        : path_(
              std::filesystem::temp_directory_path() / ("annotation_" + std::to_string(getpid()))
          ) {
        std::filesystem::create_directories(path_);
    }

    ~TemporaryFolder() { std::filesystem::remove_all(path_); }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

TEST(Jpeg, KeepsSizeAndBrightness) {
    const auto bytes = encode_jpeg(grey_frame(64, 48, 126)).value();
    const cv::Mat picture = cv::imdecode(bytes, cv::IMREAD_GRAYSCALE);
    EXPECT_EQ(picture.size(), cv::Size(64, 48));
    EXPECT_NEAR(picture.at<std::uint8_t>(20, 20), (126.0 - 16) * 255 / 219, 2);
}

TEST(Jpeg, RefusesAnEmptyPicture) {
    EXPECT_FALSE(encode_jpeg(Frame{}).has_value());
}

TEST(Jpeg, AreasAreBlackBeyondTheirEdgesAndTheRestIsLeftAlone) {
    const auto plain = encode_jpeg(grey_frame(160, 90, 200)).value();
    const Polygon area{{0.25F, 0.2F}, {0.75F, 0.2F}, {0.75F, 0.8F}, {0.25F, 0.8F}};
    const cv::Mat seen = cv::imdecode(black_out_jpeg(plain, {area}).value(), cv::IMREAD_GRAYSCALE);
    EXPECT_LT(cv::mean(seen(cv::Rect(40, 18, 80, 54)))[0], 2);
    EXPECT_LT(seen.at<std::uint8_t>(18, 40), 16) << "at the very corner";
    EXPECT_GT(seen.at<std::uint8_t>(5, 5), 190);
}

TEST(Jpeg, WhatIsNoPictureIsNotSentOnUnpainted) {
    const std::vector<std::uint8_t> noise{0xff, 0xd8, 1, 2, 3};
    const Polygon whole{{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    EXPECT_EQ(black_out_jpeg(noise, {whole}).error().kind, ErrorKind::Corrupt);
    EXPECT_EQ(black_out_jpeg({}, {whole}).error().kind, ErrorKind::Corrupt);
}

TEST(Jpeg, DrawsTheTrackWhereItIs) {
    Track track;
    track.id = TrackId{7};
    track.state = TrackState::Confirmed;
    track.box = {60, 60, 40, 100};
    const std::vector<Track> tracks{track};
    const Overlay overlay{.zones = {}, .tracks = tracks, .highlights = {}, .caption = ""};
    const Frame frame = grey_frame(320, 240, 60);
    const cv::Mat plain = cv::imdecode(encode_jpeg(frame).value(), cv::IMREAD_COLOR);
    const cv::Mat drawn =
        cv::imdecode(encode_annotated_jpeg(frame, overlay).value(), cv::IMREAD_COLOR);
    EXPECT_GT(cv::norm(plain.row(110).col(60), drawn.row(110).col(60)), 30);
    EXPECT_LT(cv::norm(plain.row(110).col(200), drawn.row(110).col(200)), 10);
}

TEST(WriteFile, SaysWhereItCouldNotWrite) {
    const auto result = write_file("/nonexistent/folder/a.jpg", {1, 2, 3});
    ASSERT_FALSE(result.has_value());
    EXPECT_NE(result.error().message.find("/nonexistent/folder/a.jpg"), std::string::npos);
}

TEST(VideoWriter, MakesAVideoThatFfprobeAccepts) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "out.mp4";
    auto writer = VideoWriter::create(path, 320, 240, 5).value();
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(writer->write(grey_frame(320, 240, static_cast<std::uint8_t>(i * 20)), {}));
    }
    ASSERT_TRUE(writer->finish());
    const std::string command =
        "ffprobe -v error -count_frames -show_entries stream=nb_read_frames -of csv=p=0 " +
        path.string();
    FILE* probe = popen(command.c_str(), "r");
    std::array<char, 32> text{};
    ASSERT_NE(std::fgets(text.data(), text.size(), probe), nullptr);
    pclose(probe);
    EXPECT_EQ(std::stoi(text.data()), 10);
}

TEST(VideoWriter, SaysWhenTheFileCannotBeWritten) {
    auto writer = VideoWriter::create("/nonexistent/folder/out.mp4", 64, 64, 5).value();
    EXPECT_FALSE(writer->finish().has_value());
}

}  // namespace
}  // namespace bongsu::annotation
