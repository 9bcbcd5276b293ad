// The whole way from coded pictures to events, on drawn films encoded by libx264. The detector is a
// double that finds bright blocks; everything else is the product.
#include "core/guarded.hpp"
#include "media/testing/clip.hpp"
#include "pipeline/analysis_engine.hpp"
#include "pipeline/testing/brightness_detector.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr int kFps = 10;
constexpr int kWidth = 320;
constexpr int kHeight = 180;
const WallTime kStart{std::chrono::seconds{1'750'000'000}};

/// Grey texture that does not change, with a little noise that does.
void draw_street(int index, WritableFrame& picture) {
    std::mt19937 texture(7);
    std::mt19937 noise(static_cast<unsigned>(index));
    for (int y = 0; y < kHeight; y += 12) {
        for (int x = 0; x < kWidth; x += 16) {
            const auto shade = static_cast<std::uint8_t>(70 + texture() % 80 + noise() % 3);
            media::testing::fill_luma(picture, x, y, 16, 12, shade);
        }
    }
}

/// A bright person, 12x36, who walks from the left between two times.
media::testing::Draw walker(double from_s, double to_s) {
    return [=](int index, WritableFrame& picture) {
        draw_street(index, picture);
        const double now = static_cast<double>(index) / kFps;
        if (now >= from_s && now < to_s) {
            const int x = static_cast<int>((now - from_s) * 20);
            media::testing::fill_luma(picture, x, 100, 12, 36, 235);
        }
    };
}

std::vector<AccessUnitPtr> film(
    int seconds,
    const media::testing::Draw& draw,
    const char* camera = "yard",
    int key_interval = 2 * kFps
) {
    const media::testing::ClipSpec spec{
        .width = kWidth,
        .height = kHeight,
        .fps = kFps,
        .frames = seconds * kFps,
        .key_interval = key_interval
    };
    auto units = media::testing::make_units(spec, CameraId{camera}, kStart, draw);
    EXPECT_TRUE(units.has_value()) << (units ? "" : units.error().describe());
    return units.value_or(std::vector<AccessUnitPtr>{});
}

/// A camera whose right half must not be entered.
CameraConfig yard(const char* id = "yard") {
    CameraConfig camera;
    camera.id = CameraId{id};
    camera.streams = {{.role = StreamRole::Main, .source = "file", .url = "film", .settings = {}}};
    camera.zones = {
        {ZoneId{"east"}, "East", {{0.5F, 0.1F}, {0.98F, 0.1F}, {0.98F, 0.98F}, {0.5F, 0.98F}}}
    };
    RuleConfig rule;
    rule.id = RuleId{"fence"};
    rule.behaviour = "intrusion";
    rule.gravity = 4;
    rule.zones = {ZoneId{"east"}};
    rule.settings = Value(Value::Map{});
    camera.rules = {rule};
    return camera;
}

struct SeenEvent {
    BehaviourEvent event;
    bool has_picture;
};

struct SeenScene {
    WallTime time;
    TriageLevel level;
    bool has_detections;
    std::size_t tracks;
};

/// An engine with one or more cameras, fed film by film; each unit is analysed before the next is
/// pushed.
class Replay {
public:
    explicit Replay(AnalysisConfig config = {.threads = 2, .budget = 100}, float score = 0.9F) {
        behaviours::register_all(registry_);
        AnalysisParts parts{.behaviours = registry_, .metrics = metrics};
        parts.on_event =
            [this](const BehaviourEvent& event, const Frame* snapshot, std::span<const Track>) {
                events_.with([&](auto& seen) { seen.push_back({event, snapshot != nullptr}); });
            };
        parts.on_scene = [this](const Scene& scene, const CameraConfig&) {
            scenes_.with([&](auto& seen) {
                seen.push_back({scene.time, scene.level, scene.has_detections, scene.tracks.size()}
                );
            });
        };
        const DetectorFactory make = [this, score]() -> Result<std::unique_ptr<vision::Detector>> {
            return std::make_unique<testing::BrightnessDetector>(looks, score);
        };
        engine = *AnalysisEngine::create(config, clock, make, std::move(parts));
    }

    void play(const std::vector<AccessUnitPtr>& units) {
        for (const AccessUnitPtr& unit : units) {
            clock.set_wall(unit->wall);
            engine->push(unit);
            engine->flush(unit->camera);
        }
    }

    std::vector<SeenEvent> events() const {
        return events_.with([](const auto& seen) { return seen; });
    }

    std::vector<SeenScene> scenes() const {
        return scenes_.with([](const auto& seen) { return seen; });
    }

    CameraStats stats(const char* camera = "yard") const {
        return engine->stats(CameraId{camera}).value();
    }

    ManualClock clock{kStart};
    Metrics metrics;
    testing::BrightnessDetector::Counts looks;
    std::unique_ptr<AnalysisEngine> engine;

private:
    behaviours::Registry registry_;
    Guarded<std::vector<SeenEvent>> events_;
    Guarded<std::vector<SeenScene>> scenes_;
};

TEST(AnalysisEngine, AQuietCameraCostsOneDecodedPictureInTwoSeconds) {
    Replay replay;
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    replay.play(film(40, draw_street));
    const CameraStats stats = replay.stats();
    EXPECT_EQ(stats.level, TriageLevel::T1);
    EXPECT_EQ(stats.gate_looks, 20U);
    EXPECT_EQ(stats.wakes, 0U);
    EXPECT_LE(replay.looks.whole, 2);
    EXPECT_EQ(replay.looks.regions, 0);
    EXPECT_TRUE(replay.events().empty());
}

TEST(AnalysisEngine, SeesAnIntrusionAndTellsWhenItBeganAndEnded) {
    Replay replay;
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    replay.play(film(50, walker(20.3, 34.3)));
    const auto events = replay.events();
    ASSERT_GE(events.size(), 2U);
    EXPECT_EQ(events.front().event.kind, "intrusion");
    EXPECT_EQ(events.front().event.phase, EventPhase::Begin);
    EXPECT_EQ(events.front().event.gravity, 4);
    EXPECT_TRUE(events.front().has_picture);
    // The walker's foot enters the zone 7.7 s after appearing (x = 160 - 6).
    EXPECT_NEAR(to_seconds(events.front().event.time - kStart), 28.0, 1.2);
    EXPECT_EQ(events.back().event.phase, EventPhase::End);
    EXPECT_EQ(replay.stats().units_dropped, 0U);
    EXPECT_GE(replay.stats().wakes, 1U);
    EXPECT_EQ(replay.stats().level, TriageLevel::T1) << "goes back to sleep";
}

TEST(AnalysisEngine, TheLeadInBeforeTheWakingKeyFrameIsAnalysed) {
    Replay replay;
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    replay.play(film(30, walker(20.3, 28)));
    const auto scenes = replay.scenes();
    const auto first =
        std::ranges::find_if(scenes, [](const SeenScene& s) { return s.level == TriageLevel::T3; });
    ASSERT_NE(first, scenes.end());
    EXPECT_LT(first->time - kStart, 21s)
        << "woken by the key frame at 22 s, followed from before it";
    EXPECT_TRUE(std::ranges::is_sorted(scenes, {}, &SeenScene::time));
}

TEST(AnalysisEngine, AReplayGivesTheSameEvents) {
    const auto units = film(40, walker(14.7, 30));
    std::vector<std::string> told;
    for (int round = 0; round < 2; ++round) {
        Replay replay;
        ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
        replay.play(units);
        std::string story;
        for (const SeenEvent& seen : replay.events()) {
            story +=
                std::string(to_string(seen.event.phase)) + " " + to_iso8601(seen.event.time) + "\n";
        }
        told.push_back(story);
    }
    EXPECT_FALSE(told[0].empty());
    EXPECT_EQ(told[0], told[1]);
}

TEST(AnalysisEngine, TheDetectorLooksAtLeastEveryMaxUnwatched) {
    Replay replay({.threads = 1, .budget = 100, .max_unwatched = 10s});
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    replay.play(film(60, draw_street));
    EXPECT_LE(replay.stats().longest_unwatched, 10s);
    EXPECT_GE(replay.looks.whole, 6);
    EXPECT_LE(replay.looks.whole, 9);
    const auto hours = replay.engine->coverage().report(CameraId{"yard"}, kStart + 60s);
    ASSERT_FALSE(hours.empty());
    EXPECT_LE(hours.back().longest_without_detector, 10s);
    EXPECT_LE(hours.back().longest_without_gate, 2s);
}

TEST(AnalysisEngine, AParkedCarLetsTheCameraSleep) {
    const auto parks = [](int index, WritableFrame& picture) {
        draw_street(index, picture);
        const double now = static_cast<double>(index) / kFps;
        if (now >= 15) {
            const int x = now < 20 ? static_cast<int>((now - 15) * 40) : 200;
            media::testing::fill_luma(picture, x, 100, 64, 36, 18);
        }
    };
    Replay replay;
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    const auto units = film(90, parks);
    replay.play({units.begin(), units.begin() + 30 * kFps});
    EXPECT_EQ(replay.stats().level, TriageLevel::T3);
    replay.play({units.begin() + 30 * kFps, units.end()});
    EXPECT_EQ(replay.stats().level, TriageLevel::T1);
    const std::uint64_t scenes = replay.stats().scenes;
    EXPECT_LT(scenes, 5U * 60) << "no longer followed while it stands";
}

TEST(AnalysisEngine, AnOperatorsLookMakesAQuietCameraBeFollowed) {
    Replay replay;
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    const auto units = film(40, draw_street);
    replay.play({units.begin(), units.begin() + 100});
    EXPECT_EQ(replay.stats().level, TriageLevel::T1);
    ASSERT_TRUE(replay.engine->look(CameraId{"yard"}).has_value());
    replay.play({units.begin() + 100, units.begin() + 140});
    EXPECT_EQ(replay.stats().level, TriageLevel::T3);
    replay.play({units.begin() + 140, units.end()});
    EXPECT_EQ(replay.stats().level, TriageLevel::T1);
    EXPECT_FALSE(replay.engine->look(CameraId{"nowhere"}).has_value());
}

TEST(AnalysisEngine, OverBudgetTheDetectorRunsLessButDoesRun) {
    const auto units = film(60, walker(5, 55));
    const auto looks_within = [&](double budget) {
        Replay replay({.threads = 1, .budget = budget, .detection_rate = 5, .whole_rate = 5});
        EXPECT_TRUE(replay.engine->add_camera(yard()).has_value());
        for (std::size_t i = 0; i < units.size(); ++i) {
            replay.clock.advance(1000ms / kFps);
            replay.engine->push(units[i]);
            replay.engine->flush(units[i]->camera);
            if (i % kFps == 0) {
                replay.engine->tick();
            }
        }
        EXPECT_EQ(replay.stats().thinned > 0, budget < 1);
        return replay.looks.whole.load();
    };
    const int full = looks_within(100);
    const int cut = looks_within(1e-6);
    EXPECT_LT(cut, full / 2);
    EXPECT_GT(cut, full / 20);
}

/// Forty seconds of pictures in which somebody walks from the 15th second to the 30th.
void push_pictures(Replay& replay, int pictures_per_second) {
    for (int i = 0; i < 40 * pictures_per_second; ++i) {
        WritableFrame picture = allocate_frame(kWidth, kHeight);
        for (const std::size_t plane : {1U, 2U}) {
            const Plane& chroma = picture.frame.planes[plane];
            std::fill_n(
                picture.data[plane], static_cast<std::size_t>(chroma.stride) * chroma.height, 128
            );
        }
        walker(15, 30)(i * kFps / pictures_per_second, picture);
        picture.frame.camera = CameraId{"yard"};
        picture.frame.wall = kStart + Duration{1'000'000} * i / pictures_per_second;
        replay.engine->push_frame(picture.frame);
        replay.engine->flush(picture.frame.camera);
    }
}

TEST(AnalysisEngine, FramesOfAFrameSourceGoTheSameWay) {
    Replay replay;
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    push_pictures(replay, kFps);
    const auto events = replay.events();
    ASSERT_FALSE(events.empty());
    EXPECT_NEAR(to_seconds(events.front().event.time - kStart), 23, 1.2);
    EXPECT_EQ(replay.stats().frames_dropped, 0U);
}

TEST(AnalysisEngine, OddPictureRatesDoNotHalveTheRateOfTheDetector) {
    Replay replay({.threads = 2, .budget = 100, .detection_rate = 5, .whole_rate = 5});
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    push_pictures(replay, 7);
    const CameraStats stats = replay.stats();
    ASSERT_GT(stats.scenes, 50U);
    EXPECT_GT(stats.region_looks + stats.whole_looks, stats.scenes * 9 / 10);
}

TEST(AnalysisEngine, BetweenWholeLooksTheDetectorSeesKnownObjectsAndWhatElseMoves) {
    const auto two_walkers = [](int index, WritableFrame& picture) {
        walker(10, 34)(index, picture);
        const double now = static_cast<double>(index) / kFps;
        if (now >= 20) {
            const int x = kWidth - 12 - static_cast<int>((now - 20) * 20);
            media::testing::fill_luma(picture, x, 30, 12, 36, 235);
        }
    };
    Replay replay({.threads = 1, .budget = 100, .detection_rate = 2.5, .whole_rate = 0.05});
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    replay.play(film(30, two_walkers));
    EXPECT_GT(replay.looks.regions, 20);
    EXPECT_LE(replay.looks.whole, 16) << "in the seconds before it woke, and once";
    const auto scenes = replay.scenes();
    const auto second =
        std::ranges::find_if(scenes, [](const SeenScene& s) { return s.tracks == 2; });
    ASSERT_NE(second, scenes.end());
    EXPECT_LT(second->time - kStart, 22s) << "seen where he moves, long before a whole look";
}

TEST(AnalysisEngine, ADoubtfulFigureThatNeverMovedWakesNobody) {
    const auto sign = [](int index, WritableFrame& picture) {
        draw_street(index, picture);
        media::testing::fill_luma(picture, 150, 100, 12, 36, 235);
    };
    for (const auto& [score, wakes] : {std::pair{0.45F, 0U}, std::pair{0.9F, 1U}}) {
        Replay replay({.threads = 1, .budget = 100, .max_unwatched = 5s}, score);
        ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
        replay.play(film(20, sign));
        EXPECT_GE(replay.looks.whole, 4);
        EXPECT_EQ(replay.stats().wakes > 0, wakes > 0) << "score " << score;
    }
}

TEST(AnalysisEngine, PicturesThatNobodyLooksAtBeforeTheNextKeyFrameAreNotDecoded) {
    Replay replay({.threads = 1, .budget = 100, .detection_rate = 1, .whole_rate = 0.05});
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    replay.play(film(40, walker(4, 64)));
    const CameraStats stats = replay.stats();
    ASSERT_GT(stats.scenes, 100U);
    // A scene every second picture, as ever; of 20 pictures those up to the look in the middle.
    EXPECT_LT(stats.decoded, 2 * stats.scenes * 13 / 20);
    for (const SeenEvent& seen : replay.events()) {
        EXPECT_TRUE(seen.has_picture || seen.event.phase != EventPhase::Begin);
    }
    EXPECT_FALSE(replay.events().empty());
}

TEST(AnalysisEngine, KeyFramesFarApartAreLookedBetweenWithEachPictureDecodedOnce) {
    Replay replay({.threads = 1, .budget = 100, .early_wake = 0});
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    replay.play(film(40, draw_street, "yard", 10 * kFps));
    const CameraStats stats = replay.stats();
    EXPECT_GE(stats.gate_looks, 17U);
    EXPECT_LE(stats.decoded, 400U);
    EXPECT_EQ(stats.wakes, 0U);
}

TEST(AnalysisEngine, OfKeyFramesASecondApartEverySecondOneIsEnoughWhileNothingMoves) {
    Replay replay;
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    replay.play(film(40, draw_street, "yard", kFps));
    EXPECT_LE(replay.stats().gate_looks, 22U);
    EXPECT_GE(replay.stats().gate_looks, 20U);
}

TEST(AnalysisEngine, BrokenUnitsAreCountedAndTheNextKeyFrameHeals) {
    Replay replay;
    ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
    auto units = film(50, walker(20.3, 34.3));
    for (std::size_t i = 40; i < 60; ++i) {
        auto broken = std::make_shared<AccessUnit>(*units[i]);
        broken->bytes = std::make_shared<const std::vector<std::uint8_t>>(50, std::uint8_t{0xFF});
        units[i] = broken;
    }
    replay.play(units);
    EXPECT_GE(replay.stats().decode_errors, 1U);
    EXPECT_FALSE(replay.events().empty());
}

TEST(AnalysisEngine, ManyCamerasAtOnceEachTellTheirOwnEvents) {
    Replay replay({.threads = 4, .budget = 100});
    constexpr int kCameras = 6;
    std::vector<std::vector<AccessUnitPtr>> films;
    const auto units = film(36, walker(10.3, 24));
    for (int i = 0; i < kCameras; ++i) {
        const std::string id = "cam" + std::to_string(i);
        ASSERT_TRUE(replay.engine->add_camera(yard(id.c_str())).has_value());
        films.emplace_back();
        for (const AccessUnitPtr& unit : units) {
            auto own = std::make_shared<AccessUnit>(*unit);
            own->camera = CameraId{id};
            films.back().push_back(std::move(own));
        }
    }
    for (std::size_t i = 0; i < units.size(); ++i) {
        for (const auto& one : films) {
            replay.engine->push(one[i]);
        }
        for (const auto& one : films) {
            replay.engine->flush(one[i]->camera);
        }
    }
    std::map<CameraId, int> begins;
    for (const SeenEvent& seen : replay.events()) {
        begins[seen.event.camera] += seen.event.phase == EventPhase::Begin ? 1 : 0;
    }
    EXPECT_EQ(begins.size(), static_cast<std::size_t>(kCameras));
    EXPECT_TRUE(std::ranges::all_of(begins, [](const auto& entry) { return entry.second == 1; }));
}

TEST(AnalysisEngine, WhenAllDecodersAreInUseTheGraverCameraIsFollowed) {
    Replay replay({.threads = 1, .budget = 100, .max_active = 1});
    const auto units = film(30, walker(10.3, 24));
    const auto add = [&](const char* id, int gravity) {
        CameraConfig camera = yard(id);
        camera.rules[0].gravity = gravity;
        ASSERT_TRUE(replay.engine->add_camera(camera).has_value());
    };
    const auto play = [&](const char* id, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            auto own = std::make_shared<AccessUnit>(*units[i]);
            own->camera = CameraId{id};
            replay.play({own});
        }
    };
    const auto level = [&](const char* id) { return replay.stats(id).level; };
    ASSERT_NO_FATAL_FAILURE(add("shop", 2));
    ASSERT_NO_FATAL_FAILURE(add("park", 2));
    ASSERT_NO_FATAL_FAILURE(add("bank", 5));
    play("shop", 0, 140);
    EXPECT_EQ(level("shop"), TriageLevel::T3);
    play("park", 0, 140);
    EXPECT_EQ(level("park"), TriageLevel::T1) << "first come, first served among equals";
    play("bank", 0, 140);
    EXPECT_EQ(level("bank"), TriageLevel::T3);
    play("shop", 140, 150);
    EXPECT_EQ(level("shop"), TriageLevel::T1);
    EXPECT_EQ(level("bank"), TriageLevel::T3) << "who went back to key frames takes nothing";
}

TEST(AnalysisEngine, CamerasComeAndGoWhileUnitsArrive) {
    Replay replay;
    const auto units = film(6, walker(1, 6));
    for (int round = 0; round < 5; ++round) {
        ASSERT_TRUE(replay.engine->add_camera(yard()).has_value());
        EXPECT_FALSE(replay.engine->add_camera(yard()).has_value());
        for (const AccessUnitPtr& unit : units) {
            replay.engine->push(unit);
        }
        ASSERT_TRUE(replay.engine->remove_camera(CameraId{"yard"}).has_value());
        EXPECT_FALSE(replay.engine->remove_camera(CameraId{"yard"}).has_value());
    }
    EXPECT_FALSE(replay.engine->stats(CameraId{"yard"}).has_value());
}

TEST(AnalysisEngine, AWrongRuleIsNamed) {
    Replay replay;
    CameraConfig camera = yard();
    camera.rules[0].behaviour = "intrusoin";
    const Status status = replay.engine->add_camera(camera);
    ASSERT_FALSE(status.has_value());
    EXPECT_NE(status.error().describe().find("intrusion"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::pipeline
