// The RTSP source against servers that others wrote, and against the project's own simulator.
#include "camsim/simulator.hpp"
#include "ingest/ingest.hpp"
#include "ingest/testing/peer_process.hpp"
#include "ingest/testing/recording_listener.hpp"
#include "media/nal/nal_unit.hpp"
#include "media/testing/clip.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::ingest {
namespace {

namespace fs = std::filesystem;
using testing::RecordingListener;
using Record = RecordingListener::Record;

constexpr int kFps = 15;

class RtspPeers : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = fs::temp_directory_path() / ("bongsu-ingest-" + std::to_string(::getpid()));
        fs::create_directories(folder);
        make_film(Codec::H264, "h264.mp4");
        make_film(Codec::H265, "h265.mp4");
    }

    static void TearDownTestSuite() { fs::remove_all(folder); }

    static void make_film(Codec codec, const char* name) {
        media::testing::ClipSpec spec;
        spec.codec = codec;
        spec.width = 320;
        spec.height = 240;
        spec.fps = kFps;
        spec.frames = 60;
        spec.key_interval = kFps;
        const auto made =
            media::testing::write_clip(folder / name, spec, [](int index, WritableFrame& picture) {
                media::testing::fill_luma(picture, index * 4, 40, 60, 60, 220);
                media::testing::fill_luma(picture, 20, index * 3, 200, 20, 90);
            });
        ASSERT_TRUE(made) << made.error().describe();
    }

    static std::string film(const char* name) { return (folder / name).string(); }

    RtspPeers() { register_all(registry_); }

    void watch(const std::string& url, const char* transport) {
        CameraConfig camera;
        camera.id = CameraId{"gate"};
        StreamConfig stream;
        stream.source = "rtsp";
        stream.url = url;
        stream.settings = Value(Value::Map{{"transport", transport}});
        const auto added = ingest_.add(camera, stream, listener_);
        ASSERT_TRUE(added) << added.error().describe();
    }

    /// Waits for two seconds of video, stops, and checks what must hold for every good stream.
    Record expect_good_stream(Codec codec) {
        const std::size_t wanted = 2 * kFps;
        const bool came = listener_.wait([=](const Record& record) {
            return record.units.size() >= wanted || !record.errors.empty();
        });
        ingest_.stop();
        auto record = listener_.copy();
        EXPECT_TRUE(came && record.errors.empty())
            << (record.errors.empty() ? "too few pictures" : record.errors.front().describe());
        if (record.units.size() < wanted) {
            return record;
        }
        EXPECT_TRUE(record.units.front()->is_key);
        for (std::size_t i = 0; i < record.units.size(); ++i) {
            const AccessUnit& unit = *record.units[i];
            EXPECT_EQ(unit.sequence, i);
            EXPECT_EQ(unit.lost_before, 0U) << i;
            EXPECT_EQ(unit.parameters->codec, codec);
            EXPECT_EQ(unit.parameters->width, 320U);
            EXPECT_EQ(unit.parameters->height, 240U);
            EXPECT_EQ(media::is_key(codec, *unit.bytes), unit.is_key);
            if (i > 0) {
                const auto step = unit.media_time - record.units[i - 1]->media_time;
                EXPECT_NEAR(static_cast<double>(step), 90'000.0 / kFps, 100) << i;
            }
        }
        return record;
    }

    static inline fs::path folder;
    SystemClock clock_;
    Metrics metrics_;
    Registry registry_;
    RecordingListener listener_;
    Ingest ingest_{{}, registry_, clock_, metrics_};
};

class GStreamerServer : public RtspPeers {
protected:
    std::string start(const char* film_name, bool is_protected = false) {
        std::vector<std::string> words = {
            "tests/peers/gst_rtsp_server.py", "live=" + film(film_name)
        };
        if (is_protected) {
            words.insert(words.end(), {"--user", "admin", "--password", "right"});
        }
        server_ = std::make_unique<testing::PeerProcess>(words);
        return server_->read_line();
    }

    std::unique_ptr<testing::PeerProcess> server_;
};

TEST_F(GStreamerServer, PlaysH264OverTcp) {
    watch("rtsp://127.0.0.1:" + start("h264.mp4") + "/live", "tcp");
    expect_good_stream(Codec::H264);
}

TEST_F(GStreamerServer, PlaysH265OverUdp) {
    watch("rtsp://127.0.0.1:" + start("h265.mp4") + "/live", "udp");
    expect_good_stream(Codec::H265);
}

TEST_F(GStreamerServer, LogsInByDigest) {
    watch("rtsp://admin:right@127.0.0.1:" + start("h264.mp4", true) + "/live", "tcp");
    expect_good_stream(Codec::H264);
}

TEST_F(GStreamerServer, RefusesAWrongPassword) {
    watch("rtsp://admin:wrong@127.0.0.1:" + start("h264.mp4", true) + "/live", "tcp");
    ASSERT_TRUE(listener_.wait([](const Record& record) { return !record.errors.empty(); }));
    EXPECT_EQ(listener_.copy().errors.front().kind, ErrorKind::PermissionDenied);
}

TEST_F(GStreamerServer, HasNoSuchPath) {
    watch("rtsp://127.0.0.1:" + start("h264.mp4") + "/other", "tcp");
    ASSERT_TRUE(listener_.wait([](const Record& record) { return !record.errors.empty(); }));
    EXPECT_EQ(listener_.copy().errors.front().kind, ErrorKind::NotFound);
}

class Simulator : public RtspPeers {
protected:
    std::string start(const char* film_name, camsim::AuthMode auth, const Value& faults = {}) {
        camsim::CamsimOptions options;
        options.port = 0;
        options.auth = auth;
        options.report_interval = std::chrono::milliseconds{500};
        camsim::CameraEntry camera;
        camera.id = "gate";
        camera.main = film(film_name);
        if (!faults.is_null()) {
            camera.faults = *camsim::parse_faults(faults, "faults");
        }
        auto created = camsim::CameraSimulator::create(options, {camera}, clock_);
        EXPECT_TRUE(created) << created.error().describe();
        simulator_ = *std::move(created);
        EXPECT_TRUE(simulator_->start());
        return simulator_->base_url(auth != camsim::AuthMode::None) + "/gate/main";
    }

    std::unique_ptr<camsim::CameraSimulator> simulator_;
};

TEST_F(Simulator, PlaysH264OverUdp) {
    watch(start("h264.mp4", camsim::AuthMode::None), "udp");
    expect_good_stream(Codec::H264);
}

TEST_F(Simulator, LogsInBySha256AndTakesTheSendersClock) {
    watch(start("h265.mp4", camsim::AuthMode::DigestSha256), "tcp");
    const auto record = expect_good_stream(Codec::H265);
    ASSERT_FALSE(record.units.empty());
    const AccessUnit& last = *record.units.back();
    EXPECT_FALSE(last.is_wall_estimated);
    EXPECT_LT(last.wall_uncertainty, std::chrono::milliseconds{100});
    EXPECT_LT(std::chrono::abs(clock_.wall() - last.wall), std::chrono::milliseconds{500});
}

TEST_F(Simulator, LogsInByBasic) {
    watch(start("h264.mp4", camsim::AuthMode::Basic), "auto");
    expect_good_stream(Codec::H264);
}

TEST_F(Simulator, EveryPictureDecodesAfterUdpLoss) {
    watch(start("h264.mp4", camsim::AuthMode::None, Value(Value::Map{{"udp_loss", 0.05}})), "udp");
    ASSERT_TRUE(listener_.wait([](const Record& record) {
        return std::ranges::any_of(record.units, [](const AccessUnitPtr& unit) {
            return unit->lost_before > 0;
        });
    }));
    ingest_.stop();
    // What follows a loss starts with a key picture, so a decoder never sees a gap.
    for (const auto& unit : listener_.copy().units) {
        EXPECT_TRUE(unit->lost_before == 0 || unit->is_key);
    }
}

TEST_F(Simulator, FindsTheFramesAgainAfterGarbage) {
    const Value faults(Value::Map{{"garbage_every", "500ms"}});
    watch(start("h264.mp4", camsim::AuthMode::None, faults), "tcp");
    ASSERT_TRUE(listener_.wait([](const Record& record) { return record.units.size() > 30; }));
    EXPECT_FALSE(listener_.copy().saw(StreamState::Lost));
}

TEST_F(Simulator, PlaysAllPicturesWhenReadRarely) {
    watch(start("h264.mp4", camsim::AuthMode::None), "tcp");
    ingest_.set_read_interval(CameraId{"gate"}, StreamRole::Main, std::chrono::milliseconds{200});
    expect_good_stream(Codec::H264);
}

}  // namespace
}  // namespace bongsu::ingest
