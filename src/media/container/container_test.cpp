#include "media/container/media_file.hpp"
#include "media/nal/nal_unit.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::media {
namespace {

constexpr std::size_t kLimit = 64U << 20U;

/// A folder of films made by ffmpeg for this test run, removed at its end.
class ContainerFilms : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = std::filesystem::temp_directory_path() /
                 ("bongsu-container-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
    }

    static void TearDownTestSuite() { std::filesystem::remove_all(folder); }

    static std::string make(const std::string& name, const std::string& encoder) {
        const std::string path = (folder / name).string();
        const std::string command =
            "ffmpeg -nostdin -loglevel error -y -f lavfi -i testsrc2=size=320x240:rate=10 -t 4 "
            "-pix_fmt yuv420p -g 10 " +
            encoder + " " + path;
        EXPECT_EQ(std::system(command.c_str()), 0) << command;
        return path;
    }

    static std::filesystem::path folder;
};

std::filesystem::path ContainerFilms::folder;

const char* const kH264 = "-c:v libx264 -preset ultrafast -bf 0 -x264-params scenecut=0:keyint=10";

void expect_forty_pictures(const MediaFile& file) {
    EXPECT_EQ(file.parameters->width, 320U);
    EXPECT_EQ(file.parameters->height, 240U);
    ASSERT_EQ(file.units.size(), 40U);
    EXPECT_EQ(file.duration, 4 * 90'000);
    for (std::size_t i = 0; i < file.units.size(); ++i) {
        EXPECT_EQ(file.units[i].is_key, i % 10 == 0) << i;
        EXPECT_EQ(file.units[i].decode_time, static_cast<std::int64_t>(i) * 9000) << i;
        LengthPrefixedReader nals(*file.units[i].bytes);
        while (nals.next()) {
        }
        EXPECT_FALSE(nals.is_broken());
    }
}

TEST_F(ContainerFilms, ReadsTheSamePicturesFromEveryContainer) {
    for (const char* name : {"a.mp4", "a.mkv", "a.avi", "a.ts"}) {
        SCOPED_TRACE(name);
        const auto file = load_media_file(make(name, kH264), kLimit);
        ASSERT_TRUE(file) << file.error().describe();
        expect_forty_pictures(**file);
    }
}

TEST_F(ContainerFilms, ReadsH265) {
    const std::string x265 =
        "-c:v libx265 -preset ultrafast "
        "-x265-params bframes=0:keyint=10:scenecut=0:open-gop=0:log-level=error";
    for (const char* name : {"b.mp4", "b.mkv"}) {
        SCOPED_TRACE(name);
        const auto file = load_media_file(make(name, x265), kLimit);
        ASSERT_TRUE(file) << file.error().describe();
        EXPECT_EQ((*file)->parameters->codec, Codec::H265);
        expect_forty_pictures(**file);
    }
}

TEST_F(ContainerFilms, KeepsPresentationOrderApartFromDecodingOrder) {
    const auto file = load_media_file(
        make("c.mp4", "-c:v libx264 -preset ultrafast -bf 2 -x264-params b-adapt=0"), kLimit
    );
    ASSERT_TRUE(file) << file.error().describe();
    bool is_reordered = false;
    for (std::size_t i = 1; i < (*file)->units.size(); ++i) {
        const auto& units = (*file)->units;
        EXPECT_LT(units[i - 1].decode_time, units[i].decode_time);
        EXPECT_GE(units[i].media_time, units[i].decode_time);
        is_reordered |= units[i].media_time < units[i - 1].media_time;
    }
    EXPECT_TRUE(is_reordered);
}

TEST_F(ContainerFilms, GivesRawStreamsTimesFromTheirFrameRate) {
    const auto file = load_media_file(make("d.h264", kH264), kLimit);
    ASSERT_TRUE(file) << file.error().describe();
    ASSERT_EQ((*file)->units.size(), 40U);
    for (std::size_t i = 1; i < 40; ++i) {
        EXPECT_GT((*file)->units[i].decode_time, (*file)->units[i - 1].decode_time);
    }
}

TEST_F(ContainerFilms, NamesTheCodecThatItCannotHandle) {
    const auto file = load_media_file(make("e.avi", "-c:v mpeg4"), kLimit);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().kind, ErrorKind::Unsupported);
    EXPECT_NE(file.error().message.find("holds mpeg4 video"), std::string::npos);
}

TEST_F(ContainerFilms, RefusesWhatIsNotAFilm) {
    EXPECT_EQ(load_media_file("/nonexistent.mp4", kLimit).error().kind, ErrorKind::NotFound);
    const std::string path = (folder / "f.mp4").string();
    std::ofstream(path) << "this is text";
    EXPECT_EQ(load_media_file(path, kLimit).error().kind, ErrorKind::Corrupt);
}

TEST_F(ContainerFilms, RefusesFilmsLargerThanTheBound) {
    const auto file = load_media_file(make("g.mp4", kH264), 1000);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().kind, ErrorKind::ResourceExhausted);
}

}  // namespace
}  // namespace bongsu::media
