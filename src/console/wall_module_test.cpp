// The walls and the replay of rules through the interface, over real parts.
#include "console/testing/test_console.hpp"
#include "console/wall_keeper.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/scene_reader.hpp"
#include "scenelog/testing/walkers.hpp"

#include <fstream>
#include <memory>
#include <set>

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Ask;
using testing::json_of;
using testing::TestConsole;

class Walls : public ::testing::Test {
protected:
    WallKeeper::Parts keeper_parts(ConsoleParts& parts) {
        return {
            .clock = parts.clock,
            .fleet = parts.fleet,
            .incidents = parts.store.incidents(),
            .events = parts.events,
            .health = {},
            .refresh = [this, &parts](const PrincipalPtr& principal) -> PrincipalPtr {
                const auto now = parts.identity.directory().principal(principal->user);
                return is_thrown_out_ ? nullptr : now.value_or(nullptr);
            },
            .has_console = [this](const std::string& user) { return !gone_.contains(user); },
            .on_lost = [this](const identity::Principal& who) { lost_.push_back(who.user); },
            .file = parts.data / "shift.json",
        };
    }

    Walls() {
        console_ = std::make_unique<TestConsole>([this](ConsoleParts& parts) {
            keeper_ = std::make_unique<WallKeeper>(keeper_parts(parts));
            parts.wall = keeper_.get();
            scenelog::SceneLogConfig config;
            config.root = (parts.data / "scenes").string();
            log_ = *scenelog::SceneLog::create(config, parts.clock, parts.metrics);
            reader_ = std::make_unique<scenelog::SceneReader>(config.root);
            parts.scene_log = log_.get();
            parts.scenes = reader_.get();
        });
    }

    ~Walls() override {
        keeper_.reset();
        log_.reset();  // before the clock and the metrics of the console
    }

    void run(int ticks) {
        for (int i = 0; i < ticks; ++i) {
            console_->clock().advance(seconds{1});
            keeper_->tick();
        }
    }

    json::object wall(const std::string& user) {
        const auto answer = console_->get(user, "/api/v1/wall");
        EXPECT_EQ(answer.status, 200);
        return json_of(answer).as_object();
    }

    json::object come(const std::string& user) {
        const auto answer = console_->put(user, "/api/v1/shift", json::object{{"cap", 50}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer).as_object();
    }

    static std::vector<std::string> cameras_on(const json::object& wall) {
        std::vector<std::string> cameras;
        for (const json::value& tile : wall.at("tiles").as_array()) {
            if (!tile.is_null()) {
                cameras.emplace_back(tile.at("camera").as_string());
            }
        }
        std::ranges::sort(cameras);
        return cameras;
    }

    bool is_thrown_out_ = false;
    std::set<std::string> gone_;     ///< have no console open
    std::vector<std::string> lost_;  ///< whose shift ended for that
    std::unique_ptr<scenelog::SceneLog> log_;
    std::unique_ptr<scenelog::SceneReader> reader_;
    std::unique_ptr<TestConsole> console_;
    std::unique_ptr<WallKeeper> keeper_;
};

TEST_F(Walls, AreEmptyUntilSomebodyComesOnShift) {
    EXPECT_FALSE(wall("operator").at("is_on_shift").as_bool());
    EXPECT_TRUE(wall("operator").at("tiles").as_array().empty());
    const json::object mine = come("operator");
    EXPECT_TRUE(mine.at("is_on_shift").as_bool());
    EXPECT_EQ(cameras_on(mine), (std::vector<std::string>{"gate", "plaza", "pond"}));
    EXPECT_EQ(mine.at("share").as_int64(), 3);
    EXPECT_EQ(mine.at("cap").as_int64(), 50);
}

TEST_F(Walls, ShareTheCamerasWithinTheRightsOfEach) {
    come("operator");
    const json::object parks = come("park_operator");
    EXPECT_EQ(parks.at("share").as_int64(), 1);
    EXPECT_TRUE(cameras_on(parks).empty()) << "a colleague sees it just now";
    EXPECT_EQ(wall("operator").at("share").as_int64(), 2);
    console_->ask("operator", "/api/v1/shift", {.method = "DELETE"});
    run(1);
    EXPECT_EQ(cameras_on(wall("park_operator")), std::vector<std::string>{"pond"});
    EXPECT_FALSE(wall("operator").at("is_on_shift").as_bool());
}

TEST_F(Walls, ShowAnIncidentAtTheNextTurnAndSayWhy) {
    come("operator");
    const IncidentId id = console_->add_incident("plaza", 5);
    ASSERT_TRUE(keeper_->start());
    run(1);
    for (const json::value& tile : wall("operator").at("tiles").as_array()) {
        if (tile.at("camera") == "plaza") {
            EXPECT_EQ(tile.at("code"), "incident");
            EXPECT_EQ(tile.at("incident").as_string(), id.value());
            EXPECT_EQ(tile.at("gravity").as_int64(), 5);
            return;
        }
    }
    FAIL() << json::serialize(wall("operator"));
}

TEST_F(Walls, CountPeopleFromTheScenes) {
    come("operator");
    scenelog::testing::Walkers walkers(CameraId{"gate"}, console_->clock().wall(), 2);
    (void)walkers.next();
    keeper_->take(walkers.next());
    run(1);
    const json::object now = wall("operator");
    bool is_told = false;
    for (const json::value& tile : now.at("tiles").as_array()) {
        is_told |= tile.is_object() && tile.at("code") == "people" && tile.at("count") == 2;
    }
    EXPECT_TRUE(is_told) << json::serialize(now);
}

TEST_F(Walls, KeepPinsAndSlotsForWhoIsNotOnShift) {
    const auto answer = console_->put(
        "operator", "/api/v1/wall", json::object{{"slots", 4}, {"pins", json::array{"pond"}}}
    );
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::object mine = come("operator");
    EXPECT_EQ(mine.at("slots").as_int64(), 4);
    ASSERT_FALSE(mine.at("tiles").as_array().empty());
    EXPECT_TRUE(mine.at("tiles").as_array()[0].at("is_pinned").as_bool());
}

TEST_F(Walls, RefuseWhatCannotBe) {
    const auto put = [&](const json::value& body) {
        return console_->put("park_operator", "/api/v1/wall", body).status;
    };
    EXPECT_EQ(put(json::object{{"slots", 0}}), 400);
    EXPECT_EQ(put(json::object{{"slots", 37}}), 400);
    EXPECT_EQ(put(json::object{{"pins", json::array{"gate"}}}), 400) << "outside the grant";
    EXPECT_EQ(put(json::object{{"pinz", 1}}), 400);
    EXPECT_EQ(put(json::object{{"pins", json::array{"pond"}}}), 200);
}

TEST_F(Walls, EndWithTheRightOrTheSession) {
    come("operator");
    is_thrown_out_ = true;
    run(2);
    EXPECT_FALSE(wall("operator").at("is_on_shift").as_bool());
    is_thrown_out_ = false;
    come("operator");
    EXPECT_EQ(keeper_->shift().operators.size(), 1U);
    keeper_->session_ended("some other");
    EXPECT_EQ(keeper_->shift().operators.size(), 1U);
}

TEST_F(Walls, OutliveARestart) {
    come("operator");
    console_->put(
        "operator", "/api/v1/wall", json::object{{"slots", 4}, {"pins", json::array{"pond"}}}
    );
    WallKeeper next(keeper_parts(console_->parts()));
    ASSERT_TRUE(next.start());
    next.tick();
    EXPECT_TRUE(next.wall_of("operator").at("is_on_shift").as_bool());
    EXPECT_EQ(next.wall_of("operator").at("slots").as_uint64(), 4U);
    EXPECT_EQ(cameras_on(next.wall_of("operator")).size(), 3U);
    console_->clock().advance(minutes{6});
    next.tick();
    EXPECT_EQ(next.shift().operators.size(), 1U) << "heard of since";
}

TEST_F(Walls, WhoHasNoConsoleOpenForTheGraceHasLeft) {
    come("operator");
    come("park_operator");
    EXPECT_EQ(wall("operator").at("share").as_int64(), 2);
    gone_.insert("park_operator");
    run(1);
    console_->clock().advance(minutes{4});
    run(1);
    gone_.clear();  // back in time
    run(1);
    gone_.insert("park_operator");
    console_->clock().advance(minutes{4} + seconds{50});
    run(1);
    EXPECT_EQ(keeper_->shift().operators.size(), 2U);
    EXPECT_TRUE(lost_.empty());
    run(10);
    EXPECT_EQ(lost_, std::vector<std::string>{"park_operator"});
    EXPECT_FALSE(wall("park_operator").at("is_on_shift").as_bool());
    EXPECT_EQ(wall("operator").at("share").as_int64(), 3) << "shared anew";
}

TEST_F(Walls, WhoIsNotHeardOfAfterARestartHasLeft) {
    come("operator");
    gone_.insert("operator");
    WallKeeper next(keeper_parts(console_->parts()));
    ASSERT_TRUE(next.start());
    console_->clock().advance(minutes{6});
    next.tick();
    EXPECT_TRUE(next.shift().operators.empty());
}

TEST_F(Walls, ABrokenFileOfTheShiftIsNoReasonNotToStart) {
    std::ofstream(console_->parts().data / "shift.json") << "{\"desks\": [{}]}";
    WallKeeper next(keeper_parts(console_->parts()));
    EXPECT_TRUE(next.start());
}

TEST_F(Walls, AnswerPlainlyWhereNoneAreKept) {
    TestConsole bare;
    EXPECT_EQ(bare.get("operator", "/api/v1/wall").status, 503);
}

/// Five minutes of two people who walk before the gate.
class Replays : public Walls {
protected:
    Replays() : from_(console_->clock().wall() - minutes{10}) {
        scenelog::testing::Walkers walkers(CameraId{"gate"}, from_, 2);
        for (int i = 0; i < 1500; ++i) {
            log_->take(walkers.next());
        }
    }

    net::HttpResponse replay(
        const std::string& user, json::value rules, const char* camera = "gate"
    ) {
        const json::object zone{
            {"id", "half"},
            {"points",
             json::array{
                 json::array{0.5, 0.1},
                 json::array{0.9, 0.1},
                 json::array{0.9, 0.9},
                 json::array{0.5, 0.9}
             }}
        };
        return console_->post(
            user,
            "/api/v1/cameras/" + std::string(camera) + "/replay",
            json::object{
                {"from", to_iso8601(from_)},
                {"to", to_iso8601(from_ + minutes{5})},
                {"zones", json::array{zone}},
                {"rules", std::move(rules)}
            }
        );
    }

    static json::array fence(const char* behaviour = "intrusion") {
        return {
            json::object{{"id", "fence"}, {"behaviour", behaviour}, {"zones", json::array{"half"}}}
        };
    }

    WallTime from_;
};

TEST_F(Replays, SayWhatAChangedRuleWouldHaveRaised) {
    const auto answer = replay("administrator", fence());
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::object result = json_of(answer).as_object();
    EXPECT_EQ(result.at("scenes").as_int64(), 1500);
    EXPECT_TRUE(result.at("before").as_array().empty()) << "the camera has no rules";
    EXPECT_GT(result.at("added").as_int64(), 5);
    EXPECT_EQ(result.at("after").as_array().size(), result.at("added").to_number<std::size_t>());
    EXPECT_EQ(result.at("after").as_array()[0].at("zone"), "half");
    EXPECT_EQ(result.at("words"), "");
}

TEST_F(Replays, NameTheWrongField) {
    const auto answer = replay("administrator", fence("intrussion"));
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("did you mean 'intrusion'"), std::string::npos) << answer.body;
}

TEST_F(Replays, SayWhenThereIsNothingToRunOver) {
    const auto answer = replay("administrator", fence(), "plaza");
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(json_of(answer).at("words"), "no_scenes");
}

TEST_F(Replays, AreNotForEverybody) {
    EXPECT_EQ(replay("operator", fence()).status, 403);
    EXPECT_EQ(replay("park_operator", fence()).status, 404);
}

}  // namespace
}  // namespace bongsu::console
