// Every camera fault of docs/design/faults.md, through the real ingest against the simulator. The
// cameras of all faults run at the same time.
#include "ingest/ingest.hpp"
#include "ingest/testing/fault_trial.hpp"
#include "ingest/testing/recording_listener.hpp"

#include <algorithm>
#include <filesystem>
#include <latch>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::ingest {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::CaseOutcome;
using testing::FaultCase;
using testing::TrialSetup;

// The goal is 10 s. A test may share its machine with a compiler.
constexpr double kLongestRecovery = 15;

class FaultRecovery : public ::testing::Test {
protected:
    FaultRecovery() { fs::create_directories(folder_); }

    ~FaultRecovery() override { fs::remove_all(folder_); }

    static void expect_recovered(const CaseOutcome& outcome) {
        SCOPED_TRACE(outcome.name);
        const testing::Delivery& d = outcome.delivery;
        EXPECT_GT(d.sent, 100U) << "the camera did not play";
        EXPECT_GE(d.faults, 1);
        EXPECT_EQ(d.recovery.size(), static_cast<std::size_t>(d.faults));
        if (!d.recovery.empty()) {
            EXPECT_LT(std::ranges::max(d.recovery), kLongestRecovery);
        }
        EXPECT_EQ(d.damaged, 0U);
        EXPECT_EQ(d.doubled, 0U);
        EXPECT_EQ(d.undecodable, 0U);
        EXPECT_EQ(d.unmarked, 0U) << "lost_before is 0 although pictures are missing";
        EXPECT_EQ(d.unordered, 0U) << "media time ran back";
    }

    fs::path folder_ =
        fs::temp_directory_path() / ("bongsu-fault-recovery-" + std::to_string(::getpid()));
};

TEST_F(FaultRecovery, OfEveryFaultOfACamera) {
    TrialSetup setup;
    setup.cases = testing::fault_cases();
    setup.length = 32s;
    const auto trial = run_trial(setup, folder_);
    ASSERT_TRUE(trial) << trial.error().describe();
    for (std::size_t i = 0; i < setup.cases.size(); ++i) {
        expect_recovered(trial->cases[i]);
        EXPECT_TRUE(trial->cases[i].says(setup.cases[i].words))
            << setup.cases[i].name << " never said '" << setup.cases[i].words << "'";
    }
    EXPECT_LT(trial->time_to_stop, 2s);
}

class PowerCut : public FaultRecovery, public ::testing::WithParamInterface<bool> {};

TEST_P(PowerCut, BringsEveryCameraBack) {
    const FaultCase outage{.name = "outage", .faults = "{}", .event = "outage"};
    TrialSetup setup;
    setup.cases = std::span(&outage, 1);
    setup.cameras_each = 20;
    setup.length = 38s;
    setup.simulator.outage_every = 16s;
    setup.simulator.outage_for = 6s;
    setup.simulator.outage_swallows = GetParam();
    const auto trial = run_trial(setup, folder_);
    ASSERT_TRUE(trial) << trial.error().describe();
    expect_recovered(trial->cases.front());
}

INSTANTIATE_TEST_SUITE_P(Answers, PowerCut, ::testing::Bool(), [](const auto& chosen) {
    return std::string(chosen.param ? "ThatSwallowsConnections" : "ThatRefusesConnections");
});

TEST(Removal, DoesNotWaitForTheResolver) {
    auto has_begun = std::make_shared<std::latch>(1);
    auto may_end = std::make_shared<std::latch>(1);
    const SystemClock clock;
    Metrics metrics;
    Registry registry;
    register_all(registry);
    testing::RecordingListener listener;
    Ingest ingest({}, registry, clock, metrics, [=](const std::string&) {
        has_begun->count_down();
        may_end->wait();
        return Result<NameLookup::Addresses>{};
    });
    CameraConfig camera;
    camera.id = CameraId{"gate"};
    StreamConfig stream;
    stream.source = "rtsp";
    stream.url = "rtsp://slow.example/live";
    ASSERT_TRUE(ingest.add(camera, stream, listener));
    has_begun->wait();
    const MonoTime before = clock.mono();
    ingest.remove(camera.id);
    EXPECT_LT(clock.mono() - before, 2s);
    may_end->count_down();
}

}  // namespace
}  // namespace bongsu::ingest
