// Rules run again over the stored scenes of every tests/scenarios/*.scenario say exactly what they
// said live.
#include "behaviours/engine.hpp"
#include "behaviours/scenario/scenario.hpp"
#include "pipeline/rule_replay.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/testing/walkers.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <tuple>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::pipeline {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class TemporaryLog {
public:
    explicit TemporaryLog(Duration quiet_every = {}) {
        config_.quiet_every = quiet_every;
        std::filesystem::remove_all(root_);
        config_.root = root_.string();
        auto log = scenelog::SceneLog::create(config_, clock_, metrics_);
        EXPECT_TRUE(log) << log.error().message;
        log_ = *std::move(log);
    }

    ~TemporaryLog() {
        log_.reset();
        std::filesystem::remove_all(root_);
    }

    scenelog::SceneLog& log() { return *log_; }

    scenelog::SceneReader reader() const { return scenelog::SceneReader(root_); }

private:
    std::filesystem::path root_ =
        std::filesystem::temp_directory_path() / ("bongsu-replay-" + std::to_string(::getpid()));
    scenelog::SceneLogConfig config_;
    SystemClock clock_;
    Metrics metrics_;
    std::unique_ptr<scenelog::SceneLog> log_;
};

bool is_same(const BehaviourEvent& a, const BehaviourEvent& b) {
    const auto key = [](const BehaviourEvent& e) {
        return std::tie(
            e.id,
            e.phase,
            e.kind,
            e.camera,
            e.rule,
            e.zone,
            e.gravity,
            e.started,
            e.time,
            e.time_uncertainty,
            e.confidence,
            e.tracks,
            e.picture_width,
            e.picture_height,
            e.detail
        );
    };
    return key(a) == key(b) && a.box == b.box;
}

std::vector<std::filesystem::path> scenario_files() {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("tests/scenarios", error)) {
        if (entry.path().extension() == ".scenario") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

behaviours::Registry all_behaviours() {
    behaviours::Registry registry;
    behaviours::register_all(registry);
    return registry;
}

/// The events of a scenario as they came live and as they come again.
struct Both {
    std::vector<BehaviourEvent> live;
    std::vector<BehaviourEvent> again;
};

Both play_both(const behaviours::Scenario& scenario, Duration quiet_every) {
    const behaviours::Registry registry = all_behaviours();
    TemporaryLog stored(quiet_every);
    Metrics metrics;
    auto engine =
        behaviours::BehaviourEngine::create(scenario.camera, registry, metrics, scenario.time_zone);
    EXPECT_TRUE(engine);
    Both both;
    behaviours::for_each_scene(scenario, [&](const Scene& scene) {
        Scene blind = scene;  // the log keeps no pictures
        blind.second_look = nullptr;
        std::ranges::move(engine->evaluate(blind), std::back_inserter(both.live));
        stored.log().take(blind);
    });
    EXPECT_TRUE(stored.log().flush(scenario.camera.id));
    auto outcome = replay_rules(
        stored.reader(),
        registry,
        {.camera = scenario.camera,
         .span = {scenario.start, scenario.start + std::chrono::hours{24}},
         .time_zone = scenario.time_zone}
    );
    EXPECT_TRUE(outcome) << outcome.error().message;
    both.again = std::move(outcome->phases);
    return both;
}

class RuleReplay : public testing::TestWithParam<std::filesystem::path> {
protected:
    static behaviours::Scenario scenario() {
        std::ifstream file(GetParam());
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        auto scenario = behaviours::parse_scenario(text, GetParam().string());
        EXPECT_TRUE(scenario) << scenario.error().message;
        return *std::move(scenario);
    }
};

TEST_P(RuleReplay, SaysExactlyWhatTheRulesSaidLive) {
    const Both both = play_both(scenario(), Duration{0});
    EXPECT_TRUE(std::ranges::equal(both.again, both.live, is_same))
        << both.live.size() << " live, " << both.again.size() << " again";
}

TEST_P(RuleReplay, ThinnedQuietMovesEventsByTwoSecondsAtMost) {
    const Both both = play_both(scenario(), seconds{1});
    const auto is_near = [](const BehaviourEvent& a, const BehaviourEvent& b) {
        const bool is_one = a.phase == b.phase && a.rule == b.rule && a.zone == b.zone;
        return is_one && std::chrono::abs(a.time - b.time) <= seconds{2} &&
               std::chrono::abs(a.started - b.started) <= seconds{2};
    };
    EXPECT_TRUE(std::ranges::equal(both.again, both.live, is_near))
        << both.live.size() << " live, " << both.again.size() << " again";
}

INSTANTIATE_TEST_SUITE_P(
    Scenarios,
    RuleReplay,
    testing::ValuesIn(scenario_files()),
    [](const testing::TestParamInfo<std::filesystem::path>& file) {
        std::string name = file.param.stem().string();
        std::ranges::replace_if(
            name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_'
        );
        return name;
    }
);

TEST(RuleReplayScenarios, AreFoundFromTheRootOfTheSourceTree) {
    EXPECT_GE(scenario_files().size(), 25U) << "run the tests in the root of the source tree";
}

class Street : public testing::Test {
protected:
    Street() {
        camera_.id = CameraId{"street"};
        camera_.zones = {
            {ZoneId{"half"}, "half", {{0.5F, 0.1F}, {0.9F, 0.1F}, {0.9F, 0.9F}, {0.5F, 0.9F}}},
            {ZoneId{"line"}, "line", {{0.5F, 0}, {0.5F, 1}}},
        };
        camera_.rules = {rule("fence", "intrusion", "half")};
    }

    static RuleConfig rule(const char* id, const char* behaviour, const char* zone) {
        RuleConfig config;
        config.id = RuleId{id};
        config.behaviour = behaviour;
        config.zones = {ZoneId{zone}};
        return config;
    }

    void record(int scenes, int people) {
        scenelog::testing::Walkers walkers(camera_.id, kStart, people);
        for (int i = 0; i < scenes; ++i) {
            stored_.log().take(walkers.next());
        }
        ASSERT_TRUE(stored_.log().flush(camera_.id));
    }

    ReplayOutcome replay(const CameraConfig& camera, Duration from, Duration to) {
        auto outcome = replay_rules(
            stored_.reader(), registry_, {.camera = camera, .span = {kStart + from, kStart + to}}
        );
        EXPECT_TRUE(outcome) << outcome.error().message;
        return outcome ? *std::move(outcome) : ReplayOutcome{};
    }

    static constexpr WallTime kStart{seconds{1'772'409'600}};
    CameraConfig camera_;
    behaviours::Registry registry_ = all_behaviours();
    TemporaryLog stored_;
};

TEST_F(Street, AnHourOfABusyCameraTakesLessThanTwoSeconds) {
    record(18'000, 6);
    camera_.rules.push_back(rule("line", "line_crossing", "line"));
    camera_.rules.push_back(rule("linger", "loitering", "half"));
    const SystemClock clock;
    const MonoTime begin = clock.mono();
    const auto outcome = replay(camera_, {}, minutes{60});
    const double seconds_taken = to_seconds(clock.mono() - begin);
    RecordProperty("seconds", std::to_string(seconds_taken));
    EXPECT_EQ(outcome.read.scenes, 18'000U);
    EXPECT_GT(outcome.events.size(), 100U);
    EXPECT_LT(seconds_taken, 2.0);
}

TEST_F(Street, WhatBeganBeforeTheSpanIsNotReportedAgain) {
    record(600, 1);  // in the zone from second 21 to 38 and so on
    const auto whole = replay(camera_, {}, minutes{2});
    ASSERT_FALSE(whole.events.empty());
    const WallTime begun = whole.events[0].certain;
    const auto later = replay(camera_, begun - kStart + seconds{1}, minutes{2});
    EXPECT_EQ(later.events.size(), whole.events.size() - 1);
}

TEST_F(Street, GoesThroughEveryStoredSceneInOrderAndSaysWhatItSaysAsAWhole) {
    record(600, 1);
    const auto whole = replay(camera_, {}, minutes{2});
    std::vector<WallTime> times;
    std::vector<BehaviourEvent> said;
    const auto read = step_rules(
        stored_.reader(),
        registry_,
        {.camera = camera_, .span = {kStart, kStart + minutes{2}}},
        [&](ReplayStep&& step) {
            times.push_back(step.scene.time);
            std::ranges::move(step.events, std::back_inserter(said));
            return times.size() < 500;
        }
    );
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(times.size(), 500U) << "it stops when told";
    EXPECT_TRUE(std::ranges::is_sorted(times));
    ASSERT_FALSE(said.empty());
    ASSERT_LE(said.size(), whole.phases.size());
    EXPECT_TRUE(std::equal(said.begin(), said.end(), whole.phases.begin(), is_same));
}

TEST_F(Street, ComparesBeforeAndAfter) {
    record(3000, 2);
    const auto before = replay(camera_, {}, minutes{10});
    CameraConfig changed = camera_;
    changed.zones[0].corners = {{0.6F, 0.1F}, {0.9F, 0.1F}, {0.9F, 0.9F}, {0.6F, 0.9F}};
    const auto narrower = replay(changed, {}, minutes{10});
    const auto same = compare(before.events, narrower.events);
    EXPECT_GE(same.kept.size() + 1, before.events.size());
    changed.zones[0].corners = {{0.1F, 0.0F}, {0.9F, 0.0F}, {0.9F, 0.1F}, {0.1F, 0.1F}};
    const auto nothing = replay(changed, {}, minutes{10});
    EXPECT_TRUE(nothing.events.empty());
    EXPECT_EQ(compare(before.events, nothing.events).gone.size(), before.events.size());
    EXPECT_EQ(compare(nothing.events, before.events).added.size(), before.events.size());
}

TEST_F(Street, NamesAWrongSetting) {
    camera_.rules[0].behaviour = "intrussion";
    const auto outcome = replay_rules(
        stored_.reader(), registry_, {.camera = camera_, .span = {kStart, kStart + seconds{1}}}
    );
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::InvalidArgument);
    EXPECT_NE(outcome.error().message.find("did you mean 'intrusion'"), std::string::npos);
}

TEST_F(Street, StopsWhenAsked) {
    record(3000, 1);
    const auto outcome = replay_rules(
        stored_.reader(),
        registry_,
        {.camera = camera_, .span = {kStart, kStart + minutes{10}}},
        [] { return true; }
    );
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::Cancelled);
}

}  // namespace
}  // namespace bongsu::pipeline
