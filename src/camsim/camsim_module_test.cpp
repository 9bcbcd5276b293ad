// Third-party players against the simulator: real sockets, real programs.
#include "camsim/simulator.hpp"
#include "camsim/testing/load_client.hpp"
#include "media/rtp/rtcp.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::camsim {
namespace {

namespace fs = std::filesystem;
using testing::LoadClient;
using testing::SessionLog;

/// Runs a command through the shell and returns what it printed on both outputs.
std::string run(const std::string& command) {
    std::string output;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        output.append(buffer.data(), size);
    }
    const int status = ::pclose(pipe);
    return output + (status == 0 ? "" : "\n[failed]");
}

std::string make_film(const fs::path& folder, const std::string& name, const std::string& encoder) {
    const std::string path = (folder / name).string();
    const std::string made =
        run("ffmpeg -nostdin -loglevel error -y -f lavfi -i testsrc2=size=320x240:rate=10 -t 3 "
            "-pix_fmt yuv420p -g 10 " +
            encoder + " " + path);
    EXPECT_EQ(made, "");
    return path;
}

/// The times in seconds of the packets that ffprobe received.
std::vector<double> packet_times(const std::string& output) {
    std::vector<double> times;
    std::size_t at = 0;
    while (at < output.size()) {
        const std::size_t end = std::min(output.find('\n', at), output.size());
        const std::string line = output.substr(at, end - at);
        char* rest = nullptr;
        const double value = std::strtod(line.c_str(), &rest);
        if (rest != line.c_str()) {
            times.push_back(value);
        }
        at = end + 1;
    }
    return times;
}

class Players : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = fs::temp_directory_path() / ("bongsu-camsim-" + std::to_string(::getpid()));
        fs::create_directories(folder);
        h264 = make_film(folder, "a.mp4", "-c:v libx264 -preset ultrafast -bf 0");
        h265 = make_film(
            folder,
            "b.mp4",
            "-c:v libx265 -preset ultrafast -tag:v hvc1 "
            "-x265-params bframes=0:keyint=10:log-level=error"
        );
    }

    static void TearDownTestSuite() { fs::remove_all(folder); }

    void serve(CamsimOptions options, std::vector<CameraEntry> cameras) {
        options.port = 0;
        auto created = CameraSimulator::create(options, cameras, clock_);
        ASSERT_TRUE(created) << created.error().describe();
        simulator_ = *std::move(created);
        const Status started = simulator_->start();
        ASSERT_TRUE(started) << started.error().describe();
    }

    static std::vector<CameraEntry> two_cameras() {
        CameraEntry first;
        first.id = "one";
        first.main = h264;
        first.sub = h264;
        CameraEntry second;
        second.id = "two";
        second.main = h265;
        return {first, second};
    }

    std::string url(const std::string& path) const { return simulator_->base_url(true) + path; }

    /// Time stamps and decoding errors as ffprobe sees them over `seconds`.
    std::string probe(const std::string& transport, const std::string& path, int seconds) const {
        return run(
            "timeout 20 ffprobe -loglevel error -rtsp_transport " + transport +
            " -read_intervals %+" + std::to_string(seconds) +
            " -select_streams v -show_entries packet=pts_time -of csv=p=0 " + url(path)
        );
    }

    static fs::path folder;
    static std::string h264;
    static std::string h265;
    SystemClock clock_;
    std::unique_ptr<CameraSimulator> simulator_;
};

fs::path Players::folder;
std::string Players::h264;
std::string Players::h265;

void expect_even_times(const std::vector<double>& times, std::size_t least) {
    ASSERT_GE(times.size(), least);
    for (std::size_t i = 1; i < times.size(); ++i) {
        EXPECT_NEAR(times[i] - times[i - 1], 0.1, 0.002) << "packet " << i;
    }
}

TEST_F(Players, FfmpegReadsEvenTimesAcrossTheLoopOverTcpWithDigest) {
    serve({.auth = AuthMode::Digest}, two_cameras());
    const std::string output = probe("tcp", "/one/main", 5);
    expect_even_times(packet_times(output), 40);
    EXPECT_EQ(output.find("[failed]"), std::string::npos) << output;
}

TEST_F(Players, FfmpegReadsH265OverUdpWithDigest) {
    serve({.auth = AuthMode::Digest}, two_cameras());
    const std::string output = probe("udp", "/two/main", 4);
    expect_even_times(packet_times(output), 30);
}

TEST_F(Players, FfmpegDecodesWithoutAnError) {
    serve({.auth = AuthMode::Basic}, two_cameras());
    for (const char* path : {"/one/sub", "/two/main"}) {
        const std::string output =
            run("timeout 20 ffmpeg -nostdin -loglevel warning -rtsp_transport tcp -i " + url(path) +
                " -frames:v 35 -f null -");
        EXPECT_EQ(output, "") << path;
    }
}

// Counts buffers as they come instead of letting fakesink end the stream: on its way out over UDP
// rtspsrc sometimes fails to send its own PAUSE and reports that as an error.
TEST_F(Players, GStreamerPlaysBothCodecsOverBothTransports) {
    serve({.auth = AuthMode::Digest}, two_cameras());
    for (const char* protocol : {"tcp", "udp"}) {
        for (const char* path : {"/one/main", "/two/main"}) {
            const std::string output = run(
                "timeout -s KILL 4 gst-launch-1.0 -v rtspsrc protocols=" + std::string(protocol) +
                " location=" + url(path) + " ! fakesink silent=false | grep -c chain"
            );
            EXPECT_GE(std::strtol(output.c_str(), nullptr, 10), 30) << protocol << path << output;
        }
    }
}

TEST_F(Players, AWrongPasswordAndAWrongPathAreRefused) {
    serve({.auth = AuthMode::Digest}, two_cameras());
    const std::string base = "rtsp://admin:wrong@127.0.0.1:" + std::to_string(simulator_->port());
    const std::string probe_command = "timeout 20 ffprobe -loglevel error ";
    EXPECT_NE(run(probe_command + base + "/one/main").find("401"), std::string::npos);
    EXPECT_NE(run(probe_command + url("/three/main")).find("404"), std::string::npos);
}

TEST_F(Players, SenderReportsGiveTheWallClockOfThePictures) {
    serve({.report_interval = std::chrono::milliseconds{500}}, two_cameras());
    LoadClient client;
    ASSERT_TRUE(client.play(simulator_->port(), "/one/main"));
    client.receive(std::chrono::seconds{3});
    const SessionLog log = client.total();
    const auto& reports = client.sessions().front().reports;
    ASSERT_GE(reports.size(), 3U);
    const auto wall_of_report = [&](std::size_t i) { return media::from_ntp(reports[i].ntp); };
    EXPECT_LT(
        std::chrono::abs(clock_.wall() - wall_of_report(reports.size() - 1)),
        std::chrono::seconds{2}
    );
    const double ticks = reports.back().rtp_time - reports.front().rtp_time;
    const Duration wall = wall_of_report(reports.size() - 1) - wall_of_report(0);
    EXPECT_NEAR(ticks / 90'000, to_seconds(wall), 0.001);
    // The last picture was sent when its own wall-clock time had come, not before.
    const double age = static_cast<std::int32_t>(
                           client.sessions().front().last_rtp_time - reports.back().rtp_time
                       ) / 90'000.0 -
                       to_seconds(clock_.wall() - wall_of_report(reports.size() - 1));
    EXPECT_GT(age, -1.5);  // a busy machine reads late
    EXPECT_LT(age, 0.0);
    EXPECT_EQ(log.sequence_gaps, 0U);
}

TEST_F(Players, AFilmOnDemandStartsAtItsBeginningAndEnds) {
    std::vector<CameraEntry> cameras = two_cameras();
    cameras[0].mode = PlayMode::OnDemand;
    cameras[0].is_looped = false;
    serve({}, cameras);
    LoadClient client;
    ASSERT_TRUE(client.play(simulator_->port(), "/one/main"));
    client.receive(std::chrono::seconds{10});
    EXPECT_TRUE(client.sessions().front().is_closed);
    EXPECT_EQ(client.total().units, 30U);
    EXPECT_EQ(simulator_->stats().units_sent(), 30U);
    EXPECT_EQ(simulator_->stats().streams.front().last_unit, 29);
}

TEST_F(Players, ASlowClientLosesPicturesUpToAKeyOneAndKeepsItsFraming) {
    CamsimOptions options;
    options.backlog_bytes = 65'536;
    std::vector<CameraEntry> cameras = two_cameras();
    cameras[0].main = make_film(
        folder,
        "large.mp4",
        "-c:v libx264 -preset ultrafast -bf 0 -qp 0 -vf scale=1280:720,noise=alls=60"
    );
    serve(options, cameras);
    LoadClient client;
    ASSERT_TRUE(client.play(simulator_->port(), "/one/main"));
    ASSERT_TRUE(client.play(simulator_->port(), "/one/main"));
    client.stop_reading(0);
    client.receive(std::chrono::seconds{4});
    EXPECT_GT(simulator_->stats().units_dropped(), 0U);
    client.resume_reading(0);
    client.receive(std::chrono::seconds{3});
    const auto& slow = client.sessions()[0];
    EXPECT_FALSE(slow.is_closed);
    EXPECT_EQ(slow.sequence_gaps, 0U);
    EXPECT_GT(slow.units, 10U);
    EXPECT_LT(slow.units, client.sessions()[1].units);
    EXPECT_EQ(client.sessions()[1].sequence_gaps, 0U);
}

TEST_F(Players, FaultsHappenAsConfigured) {
    std::vector<CameraEntry> cameras = two_cameras();
    const auto faults = [](const char* yaml) {
        return parse_faults(parse_yaml(yaml, "test").value(), "faults").value();
    };
    cameras[0].faults = faults("{reset_after: 1.5, sender_reports: false}");
    cameras[1].faults = faults("{stall_every: 1, stall_for: 0.5}");
    serve({}, cameras);
    LoadClient client;
    ASSERT_TRUE(client.play(simulator_->port(), "/one/main"));
    ASSERT_TRUE(client.play(simulator_->port(), "/two/main"));
    client.receive(std::chrono::seconds{4});
    EXPECT_TRUE(client.sessions()[0].is_closed);
    EXPECT_TRUE(client.sessions()[0].reports.empty());
    EXPECT_LE(client.sessions()[0].units, 15U);
    EXPECT_FALSE(client.sessions()[1].is_closed);
    EXPECT_FALSE(client.sessions()[1].reports.empty());
    EXPECT_GT(simulator_->stats().streams[2].units_withheld, 5U);
}

TEST_F(Players, ASilentClientIsDisconnectedAtTheSessionTimeout) {
    serve({.session_timeout = std::chrono::seconds{1}}, two_cameras());
    LoadClient client;
    ASSERT_TRUE(client.play(simulator_->port(), "/one/main"));
    client.receive(std::chrono::seconds{6});
    EXPECT_TRUE(client.sessions().front().is_closed);
    EXPECT_EQ(simulator_->stats().sessions(), 0);
}

TEST_F(Players, AThousandCamerasPlayAtOnce) {
    CamsimOptions options;
    options.cameras = 1000;
    serve(options, two_cameras());
    LoadClient client;
    for (const CameraEntry& camera : simulator_->cameras()) {
        const Status played = client.play(simulator_->port(), "/" + camera.id + "/main");
        ASSERT_TRUE(played) << played.error().describe();
    }
    client.receive(std::chrono::seconds{2});  // every camera has come to a key picture
    const SessionLog before = client.total();
    const Duration cpu_before = simulator_->stats().cpu;
    client.receive(std::chrono::seconds{4});
    const std::uint64_t units = client.total().units - before.units;
    EXPECT_GT(units, 30'000U);  // 40,000 on a machine with nothing else to do
    EXPECT_LT(units, 45'000U);
    EXPECT_EQ(client.total().sequence_gaps, 0U);
    EXPECT_EQ(client.total().time_steps_back, 0U);
    EXPECT_EQ(simulator_->stats().sessions(), 1000);
    EXPECT_EQ(simulator_->stats().units_dropped(), 0U);
    RecordProperty(
        "cpu_percent", std::to_string(100 * to_seconds(simulator_->stats().cpu - cpu_before) / 4)
    );
}

TEST_F(Players, TheSecondSimulatorOnAPortSaysThatItIsInUse) {
    serve({}, two_cameras());
    CamsimOptions options;
    options.port = simulator_->port();
    const auto second = CameraSimulator::create(options, two_cameras(), clock_).value();
    const Status started = second->start();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().message.find("is in use"), std::string::npos);
}

TEST_F(Players, AMissingFilmNamesTheCamera) {
    std::vector<CameraEntry> cameras = two_cameras();
    cameras[1].main = "/nonexistent/film.mp4";
    const auto created = CameraSimulator::create({}, cameras, clock_);
    ASSERT_FALSE(created);
    EXPECT_NE(created.error().message.find("'two'"), std::string::npos);
    EXPECT_EQ(created.error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace bongsu::camsim
