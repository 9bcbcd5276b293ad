#include "behaviours/engine.hpp"

#include "behaviours/metrics.hpp"
#include "behaviours/scenario/scenario.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Engine : public testing::Test {
protected:
    Engine() {
        register_all(registry_);
        camera_.id = CameraId{"gate"};
        camera_.zones = {
            {ZoneId{"yard"}, "yard", {{0.2F, 0.2F}, {0.8F, 0.2F}, {0.8F, 0.9F}, {0.2F, 0.9F}}},
            {ZoneId{"wire"}, "wire", {{0.5F, 0}, {0.5F, 1}}}
        };
        camera_.rules = {rule("fence", "intrusion", {"yard"})};
    }

    static RuleConfig rule(
        const char* id, const char* behaviour, std::vector<const char*> zones, Value settings = {}
    ) {
        RuleConfig config;
        config.id = RuleId{id};
        config.behaviour = behaviour;
        for (const char* zone : zones) {
            config.zones.emplace_back(zone);
        }
        config.settings = std::move(settings);
        return config;
    }

    BehaviourEngine make() {
        auto engine = BehaviourEngine::create(camera_, registry_, metrics_);
        EXPECT_TRUE(engine) << engine.error().message;
        return *std::move(engine);
    }

    std::string error_of(RuleConfig config) {
        camera_.rules = {std::move(config)};
        const auto engine = BehaviourEngine::create(camera_, registry_, metrics_);
        return engine ? std::string{} : engine.error().message;
    }

    /// One person at x of 1000 for one scene.
    std::vector<BehaviourEvent> look(BehaviourEngine& engine, int ms, float x) {
        Track track;
        track.id = TrackId{1};
        track.state = TrackState::Confirmed;
        track.score = 0.9F;
        track.box = {x - 20, 400, 40, 100};
        track.first_seen = kStart;
        Scene scene;
        scene.camera = camera_.id;
        scene.time = kStart + milliseconds{ms};
        scene.width = 1000;
        scene.height = 1000;
        scene.has_detections = true;
        scene.tracks = {&track, 1};
        return engine.evaluate(scene);
    }

    std::vector<BehaviourEvent> look_until_begin(BehaviourEngine& engine) {
        std::vector<BehaviourEvent> all;
        for (int ms = 0; ms <= 1000; ms += 200) {
            std::ranges::move(look(engine, ms, 500), std::back_inserter(all));
        }
        return all;
    }

    static constexpr WallTime kStart{seconds{1'772'409'600}};
    Registry registry_;
    Metrics metrics_;
    CameraConfig camera_;
};

TEST_F(Engine, FillsInWhatTheRuleSays) {
    camera_.rules[0].gravity = 4;
    BehaviourEngine engine = make();
    const auto events = look_until_begin(engine);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].phase, EventPhase::Begin);
    EXPECT_EQ(events[0].kind, "intrusion");
    EXPECT_EQ(events[0].rule, RuleId{"fence"});
    EXPECT_EQ(events[0].zone, ZoneId{"yard"});
    EXPECT_EQ(events[0].gravity, 4);
    EXPECT_EQ(events[0].picture_width, 1000);
    EXPECT_EQ(events[0].started, kStart);
    EXPECT_EQ(events[0].time, kStart + milliseconds{400});
    EXPECT_GT(events[0].confidence, 0.5F);
    EXPECT_EQ(engine.open_events(), 1U);
    EXPECT_EQ(metrics_.counter(kEventsTotal, {{"kind", "intrusion"}}).value(), 1);
}

TEST_F(Engine, TheSameScenesGiveTheSameEventIds) {
    BehaviourEngine first = make();
    BehaviourEngine second = make();
    const auto events = look_until_begin(first);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].id, EventId{"gate-fence-20260302T000000000Z-1"});
    EXPECT_EQ(look_until_begin(second)[0].id, events[0].id);
}

TEST_F(Engine, KeepsAnOpenEventAliveEveryTenSeconds) {
    BehaviourEngine engine = make();
    look_until_begin(engine);
    int updates = 0;
    for (int ms = 1200; ms <= 31'000; ms += 200) {
        for (const BehaviourEvent& event : look(engine, ms, 500)) {
            EXPECT_EQ(event.phase, EventPhase::Update);
            ++updates;
        }
    }
    EXPECT_EQ(updates, 3);
}

TEST_F(Engine, EndsOpenEventsWhenItsRuleGoesOrChanges) {
    BehaviourEngine engine = make();
    const auto begun = look_until_begin(engine);
    camera_.rules[0].settings = Value::Map{{"gap", 2.0}};
    const auto ended = engine.replace(camera_, kStart + seconds{2});
    ASSERT_TRUE(ended);
    ASSERT_EQ(ended->size(), 1U);
    EXPECT_EQ(ended->at(0).id, begun[0].id);
    EXPECT_EQ(ended->at(0).phase, EventPhase::End);
    EXPECT_EQ(engine.open_events(), 0U);
}

TEST_F(Engine, EndsOpenEventsWhenTheirZoneIsRedrawn) {
    BehaviourEngine engine = make();
    look_until_begin(engine);
    camera_.zones[0].corners[0] = {0.3F, 0.3F};
    EXPECT_EQ(engine.replace(camera_, kStart + seconds{2})->size(), 1U);
}

TEST_F(Engine, UnchangedRulesKeepTheirMemory) {
    BehaviourEngine engine = make();
    look_until_begin(engine);
    camera_.rules.push_back(rule("linger", "loitering", {"yard"}));
    EXPECT_TRUE(engine.replace(camera_, kStart + seconds{2})->empty());
    EXPECT_EQ(engine.open_events(), 1U);
    EXPECT_EQ(engine.rules(), 2U);
}

TEST_F(Engine, AWrongConfigurationChangesNothing) {
    BehaviourEngine engine = make();
    look_until_begin(engine);
    camera_.rules = {rule("x", "dancing", {})};
    EXPECT_FALSE(engine.replace(camera_, kStart));
    EXPECT_EQ(engine.open_events(), 1U);
}

TEST_F(Engine, FinishEndsEverything) {
    BehaviourEngine engine = make();
    look_until_begin(engine);
    EXPECT_EQ(engine.finish(kStart + seconds{2}).size(), 1U);
    EXPECT_TRUE(engine.finish(kStart + seconds{2}).empty());
}

TEST_F(Engine, SkipsScenesThatComeALittleLate) {
    BehaviourEngine engine = make();
    look_until_begin(engine);
    EXPECT_TRUE(look(engine, 500, 500).empty());
    EXPECT_EQ(metrics_.counter(kScenesSkippedTotal).value(), 1);
    EXPECT_EQ(engine.open_events(), 1U);
}

TEST_F(Engine, BeginsAnewWhenTheClockStepsBack) {
    BehaviourEngine engine = make();
    look_until_begin(engine);
    const auto events = look(engine, -60'000, 500);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].phase, EventPhase::End);
    EXPECT_EQ(metrics_.counter(kClockResetsTotal).value(), 1);
    EXPECT_TRUE(look(engine, -59'800, 500).empty());
}

TEST_F(Engine, ErrorsNameRuleKeyAndNearest) {
    EXPECT_EQ(
        error_of(rule("fence", "intrussion", {"yard"})),
        "cameras.gate.rules.fence.behaviour: 'intrussion' does not exist; did you mean 'intrusion'?"
    );
    EXPECT_EQ(
        error_of(rule("fence", "intrusion", {"yrad"})),
        "cameras.gate.rules.fence.zones: camera 'gate' has no zone 'yrad'; did you mean 'yard'?"
    );
    EXPECT_EQ(
        error_of(rule("fence", "loitering", {"yard"}, Value::Map{{"dwel", 5}})),
        "cameras.gate.rules.fence: unknown key 'dwel'; did you mean 'dwell'?"
    );
    EXPECT_NE(
        error_of(rule("fence", "intrusion", {"yard"}, Value::Map{{"classes", Value::List{"persn"}}})
        ).find("did you mean 'person'?"),
        std::string::npos
    );
    EXPECT_NE(
        error_of(rule("f", "loitering", {"yard"}, Value::Map{{"dwell", -1}})).find("f.dwell"),
        std::string::npos
    );
}

TEST_F(Engine, ErrorsSayWhichKindOfZoneIsNeeded) {
    EXPECT_NE(
        error_of(rule("f", "line_crossing", {"yard"})).find("'yard' is an area"), std::string::npos
    );
    EXPECT_NE(
        error_of(rule("f", "intrusion", {"wire"})).find("'wire' is a line"), std::string::npos
    );
    EXPECT_NE(
        error_of(rule("f", "line_crossing", {})).find("needs at least one line"), std::string::npos
    );
    EXPECT_NE(
        error_of(rule("f", "camera_dark", {"yard"})).find("whole picture"), std::string::npos
    );
    EXPECT_NE(
        error_of(rule("f", "crowding", {"yard"})).find("count, density or both"), std::string::npos
    );
    EXPECT_EQ(error_of(rule("f", "intrusion", {})), "") << "the whole picture";
}

TEST_F(Engine, ErrorsSayGravityScheduleAndDoubleNames) {
    RuleConfig grave = rule("f", "intrusion", {"yard"});
    grave.gravity = 6;
    EXPECT_NE(error_of(grave).find("gravity is 6"), std::string::npos);
    RuleConfig odd = rule("f", "intrusion", {"yard"});
    odd.schedule = {"sometimes"};
    EXPECT_NE(error_of(odd).find("f.schedule[0]"), std::string::npos);
    camera_.rules = {rule("f", "intrusion", {"yard"}), rule("f", "loitering", {"yard"})};
    EXPECT_NE(
        BehaviourEngine::create(camera_, registry_, metrics_).error().message.find("id 'f'"),
        std::string::npos
    );
}

TEST_F(Engine, TellsWhatItsRulesNeed) {
    EXPECT_TRUE(make().needs().tracks);
    EXPECT_FALSE(make().needs().view_quality);
    camera_.rules = {rule("d", "camera_dark", {})};
    EXPECT_FALSE(make().needs().tracks);
    EXPECT_TRUE(make().needs().view_quality);
}

TEST(Behaviours, EachDescribesItselfAndAllItsSettings) {
    const auto tables = describe_all();
    EXPECT_GE(tables.size(), 10U);
    for (const SchemaTable& table : tables) {
        EXPECT_FALSE(table.help.empty()) << table.title;
        for (const FieldSpec& field : table.schema.fields()) {
            EXPECT_TRUE(field.help.ends_with('.')) << table.title << "." << field.name;
        }
    }
}

}  // namespace
}  // namespace bongsu::behaviours
