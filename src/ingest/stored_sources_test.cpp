// The file and directory sources, played as fast as possible.
#include "ingest/ingest.hpp"
#include "ingest/testing/recording_listener.hpp"
#include "media/nal/nal_unit.hpp"
#include "media/testing/clip.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <unistd.h>

namespace bongsu::ingest {
namespace {

namespace fs = std::filesystem;
using testing::RecordingListener;
using Record = RecordingListener::Record;

class StoredSources : public ::testing::Test {
protected:
    StoredSources() { register_all(registry_); }

    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("bongsu-stored-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
    }

    void TearDown() override {
        ingest_.stop();
        fs::remove_all(folder_);
    }

    Status play(const std::string& source, const fs::path& path, Value::Map settings = {}) {
        settings.emplace_back("pace", "fast");
        settings.emplace_back("start", "2026-05-01T10:00:00Z");
        CameraConfig camera;
        camera.id = CameraId{"gate"};
        StreamConfig stream;
        stream.source = source;
        stream.url = path.string();
        stream.settings = Value(settings);
        return ingest_.add(camera, stream, listener_);
    }

    Record play_to_end(const std::string& source, const fs::path& path, Value::Map settings = {}) {
        const auto started = play(source, path, std::move(settings));
        EXPECT_TRUE(started) << started.error().describe();
        EXPECT_TRUE(listener_.wait([](const Record& record) {
            return record.saw(StreamState::Ended) || record.saw(StreamState::Failed);
        }));
        return listener_.copy();
    }

    fs::path write_clip(const char* name, Codec codec, int b_frames = 0) {
        media::testing::ClipSpec spec;
        spec.codec = codec;
        spec.width = 160;
        spec.height = 120;
        spec.fps = 10;
        spec.frames = 20;
        spec.key_interval = 10;
        spec.b_frames = b_frames;
        const auto made =
            media::testing::write_clip(folder_ / name, spec, [](int index, WritableFrame& picture) {
                media::testing::fill_luma(picture, index * 5, 20, 40, 40, 200);
            });
        EXPECT_TRUE(made) << made.error().describe();
        return folder_ / name;
    }

    const WallTime start_ = *parse_iso8601("2026-05-01T10:00:00Z");
    fs::path folder_;
    SystemClock clock_;
    Metrics metrics_;
    Registry registry_;
    RecordingListener listener_;
    Ingest ingest_{{}, registry_, clock_, metrics_};
};

class StoredFiles : public StoredSources, public ::testing::WithParamInterface<Codec> {};

TEST_P(StoredFiles, PlayOnceWithTheirOwnTimes) {
    const auto record = play_to_end("file", write_clip("clip.mp4", GetParam()));
    ASSERT_EQ(record.units.size(), 20U);
    for (std::size_t i = 0; i < record.units.size(); ++i) {
        const AccessUnit& unit = *record.units[i];
        EXPECT_EQ(unit.is_key, i % 10 == 0);
        EXPECT_EQ(unit.media_time, static_cast<std::int64_t>(i) * 9000);
        EXPECT_EQ(unit.wall, start_ + i * std::chrono::milliseconds{100});
        EXPECT_EQ(unit.parameters->codec, GetParam());
        EXPECT_EQ(unit.parameters->width, 160U);
        EXPECT_FALSE(unit.is_wall_estimated);
    }
    EXPECT_EQ(record.states.back(), StreamState::Ended);
}

INSTANTIATE_TEST_SUITE_P(
    Codecs,
    StoredFiles,
    ::testing::Values(Codec::H264, Codec::H265),
    [](const auto& info) { return std::string(to_string(info.param)); }
);

TEST_F(StoredSources, LoopsWithTimeGoingOn) {
    const auto file = write_clip("clip.mp4", Codec::H264);
    ASSERT_TRUE(play("file", file, {{"loop", true}}));
    ASSERT_TRUE(listener_.wait([](const Record& record) { return record.units.size() > 45; }));
    ingest_.stop();
    const auto record = listener_.copy();
    for (std::size_t i = 1; i < record.units.size(); ++i) {
        EXPECT_GT(record.units[i]->media_time, record.units[i - 1]->media_time);
        EXPECT_EQ(record.units[i]->sequence, i);
    }
    EXPECT_TRUE(record.units[20]->is_key);
    EXPECT_FALSE(record.saw(StreamState::Ended));
}

TEST_F(StoredSources, DecodesWhatIsNeitherH264NorH265) {
    const fs::path avi = folder_ / "clip.avi";
    const std::string command =
        "ffmpeg -nostdin -loglevel error -y -f lavfi -i testsrc2=size=160x120:rate=10 -t 1 -c:v "
        "mjpeg " +
        avi.string();
    ASSERT_EQ(std::system(command.c_str()), 0);
    const auto record = play_to_end("file", avi);
    ASSERT_EQ(record.frames.size(), 10U);
    EXPECT_TRUE(record.units.empty());
    EXPECT_EQ(record.frames[3].width, 160);
    EXPECT_EQ(record.frames[3].height, 120);
    EXPECT_EQ(record.frames[3].wall, start_ + std::chrono::milliseconds{300});
    EXPECT_EQ(record.frames[3].camera, CameraId{"gate"});
}

TEST_F(StoredSources, PlaysAFolderInTheOrderOfItsNumbers) {
    for (const int number : {2, 10, 1}) {
        cv::imwrite(
            (folder_ / (std::to_string(number) + ".png")).string(),
            cv::Mat(35, 51, CV_8UC3, cv::Scalar::all(number * 20))
        );
    }
    const auto record = play_to_end("directory", folder_, {{"fps", 2.0}});
    ASSERT_EQ(record.frames.size(), 3U);
    EXPECT_EQ(record.frames[0].width, 51);
    EXPECT_EQ(record.frames[0].height, 35);
    EXPECT_EQ(record.frames[0].planes[1].width, 26);
    EXPECT_LT(record.frames[0].planes[0].data[0], record.frames[1].planes[0].data[0]);
    EXPECT_LT(record.frames[1].planes[0].data[0], record.frames[2].planes[0].data[0]);
    EXPECT_EQ(record.frames[2].wall, start_ + std::chrono::seconds{1});
}

TEST_F(StoredSources, SayWhatIsWrongWithTheirInput) {
    const auto expect_fails = [&](const char* source, const fs::path& path, ErrorKind kind) {
        const auto status = play(source, path);
        ASSERT_FALSE(status) << path;
        EXPECT_EQ(status.error().kind, kind) << status.error().describe();
        EXPECT_NE(status.error().describe().find(path.string()), std::string::npos)
            << status.error().describe();
    };
    expect_fails("file", folder_ / "absent.mp4", ErrorKind::NotFound);
    expect_fails("directory", folder_ / "absent", ErrorKind::NotFound);
    expect_fails("directory", folder_, ErrorKind::NotFound);
    std::ofstream(folder_ / "text.mp4") << "this is no film, but it has a line of text\n";
    expect_fails("file", folder_ / "text.mp4", ErrorKind::Corrupt);
}

TEST_F(StoredSources, ReportADamagedPicture) {
    std::ofstream(folder_ / "1.png") << "no picture";
    const auto record = play_to_end("directory", folder_);
    ASSERT_EQ(record.errors.size(), 1U);
    EXPECT_NE(record.errors[0].message.find("1.png"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::ingest
