#include "scenelog/activity.hpp"
#include "scenelog/hour_files.hpp"
#include "scenelog/metrics.hpp"
#include "scenelog/region_search.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/scene_reader.hpp"
#include "scenelog/testing/walkers.hpp"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::scenelog {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'772'409'600}};  // a full hour
const CameraId kCamera{"gate"};

/// What a reader saw, in a form that compares.
struct Seen {
    WallTime time;
    std::vector<std::uint64_t> ids;
    std::vector<Box> boxes;
    std::vector<std::size_t> histories;
    std::vector<Box> oldest;

    explicit Seen(const Scene& scene) : time(scene.time) {
        for (const Track& track : scene.tracks) {
            ids.push_back(track.id.value());
            boxes.push_back(track.box);
            histories.push_back(track.history.size());
            oldest.push_back(track.history.front().box);
        }
    }

    bool operator==(const Seen&) const = default;
};

class SceneLogOnDisk : public ::testing::Test {
protected:
    SceneLogOnDisk() {
        root_ = std::filesystem::temp_directory_path() /
                ("bongsu-scenelog-" + std::to_string(::getpid()));
        std::filesystem::remove_all(root_);
        config_.root = root_.string();
    }

    ~SceneLogOnDisk() override { std::filesystem::remove_all(root_); }

    std::unique_ptr<SceneLog> open() {
        auto log = SceneLog::create(config_, clock_, metrics_);
        EXPECT_TRUE(log) << log.error().message;
        return *std::move(log);
    }

    std::vector<Seen> record(SceneLog& log, int scenes, int people = 4) {
        testing::Walkers walkers(kCamera, kStart, people);
        std::vector<Seen> seen;
        for (int i = 0; i < scenes; ++i) {
            const Scene scene = walkers.next();
            log.take(scene);
            seen.emplace_back(scene);
        }
        EXPECT_TRUE(log.flush(kCamera));
        return seen;
    }

    std::vector<Seen> read(TimeSpan span, ReadSummary* summary = nullptr) {
        std::vector<Seen> seen;
        const auto read = reader().read(kCamera, span, [&](const Scene& scene) {
            seen.emplace_back(scene);
            return true;
        });
        EXPECT_TRUE(read) << read.error().message;
        if (summary != nullptr && read) {
            *summary = *read;
        }
        return seen;
    }

    SceneReader reader() const { return SceneReader(root_); }

    std::filesystem::path file() const { return *scene_file(root_, hour_of(kStart), kCamera); }

    static constexpr TimeSpan kAll{kStart - hours{1}, kStart + hours{5}};
    std::filesystem::path root_;
    SceneLogConfig config_;
    ManualClock clock_{kStart};
    Metrics metrics_;
};

TEST_F(SceneLogOnDisk, GivesBackScenesWithHistories) {
    const auto log = open();
    const auto recorded = record(*log, 1000);
    EXPECT_EQ(read(kAll), recorded);
}

TEST_F(SceneLogOnDisk, AReadFromTheMiddleKnowsTheHistories) {
    const auto log = open();
    const auto recorded = record(*log, 1000);
    const TimeSpan span{kStart + seconds{120}, kStart + seconds{121}};
    const auto middle = read(span);
    ASSERT_EQ(middle.size(), 5U);
    EXPECT_EQ(middle[0], recorded[600]);
}

TEST_F(SceneLogOnDisk, GoesOnOverTheHourAndARestart) {
    auto log = open();
    testing::Walkers walkers(kCamera, kStart + minutes{59}, 2);
    std::vector<Seen> recorded;
    for (int i = 0; i < 600; ++i) {
        const Scene scene = walkers.next();
        log->take(scene);
        recorded.emplace_back(scene);
        if (i == 450) {
            log->stop();
            log = open();
        }
    }
    log->stop();
    EXPECT_TRUE(std::filesystem::exists(*scene_file(root_, hour_of(kStart) + 1, kCamera)));
    EXPECT_EQ(read(kAll), recorded);
}

TEST_F(SceneLogOnDisk, ATornTailCostsOnlyItsBlock) {
    auto log = open();
    const auto recorded = record(*log, 1000);  // ten blocks of 20 s
    log->stop();
    const auto size = std::filesystem::file_size(file());
    std::filesystem::resize_file(file(), size - 100);
    ReadSummary summary;
    const auto rest = read(kAll, &summary);
    EXPECT_EQ(rest.size(), 900U);
    EXPECT_GE(summary.damaged, 1U);

    // What is written after the crash is found behind the torn block.
    log = open();
    testing::Walkers later(kCamera, kStart + minutes{30}, 1);
    log->take(later.next());
    log->stop();
    EXPECT_EQ(read(kAll).size(), 901U);
}

TEST_F(SceneLogOnDisk, ADamagedBlockCostsOnlyItself) {
    const auto log = open();
    record(*log, 1000);
    std::fstream bytes(file(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file()) / 2));
    bytes.put('\x7f');
    bytes.close();
    EXPECT_EQ(read(kAll).size(), 900U);
}

TEST_F(SceneLogOnDisk, SealsABlockThatGrewOld) {
    const auto log = open();
    testing::Walkers walkers(kCamera, kStart, 1);
    log->take(walkers.next());
    log->tick();
    EXPECT_FALSE(std::filesystem::exists(file()));
    clock_.advance(seconds{20});
    log->tick();
    log->stop();
    EXPECT_TRUE(std::filesystem::exists(file()));
}

TEST_F(SceneLogOnDisk, KeepsToItsAge) {
    config_.keep_for = hours{2};
    auto log = open();
    record(*log, 10);
    for (int hour = 1; hour <= 4; ++hour) {
        testing::Walkers walkers(kCamera, kStart + hours{hour}, 1);
        log->take(walkers.next());
    }
    clock_.set_wall(kStart + hours{4} + minutes{1});
    clock_.advance(minutes{2});
    log->tick();
    log->stop();
    EXPECT_FALSE(std::filesystem::exists(file()));
    ASSERT_FALSE(read(kAll).empty());
    EXPECT_EQ(read(kAll).front().time, kStart + hours{2});
}

TEST_F(SceneLogOnDisk, KeepsToItsBytes) {
    auto files = HourFiles::open(root_);
    ASSERT_TRUE(files);
    const std::vector<std::uint8_t> block(1000, 1);
    for (int hour = 0; hour < 5; ++hour) {
        ASSERT_TRUE(files->append(hour_of(kStart) + hour, kCamera, block));
    }
    EXPECT_EQ(files->retire(WallTime{}, 2500), 3U);
    EXPECT_EQ(files->bytes(), 2000);
    EXPECT_EQ(HourFiles::open(root_)->bytes(), 2000);
    EXPECT_EQ(files->retire(WallTime{}, 10), 1U) << "the newest hour stays";
}

TEST_F(SceneLogOnDisk, SaysWhichFolderCannotBeMade) {
    config_.root = "/proc/nowhere/scenes";
    const auto log = SceneLog::create(config_, clock_, metrics_);
    ASSERT_FALSE(log);
    EXPECT_NE(log.error().message.find("/proc/nowhere/scenes"), std::string::npos);
}

TEST_F(SceneLogOnDisk, ALostDiskIsCountedAndHoldsNobodyUp) {
    const auto log = open();
    std::filesystem::remove_all(root_);
    std::ofstream(root_) << "a file where the folder was";
    record(*log, 200);
    EXPECT_GE(metrics_.counter(kScenesLost, {{"reason", "disk"}}).value(), 200);
    std::filesystem::remove(root_);
}

TEST_F(SceneLogOnDisk, TakesScenesOfManyCamerasAtOnce) {
    auto log = open();
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                testing::Walkers walkers(CameraId{"c" + std::to_string(t)}, kStart, 3);
                for (int i = 0; i < 500; ++i) {
                    log->take(walkers.next());
                }
            });
        }
    }
    log->stop();
    for (int t = 0; t < 4; ++t) {
        const auto summary = reader().read(
            CameraId{"c" + std::to_string(t)}, kAll, [](const Scene&) { return true; }
        );
        EXPECT_EQ(summary->scenes, 500U);
    }
}

TEST_F(SceneLogOnDisk, NoPathGetsOutOfTheRoot) {
    for (const char* id : {"../gate", "a/b", "", ".", "a.b"}) {
        const auto result = reader().read(CameraId{id}, kAll, [](const Scene&) { return true; });
        ASSERT_FALSE(result) << id;
        EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
    }
}

TEST_F(SceneLogOnDisk, AnUnknownCameraHasNoScenes) {
    EXPECT_EQ(reader().read(CameraId{"x"}, kAll, [](const Scene&) { return true; })->scenes, 0U);
}

TEST_F(SceneLogOnDisk, CountsPeopleForThePlaybackBar) {
    const auto log = open();
    record(*log, 100, 3);
    const auto steps = activity(reader(), kCamera, {kStart, kStart + seconds{30}}, seconds{1});
    ASSERT_TRUE(steps);
    ASSERT_EQ(steps->size(), 30U);
    EXPECT_EQ(steps->at(5).people, 3);
    EXPECT_EQ(steps->at(25), ActivityStep{});
}

TEST_F(SceneLogOnDisk, FindsWhoStoodInARegion) {
    const auto log = open();
    record(*log, 600, 1);  // one after another, left to right, at 45 pixels per second
    const RegionQuery query{.region = {{0.5F, 0}, {0.6F, 0}, {0.6F, 1}, {0.5F, 1}}};
    const auto found = search_region(reader(), kCamera, kAll, query);
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->moments.size(), 3U) << "one every 43 s, in 120 s";
    for (const RegionMoment& moment : found->moments) {
        EXPECT_NEAR(to_seconds(moment.to - moment.from), 192 / 45.0, 1.0);
        EXPECT_GT(moment.score, 0.7F);
    }
    RegionQuery cars = query;
    cars.classes = {ObjectClass::Car};
    EXPECT_TRUE(search_region(reader(), kCamera, kAll, cars)->moments.empty());
    RegionQuery one = query;
    one.most_moments = 1;
    EXPECT_TRUE(search_region(reader(), kCamera, kAll, one)->is_cut);
}

TEST(RegionSearch, RefusesWhatIsNoRegion) {
    const SceneReader reader{"/nowhere"};
    const TimeSpan span{kStart, kStart + seconds{1}};
    EXPECT_FALSE(search_region(reader, kCamera, span, {.region = {{0, 0}, {1, 1}}}));
    EXPECT_FALSE(search_region(reader, kCamera, span, {.region = {{0, 0}, {1, 1}, {1, 0}, {0, 1}}})
    );
}

TEST(RegionSearch, ABoxTouchesARegionInEveryWay) {
    const Polygon square{{10, 10}, {20, 10}, {20, 20}, {10, 20}};
    EXPECT_TRUE(overlaps(square, {12, 12, 2, 2})) << "box within";
    EXPECT_TRUE(overlaps(square, {0, 0, 50, 50})) << "region within";
    EXPECT_TRUE(overlaps(square, {5, 12, 30, 2})) << "crossing without corners inside";
    EXPECT_TRUE(overlaps(square, {18, 18, 9, 9})) << "a corner";
    EXPECT_FALSE(overlaps(square, {21, 21, 9, 9}));
}

}  // namespace
}  // namespace bongsu::scenelog
