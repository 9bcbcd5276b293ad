// An incident replayed over the router: real scenes on disk, the rules that the product has.
#include "console/testing/test_console.hpp"
#include "fleet/fleet.hpp"
#include "scenelog/config.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/scene_reader.hpp"
#include "store/store.hpp"
#include "store/testing/temporary_folder.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::json_of;
using testing::TestConsole;

const CameraId kGate("gate");

class IncidentReplay : public ::testing::Test {
protected:
    void SetUp() override {
        scenelog::SceneLogConfig config;
        config.root = (folder_.path() / "scenes").string();
        log_ = scenelog::SceneLog::create(config, console_.clock(), metrics_).value();
        reader_.emplace(config.root);
        console_.parts().scenes = &*reader_;
        console_.parts().scene_log = log_.get();
        const auto camera = console_.parts().fleet.get(kGate).value();
        Value::Map form = *console_.parts().fleet.form_of(kGate, camera->version)->as_map();
        std::erase_if(form, [](const auto& member) { return member.first == "rules"; });
        const Value rule = Value::Map{{"id", "fence"}, {"behaviour", "intrusion"}};
        form.emplace_back("rules", Value::List{rule});
        ASSERT_TRUE(console_.parts().fleet.change(kGate, camera->version, form, {"test", ""}));
    }

    void TearDown() override {
        console_.parts().scenes = nullptr;
        console_.parts().scene_log = nullptr;
    }

    /// Five scenes a second for half a minute; somebody comes after ten seconds and is believed
    /// after twelve.
    void record() {
        for (int i = 0; i < 150; ++i) {
            const WallTime now = start_ + milliseconds{200} * i;
            const std::array somebody{Track{
                .id = TrackId(7),
                .state = i < 60 ? TrackState::Tentative : TrackState::Confirmed,
                .score = 0.9F,
                .box = {100.0F + static_cast<float>(i), 50, 20, 40},
                .first_seen = start_ + seconds{10},
                .last_seen = now,
                .history = {},
                .appearance = {}
            }};
            log_->take(
                {.camera = kGate,
                 .time = now,
                 .width = 320,
                 .height = 180,
                 .level = TriageLevel::T3,
                 .has_detections = i % 2 == 0,
                 .tracks = i < 50 ? std::span<const Track>{} : std::span<const Track>{somebody},
                 .quality = {}}
            );
        }
    }

    /// From the fifth to the 25th second.
    void put_incident() {
        Incident incident;
        incident.id = IncidentId("walked-in");
        incident.kind = "intrusion";
        incident.camera = kGate;
        incident.organisation = console_.parts().fleet.get(kGate).value()->config.organisation;
        incident.started = start_ + seconds{12};
        incident.opened = incident.started;
        incident.clip_from = start_ + seconds{5};
        incident.clip_to = start_ + seconds{25};
        ASSERT_TRUE(console_.parts().store.incidents().save(incident));
    }

    net::HttpResponse ask(const std::string& user) {
        return console_.get(user, "/api/v1/incidents/walked-in/replay");
    }

    static constexpr WallTime start_{seconds{1'772'409'600}};
    TestConsole console_;
    store::testing::TemporaryFolder folder_;
    Metrics metrics_;
    std::unique_ptr<scenelog::SceneLog> log_;
    std::optional<scenelog::SceneReader> reader_;
};

TEST_F(IncidentReplay, TellsEverySceneOfTheClipWithWhatTheRulesSay) {
    record();
    put_incident();
    const net::HttpResponse answer = ask("operator");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::value replay = json_of(answer);
    const json::array& steps = replay.at("steps").as_array();
    ASSERT_EQ(steps.size(), 100U);
    EXPECT_EQ(steps[0].at("time").as_string(), to_iso8601(start_ + seconds{5}));
    EXPECT_TRUE(steps[0].at("tracks").as_array().empty());
    EXPECT_EQ(steps[30].at("tracks").at(0).at("state").as_string(), "tentative");
    EXPECT_EQ(steps[40].at("tracks").at(0).at("state").as_string(), "confirmed");
    EXPECT_EQ(steps[40].at("level").as_string(), "T3");
    EXPECT_EQ(replay.at("rules").at(0).at("behaviour").as_string(), "intrusion");
    EXPECT_TRUE(replay.at("open").as_array().empty());
    std::vector<std::string> phases;
    for (const json::value& step : steps) {
        for (const json::value& said : step.at("said").as_array()) {
            EXPECT_EQ(said.at("rule").as_string(), "fence");
            phases.emplace_back(said.at("phase").as_string());
        }
    }
    ASSERT_FALSE(phases.empty());
    EXPECT_EQ(phases.front(), "begin");
    EXPECT_EQ(std::ranges::count(phases, "begin"), 1);
}

TEST_F(IncidentReplay, IsForThoseWhoSeeTheIncidentAndSaysWhatIsMissing) {
    put_incident();
    EXPECT_EQ(ask("park_operator").status, 404);
    EXPECT_TRUE(json_of(ask("operator")).at("steps").as_array().empty())
        << "no scenes are no error";
    console_.parts().scenes = nullptr;
    const net::HttpResponse answer = ask("operator");
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(json_of(answer).at("code").as_string(), "not_on_this_node");
}

}  // namespace
}  // namespace bongsu::console
