// Cameras that come, change and go while a station runs, over real RTSP from the simulator.
#include "app/cameras_at_work.hpp"
#include "app/stream_probe.hpp"
#include "camsim/simulator.hpp"
#include "ingest/registry.hpp"
#include "media/testing/clip.hpp"
#include "pipeline/testing/brightness_detector.hpp"
#include "store/testing/temporary_store.hpp"

#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool eventually(const std::function<bool()>& condition, Duration limit = seconds{15}) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(milliseconds{20});
    }
    return true;
}

/// Simulated cameras "one" and "two" with main and sub streams, and all parts that a station has.
class CamerasAtWorkTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = std::make_unique<store::testing::TemporaryFolder>();
        const media::testing::ClipSpec spec{
            .width = 160, .height = 96, .fps = 10, .frames = 40, .key_interval = 10
        };
        film = (folder->path() / "film.mp4").string();
        const auto grey = [](int index, WritableFrame& picture) {
            media::testing::fill_luma(picture, index, 10, 20, 20, 150);
        };
        ASSERT_TRUE(media::testing::write_clip(film, spec, grey));
    }

    static void TearDownTestSuite() { folder.reset(); }

    void SetUp() override { serve(2); }

    void serve(std::int64_t cameras) {
        camsim::CameraEntry one;
        one.id = "one";
        one.main = film;
        one.sub = film;
        camsim::CameraEntry two = one;
        two.id = "two";
        camsim::CamsimOptions options;
        options.port = 0;
        options.cameras = cameras;
        auto made = camsim::CameraSimulator::create(options, {one, two}, clock);
        ASSERT_TRUE(made) << made.error().describe();
        simulator = *std::move(made);
        ASSERT_TRUE(simulator->start());
    }

    /// Cameras work with analysis unless told otherwise.
    void begin(bool has_analysis = true) {
        ingest::register_all(sources);
        ingest = std::make_unique<ingest::Ingest>(
            ingest::IngestOptions{.threads = 1, .connects_per_second = 10'000},
            sources,
            clock,
            metrics
        );
        desk = IncidentDesk::create({}, store->incidents(), data.path(), clock, metrics).value();
        if (has_analysis) {
            behaviours::register_all(behaviours);
            pipeline::AnalysisParts parts{.behaviours = behaviours, .metrics = metrics};
            parts.on_event = [this](const BehaviourEvent& event, const Frame*, auto) {
                work->note(event);
                begun += event.phase == EventPhase::Begin ? 1 : 0;
            };
            analysis =
                pipeline::AnalysisEngine::create(
                    {.threads = 1},
                    clock,
                    [this]() -> Result<std::unique_ptr<vision::Detector>> {
                        return std::make_unique<pipeline::testing::BrightnessDetector>(counts);
                    },
                    std::move(parts)
                )
                    .value();
            coverage =
                std::make_unique<CoverageKeeper>(analysis->coverage(), store->coverage(), clock);
        }
        CameraObservers observers;
        observers.on_unit = [this](const AccessUnitPtr& unit) {
            ++(unit->role == StreamRole::Main ? main_units : sub_units);
        };
        work = std::make_unique<CamerasAtWork>(WorkParts{
            .clock = clock,
            .ingest = *ingest,
            .desk = *desk,
            .recording = nullptr,
            .analysis = analysis.get(),
            .coverage = coverage.get(),
            .observers = std::move(observers),
            .fallback = fallback
        });
    }

    void TearDown() override {
        if (work) {
            work->stop();
            ingest->stop();
        }
        if (coverage) {
            coverage->stop();
        }
        if (analysis) {
            analysis->stop();
        }
        if (desk) {
            desk->stop();
        }
    }

    CameraConfig camera(const std::string& id, bool has_sub = true) const {
        const std::string base = simulator->base_url(false) + "/" + id;
        CameraConfig config;
        config.id = CameraId(id);
        config.streams.push_back(
            {.role = StreamRole::Main, .source = "rtsp", .url = base + "/main", .settings = {}}
        );
        if (has_sub) {
            config.streams.push_back(
                {.role = StreamRole::Sub, .source = "rtsp", .url = base + "/sub", .settings = {}}
            );
        }
        return config;
    }

    /// Streams that the simulator sends now.
    std::int64_t sessions() const { return simulator->stats().sessions(); }

    /// Connections to a stream of the simulator since it started.
    std::uint64_t connects(const std::string& id, StreamRole role) const {
        for (const ingest::StreamReport& report : ingest->report()) {
            if (report.camera.value() == id && report.role == role) {
                return report.statistics.connects;
            }
        }
        return 0;
    }

    static inline std::unique_ptr<store::testing::TemporaryFolder> folder;
    static inline std::string film;
    SystemClock clock;
    Metrics metrics;
    store::testing::TemporaryStore store;
    store::testing::TemporaryFolder data;
    std::unique_ptr<camsim::CameraSimulator> simulator;
    behaviours::Registry behaviours;
    pipeline::testing::BrightnessDetector::Counts counts;
    ingest::Registry sources;
    std::unique_ptr<IncidentDesk> desk;
    std::unique_ptr<pipeline::AnalysisEngine> analysis;
    std::unique_ptr<CoverageKeeper> coverage;
    std::unique_ptr<ingest::Ingest> ingest;
    std::atomic<int> main_units{0};
    std::atomic<int> sub_units{0};
    std::atomic<int> begun{0};  ///< events
    FallbackTimes fallback;
    std::unique_ptr<CamerasAtWork> work;
};

TEST_F(CamerasAtWorkTest, ConnectsOnlyWhatIsNeededAndTheRestOnDemand) {
    begin();
    ASSERT_TRUE(work->add(camera("one")));
    EXPECT_EQ(work->add(camera("one")).error().kind, ErrorKind::AlreadyExists);
    EXPECT_TRUE(eventually([&] { return sub_units > 3; }));
    EXPECT_EQ(sessions(), 1) << "the main stream is not recorded here";
    EXPECT_EQ(main_units, 0);
    {
        const auto watching = work->watch(CameraId("one"), StreamRole::Main);
        ASSERT_TRUE(watching) << watching.error().describe();
        EXPECT_TRUE(eventually([&] { return main_units > 3; }));
        EXPECT_EQ(sessions(), 2);
    }
    EXPECT_TRUE(eventually([&] { return sessions() == 1; }, seconds{20}))
        << "a stream that nobody watches is let go";
    EXPECT_EQ(work->watch(CameraId("nobody"), StreamRole::Main).error().kind, ErrorKind::NotFound);
}

TEST_F(CamerasAtWorkTest, ChangedRulesLeaveTheConnectionAlone) {
    begin();
    ASSERT_TRUE(work->add(camera("one")));
    ASSERT_TRUE(eventually([&] { return connects("one", StreamRole::Sub) == 1; }));
    CameraConfig changed = camera("one");
    changed.zones = {{ZoneId("z"), "z", {{0, 0}, {1, 0}, {1, 1}}}};
    RuleConfig rule;
    rule.id = RuleId("fence");
    rule.behaviour = "intrusion";
    rule.zones = {ZoneId("z")};
    rule.settings = Value(Value::Map{});
    changed.rules = {rule};
    const Status replaced = work->replace(changed);
    ASSERT_TRUE(replaced) << replaced.error().describe();
    const int before = sub_units;
    EXPECT_TRUE(eventually([&] { return sub_units > before + 5; }));
    EXPECT_EQ(connects("one", StreamRole::Sub), 1U);
}

TEST_F(CamerasAtWorkTest, AChangedAddressConnectsThatStreamAnew) {
    begin();
    ASSERT_TRUE(work->add(camera("one")));
    const auto watching = work->watch(CameraId("one"), StreamRole::Main);
    ASSERT_TRUE(eventually([&] { return main_units > 0 && sub_units > 0; }));
    CameraConfig moved = camera("one");
    moved.streams[1].url = camera("two").streams[1].url;
    ASSERT_TRUE(work->replace(moved));
    const auto playing = [&](const std::string& id, StreamRole role) {
        for (const camsim::StreamStats& stream : simulator->stats().streams) {
            if (stream.camera.value() == id && stream.role == role) {
                return stream.sessions;
            }
        }
        return std::int64_t{-1};
    };
    EXPECT_TRUE(eventually([&] { return playing("two", StreamRole::Sub) == 1; }));
    EXPECT_TRUE(eventually([&] { return playing("one", StreamRole::Sub) == 0; }));
    EXPECT_EQ(connects("one", StreamRole::Main), 1U) << "the other stream was left alone";
}

TEST_F(CamerasAtWorkTest, AnalysisIsSwitchedOffAndOnWithoutLosingTheCamera) {
    begin();
    ASSERT_TRUE(work->add(camera("one")));
    ASSERT_TRUE(eventually([&] { return sub_units > 0; }));
    CameraConfig off = camera("one");
    off.is_analysed = false;
    ASSERT_TRUE(work->replace(off));
    EXPECT_FALSE(analysis->stats(CameraId("one")));
    work->tick();
    EXPECT_EQ(work->health()->find(CameraId("one"))->condition, CameraCondition::Off);
    ASSERT_TRUE(work->replace(camera("one")));
    EXPECT_TRUE(analysis->stats(CameraId("one")));
    ASSERT_TRUE(work->remove(CameraId("one")));
    EXPECT_EQ(work->remove(CameraId("one")).error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(eventually([&] { return sessions() == 0; }));
}

TEST_F(CamerasAtWorkTest, HealthSaysWhatIsWrongAndForgetsWhatIsMended) {
    begin();
    CameraConfig wrong = camera("one", false);
    wrong.streams[0].url = simulator->base_url(false) + "/nothing/main";
    ASSERT_TRUE(work->add(wrong));
    const auto condition = [&] {
        const CameraHealth* health = work->health()->find(CameraId("one"));
        return health != nullptr ? health->condition : CameraCondition::Off;
    };
    EXPECT_TRUE(eventually([&] { return condition() == CameraCondition::Lost; }));
    const HealthSnapshotPtr lost = work->health();
    EXPECT_NE(lost->find(CameraId("one"))->words.find("main stream is lost: "), std::string::npos);
    ASSERT_TRUE(work->replace(camera("one", false)));
    EXPECT_TRUE(eventually([&] { return condition() == CameraCondition::Ok; }));
    EXPECT_TRUE(eventually([&] {
        const StreamHealth now = work->health()->find(CameraId("one"))->streams[0];
        return now.frames_per_second > 5 && now.key_interval > Duration{} && now.width > 0;
    }));
    const StreamHealth stream = work->health()->find(CameraId("one"))->streams[0];
    EXPECT_EQ(stream.width, 160U);
    EXPECT_NEAR(to_seconds(stream.key_interval), 1.0, 0.01);
    EXPECT_EQ(work->health()->counts[0], 1U);
}

/// Overwrites what every slice holds behind its first bytes, so that its headers are good and its
/// picture is not.
void damage_slices(const std::string& from, const std::string& to) {
    std::ifstream in(from, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    constexpr std::size_t kKept = 12;
    std::size_t at = bytes.find("mdat") + 4;
    while (at + 4 < bytes.size()) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            length = length << 8U | static_cast<std::uint8_t>(bytes[at + i]);
        }
        at += 4;
        const int type = static_cast<std::uint8_t>(bytes[at]) & 31;
        for (std::size_t i = kKept; (type == 1 || type == 5) && i < length; ++i) {
            bytes[at + i] = static_cast<char>(0x55 + i * 37 % 100);
        }
        at += length;
    }
    std::ofstream(to, std::ios::binary) << bytes;
}

TEST_F(CamerasAtWorkTest, UndecodablePicturesAreToldUntilAGoodStreamComes) {
    const std::string damaged = (folder->path() / "damaged.mp4").string();
    damage_slices(film, damaged);
    camsim::CameraEntry bad;
    bad.id = "bad";
    bad.main = damaged;
    camsim::CameraEntry good;
    good.id = "good";
    good.main = film;
    camsim::CamsimOptions options;
    options.port = 0;
    simulator = camsim::CameraSimulator::create(options, {bad, good}, clock).value();
    ASSERT_TRUE(simulator->start());
    begin();
    CameraConfig config = camera("bad", false);
    ASSERT_TRUE(work->add(config));
    const auto health = [&] { return *work->health()->find(CameraId("bad")); };
    EXPECT_TRUE(eventually([&] {
        work->tick();
        return health().condition == CameraCondition::Degraded &&
               health().words.find("could not be decoded") != std::string::npos;
    }));
    config.streams[0].url = camera("good", false).streams[0].url;
    ASSERT_TRUE(work->replace(config));
    EXPECT_TRUE(eventually(
        [&] {
            work->tick();
            return health().condition == CameraCondition::Ok;
        },
        seconds{40}
    )) << health().words;
}

/// Sub streams from a simulator of their own, which can go away and come back.
class SubStreamAway : public CamerasAtWorkTest {
protected:
    SubStreamAway() {
        fallback = {
            .away = seconds{2}, .attempt = seconds{5}, .steady = seconds{1}, .back = seconds{3}
        };
        const std::string walker = (folder->path() / "walker.mp4").string();
        const media::testing::ClipSpec spec{
            .width = 160, .height = 96, .fps = 10, .frames = 60, .key_interval = 10
        };
        const auto somebody = [](int index, WritableFrame& picture) {
            media::testing::fill_luma(picture, 10 + index, 30, 14, 30, 230);
        };
        EXPECT_TRUE(media::testing::write_clip(walker, spec, somebody));
        entries_.resize(2);
        entries_[0].id = "one";
        entries_[1].id = "two";
        entries_[0].main = entries_[1].main = walker;
    }

    void SetUp() override {
        simulator = play(0);
        subs_ = play(0);
        sub_port_ = subs_->port();
        sub_base_ = subs_->base_url(false);
        begin();
    }

    std::unique_ptr<camsim::CameraSimulator> play(std::uint16_t port) {
        camsim::CamsimOptions options;
        options.port = port;
        auto made = camsim::CameraSimulator::create(options, entries_, clock).value();
        EXPECT_TRUE(made->start());
        return made;
    }

    void lose_sub_streams() { subs_.reset(); }

    void bring_sub_streams_back() { subs_ = play(sub_port_); }

    CameraConfig guarded(const std::string& id, int gravity) const {
        CameraConfig config = camera(id, false);
        config.streams.push_back(config.streams[0]);
        config.streams[1].role = StreamRole::Sub;
        config.streams[1].url = sub_base_ + "/" + id + "/main";
        RuleConfig rule;
        rule.id = RuleId("fence");
        rule.behaviour = "intrusion";
        rule.gravity = gravity;
        rule.settings = Value(Value::Map{});
        config.rules = {rule};
        return config;
    }

    std::string words_of(const std::string& id) const {
        const HealthSnapshotPtr snapshot = work->health();
        const CameraHealth* health = snapshot->find(CameraId(id));
        return health != nullptr ? health->words : std::string{};
    }

    bool is_on_main(const std::string& id) const {
        return words_of(id).find("analysed on the main stream, as the sub stream") !=
               std::string::npos;
    }

private:
    std::vector<camsim::CameraEntry> entries_;
    std::unique_ptr<camsim::CameraSimulator> subs_;
    std::uint16_t sub_port_ = 0;
    std::string sub_base_;
};

TEST_F(SubStreamAway, TheMainStreamStandsInUntilItIsBack) {
    ASSERT_TRUE(work->add(guarded("one", 3)));
    ASSERT_TRUE(eventually([&] { return begun > 0; })) << "somebody walks";
    EXPECT_EQ(sessions(), 0) << "the main stream is not needed";
    lose_sub_streams();
    ASSERT_TRUE(eventually([&] { return is_on_main("one"); })) << words_of("one");
    const int before = begun;
    EXPECT_TRUE(eventually([&] { return begun > before; }, seconds{40}))
        << "an intrusion is still seen";
    EXPECT_EQ(work->health()->find(CameraId("one"))->condition, CameraCondition::Degraded);
    bring_sub_streams_back();
    const int units = sub_units;
    EXPECT_TRUE(eventually([&] { return sub_units > units && words_of("one").empty(); }))
        << words_of("one");
    EXPECT_TRUE(eventually([&] { return sessions() == 0; }, seconds{20}))
        << "the main stream is let go";
    const int after = begun;
    EXPECT_TRUE(eventually([&] { return begun > after; }));
}

TEST_F(SubStreamAway, OnlyATenthOfTheCamerasAndTheGravestFirst) {
    ASSERT_TRUE(work->add(guarded("one", 2)));
    ASSERT_TRUE(work->add(guarded("two", 5)));
    ASSERT_TRUE(eventually([&] { return connects("two", StreamRole::Sub) == 1; }));
    lose_sub_streams();
    ASSERT_TRUE(eventually([&] { return is_on_main("two"); })) << words_of("two");
    EXPECT_FALSE(is_on_main("one")) << "one camera is the least tenth";
    EXPECT_EQ(sessions(), 1);
    ASSERT_TRUE(work->replace(guarded("two", 4)));
    work->tick();
    EXPECT_TRUE(is_on_main("two")) << "changed rules change no stream";
    ASSERT_TRUE(work->remove(CameraId("two")));
    EXPECT_TRUE(eventually([&] { return is_on_main("one"); })) << "the next one's turn";
}

TEST_F(CamerasAtWorkTest, ACameraThatCannotWorkIsKnownWithItsReason) {
    begin();
    CameraConfig broken = camera("one");
    broken.streams[0].source = "carrier-pigeon";
    broken.is_analysed = false;
    ASSERT_TRUE(work->add(broken)) << "nothing of it is needed yet";
    EXPECT_FALSE(work->watch(CameraId("one"), StreamRole::Main));
    RuleConfig rule;
    rule.behaviour = "nonsense";
    CameraConfig worse = camera("two");
    worse.rules = {rule};
    EXPECT_FALSE(work->add(worse));
    work->tick();
    const HealthSnapshotPtr health = work->health();
    const CameraHealth* known = health->find(CameraId("two"));
    ASSERT_NE(known, nullptr);
    EXPECT_EQ(known->condition, CameraCondition::Lost);
    EXPECT_NE(known->words.find("nonsense"), std::string::npos);
    EXPECT_TRUE(work->replace(camera("two")));
}

TEST_F(CamerasAtWorkTest, FaultsOfThePictureAreToldWhileTheyLast) {
    begin();
    ASSERT_TRUE(work->add(camera("one")));
    BehaviourEvent event;
    event.id = EventId("e1");
    event.kind = "camera_dark";
    event.camera = CameraId("one");
    work->note(event);
    work->tick();
    EXPECT_EQ(
        work->health()->find(CameraId("one"))->faults, std::vector<std::string>{"camera_dark"}
    );
    event.phase = EventPhase::End;
    work->note(event);
    work->tick();
    EXPECT_TRUE(work->health()->find(CameraId("one"))->faults.empty());
}

TEST_F(CamerasAtWorkTest, AThousandCamerasComeChangeAndGoWhileTheyRun) {
    simulator.reset();
    serve(1000);
    begin(false);
    std::vector<CameraConfig> all;
    for (const camsim::CameraEntry& entry : simulator->cameras()) {
        all.push_back(camera(entry.id));
    }
    ASSERT_EQ(all.size(), 1000U);
    std::vector<std::shared_ptr<void>> watching;
    for (const CameraConfig& each : all) {
        ASSERT_TRUE(work->add(each));
        watching.push_back(work->watch(each.id, StreamRole::Sub).value());
    }
    EXPECT_TRUE(eventually([&] { return sessions() == 1000; }, seconds{30})) << sessions();
    // Three hands at once: one changes, one removes and adds, one watches main streams.
    std::jthread changer([&] {
        for (std::size_t i = 0; i < all.size(); i += 3) {
            CameraConfig next = all[i];
            next.name = "changed";
            EXPECT_TRUE(work->replace(next));
        }
    });
    std::jthread remover([&] {
        for (std::size_t i = 1; i < all.size(); i += 30) {
            EXPECT_TRUE(work->remove(all[i].id));
            EXPECT_TRUE(work->add(all[i]));
        }
    });
    for (std::size_t i = 2; i < all.size(); i += 50) {
        EXPECT_TRUE(work->watch(all[i].id, StreamRole::Main));
    }
    changer.join();
    remover.join();
    EXPECT_EQ(work->ids().size(), 1000U);
    work->tick();
    EXPECT_EQ(work->health()->cameras.size(), 1000U);
    for (const CameraConfig& each : all) {
        EXPECT_TRUE(work->remove(each.id));
    }
    EXPECT_TRUE(eventually([&] { return sessions() == 0; }));
}

class StreamProbeTest : public CamerasAtWorkTest {};

TEST_F(StreamProbeTest, TellsWhatComesAndShowsItsFirstPicture) {
    StreamProbe probe(clock);
    const ProbeResult result = probe.run({simulator->base_url(false) + "/one/main", "", ""});
    ASSERT_TRUE(result.is_good) << result.words;
    EXPECT_EQ(result.outcome, ProbeOutcome::Good);
    EXPECT_EQ(result.codec, Codec::H264);
    EXPECT_EQ(result.width, 160U);
    EXPECT_EQ(result.height, 96U);
    EXPECT_NEAR(result.frames_per_second, 10, 1);
    EXPECT_NEAR(to_seconds(result.key_interval), 1, 0.01);
    EXPECT_GT(result.bits_per_second, 0);
    ASSERT_GT(result.still.size(), 100U);
    EXPECT_EQ(result.still[0], 0xFF);
    EXPECT_EQ(result.still[1], 0xD8);
}

TEST_F(StreamProbeTest, SaysInWordsWhyNothingComes) {
    StreamProbe probe(clock);
    const ProbeResult missing = probe.run({simulator->base_url(false) + "/nothing/main", "", ""});
    EXPECT_FALSE(missing.is_good);
    EXPECT_FALSE(missing.words.empty());
    EXPECT_EQ(missing.outcome, ProbeOutcome::NotFound) << missing.words;
    simulator->stop();
    const ProbeResult closed = probe.run(
        {"rtsp://kim:secret@127.0.0.1:" + std::to_string(simulator->port()) + "/x", "", ""}
    );
    EXPECT_FALSE(closed.is_good);
    EXPECT_EQ(closed.outcome, ProbeOutcome::Unreachable) << closed.words;
    EXPECT_EQ(closed.words.find("secret"), std::string::npos) << closed.words;
    EXPECT_EQ(probe.run({"rtsp://", "", ""}).outcome, ProbeOutcome::BadAddress);
}

}  // namespace
}  // namespace bongsu::app
