// What must not lose video silently: kill -9, torn files, full and read-only disks, a database that
// is away.
#include "recording/check.hpp"
#include "recording/disk.hpp"
#include "recording/disk_walk.hpp"
#include "recording/metrics.hpp"
#include "recording/read_span.hpp"
#include "recording/recording.hpp"
#include "recording/segment_reader.hpp"
#include "recording/testing/film.hpp"
#include "store/testing/temporary_store.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bongsu::recording {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::camera;
using testing::film;

const WallTime kNoon = parse_iso8601("2026-11-21T12:00:00Z").value();
const CameraId kGate("gate");

RecordingConfig quick(const std::string& root) {
    RecordingConfig made;
    made.root = root;
    made.segment = seconds{10};
    made.free_floor = 0;
    return made;
}

/// Waits for another thread's work, at most ten seconds.
bool eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 1'000; ++i) {
        if (condition()) {
            return true;
        }
        std::this_thread::sleep_for(milliseconds{10});
    }
    return false;
}

/// Records much faster than life until it is killed; writes one byte to `progress` per GOP.
[[noreturn]] void record_until_killed(
    const std::string& root, const std::string& database, WallTime from, int progress
) {
    const SystemClock clock;
    Metrics metrics;
    const auto store = store::Store::open({.database = database}, clock, metrics).value();
    const auto recording =
        Recording::create(quick(root), store->segments(), clock, metrics).value();
    std::vector<std::vector<AccessUnitPtr>> films;
    for (const char* name : {"gate", "yard", "road"}) {
        if (!recording->add_camera(camera(CameraId(name)))) {
            ::_exit(1);
        }
        films.push_back(film().play(CameraId(name), from, minutes{30}));
    }
    for (std::size_t i = 0; i < films[0].size(); ++i) {
        for (const auto& each : films) {
            recording->push(each[i]);
        }
        if (i % 25 == 24 && ::write(progress, "g", 1) != 1) {
            ::_exit(1);
        }
        std::this_thread::sleep_for(Duration{800});
    }
    ::_exit(0);
}

/// Runs record_until_killed in a child process and kills it at a random moment.
void record_and_kill(
    const std::string& root, const std::string& database, WallTime from, std::mt19937& random
) {
    std::array<int, 2> progress{};
    ASSERT_EQ(::pipe(progress.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        record_until_killed(root, database, from, progress[1]);
    }
    ::close(progress[1]);
    char byte = 0;
    for (unsigned gops = 3 + random() % 20; gops > 0; --gops) {
        ASSERT_EQ(::read(progress[0], &byte, 1), 1) << "the child ended by itself";
    }
    std::this_thread::sleep_for(Duration{random() % 30'000});
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(progress[0]);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
}

TEST(Crash, TenKillsLoseNothingThatWasWholeAndNothingIsAltered) {
    (void)film();
    const store::testing::TemporaryFolder folder;
    const std::string root = (folder.path() / "recordings").string();
    const std::string database = "sqlite:" + (folder.path() / "store.db").string();
    std::mt19937 random(7);
    std::size_t last_fragments = 0;
    for (int round = 0; round < 10; ++round) {
        ASSERT_NO_FATAL_FAILURE(record_and_kill(root, database, kNoon + minutes{40} * round, random)
        );

        const SystemClock clock;
        Metrics metrics;
        const auto store = store::Store::open({.database = database}, clock, metrics).value();
        const auto report = recover(root, store->segments());
        ASSERT_TRUE(report) << report.error().describe();
        const CheckReport checked = check(root, store->segments(), {}).value();
        EXPECT_TRUE(checked.is_clean()) << "round " << round << "\n" << checked.to_text();
        EXPECT_EQ(checked.open, 0U);
        std::size_t fragments = 0;
        for (const store::Segment& segment : store->segments().find({}).value()) {
            fragments += static_cast<std::size_t>(segment.fragments);
        }
        EXPECT_GT(fragments, last_fragments) << "round " << round << " recorded nothing";
        last_fragments = fragments;
    }
}

class DisasterTest : public ::testing::Test {
protected:
    void TearDown() override {
        if (is_mounted_) {
            ::umount2(root_.c_str(), MNT_DETACH);
        }
    }

    /// A small disk of its own at root_; false when this user may not mount.
    bool mount_small_disk(const char* options, unsigned long flags = 0) {
        fs::create_directories(root_);
        is_mounted_ = ::mount("bongsu-test", root_.c_str(), "tmpfs", flags, options) == 0;
        return is_mounted_;
    }

    Result<std::unique_ptr<Recording>> start(store::SegmentIndex& index) {
        return Recording::create(quick(root_), index, clock_, metrics_);
    }

    store::testing::TemporaryFolder folder_;
    const std::string root_ = (folder_.path() / "recordings").string();
    store::testing::TemporaryStore store_;
    ManualClock clock_{kNoon};
    Metrics metrics_;
    bool is_mounted_ = false;
};

TEST_F(DisasterTest, TornTailIsSetAsideAndTheRestIsIndexed) {
    {
        const auto recording = start(store_->segments()).value();
        ASSERT_TRUE(recording->add_camera(camera(kGate)));
        for (const AccessUnitPtr& unit : film().play(kGate, kNoon, seconds{8})) {
            recording->push(unit);
        }
        recording->stop();
    }
    store::Segment row = store_->segments().find({}).value().at(0);
    const std::int64_t fragments = row.fragments;
    fs::resize_file(root_ + "/" + row.path, static_cast<std::uintmax_t>(row.bytes - 100));
    row.state = store::SegmentState::Open;
    ASSERT_TRUE(store_->segments().put(row));

    const auto recording = start(store_->segments()).value();
    EXPECT_EQ(recording->recovery().torn, 1U);
    ASSERT_EQ(recording->recovery().lines.size(), 1U);
    EXPECT_NE(recording->recovery().lines[0].find(row.path), std::string::npos);
    const store::Segment mended = store_->segments().get(row.path).value().value();
    EXPECT_EQ(mended.fragments, fragments - 1);
    EXPECT_EQ(mended.state, store::SegmentState::Closed);
    EXPECT_TRUE(fs::exists(root_ + "/" + row.path + ".torn"));
    EXPECT_EQ(testing::probe(root_ + "/" + row.path).errors, "");
    const CheckReport checked = check(root_, store_->segments(), {}).value();
    EXPECT_EQ(checked.set_aside, 1U);
    EXPECT_EQ(checked.altered + checked.torn + checked.missing, 0U) << checked.to_text();
}

TEST_F(DisasterTest, FullDiskPausesRecordingAndRoomResumesIt) {
    if (!mount_small_disk("size=3m")) {
        GTEST_SKIP() << "this user may not mount a small disk";
    }
    const auto recording = start(store_->segments()).value();
    ASSERT_TRUE(recording->add_camera(camera(kGate)));
    const std::string ballast = root_ + "/ballast";
    std::ofstream(ballast) << std::string(2'000'000, 'x');
    const auto units = film().play(kGate, kNoon, minutes{2});
    std::size_t at = 0;
    while (!recording->state().is_paused && at < units.size()) {
        recording->push(units[at++]);
        if (at % 25 == 0) {
            std::this_thread::sleep_for(milliseconds{1});
        }
    }
    ASSERT_TRUE(recording->state().is_paused);
    EXPECT_NE(recording->state().reason.find("No space left"), std::string::npos)
        << recording->state().reason;
    EXPECT_FALSE(recording->state().is_healthy());
    fs::remove(ballast);
    clock_.advance(minutes{2});
    const WallTime later = kNoon + minutes{10};
    for (const AccessUnitPtr& unit : film().play(kGate, later, seconds{8})) {
        recording->push(unit);
    }
    EXPECT_TRUE(eventually([&] { return !recording->state().is_paused; }));
    recording->stop();
    EXPECT_GT(recording->state().lost_to_disk, 0U);
    const auto segments = store_->segments().find({.from = later}).value();
    EXPECT_FALSE(segments.empty());
    const CheckReport checked = check(root_, store_->segments(), {}).value();
    EXPECT_TRUE(checked.is_clean()) << checked.to_text();
}

TEST_F(DisasterTest, FirstGroupOfPicturesAfterAPauseIsWhole) {
    const auto recording = start(store_->segments()).value();
    ASSERT_TRUE(recording->add_camera(camera(kGate)));
    const std::string obstacle = root_ + "/city";
    std::ofstream(obstacle) << "a file where a folder must be";
    const auto units = film().play(kGate, kNoon, seconds{12});
    constexpr std::size_t kGroup = 25;
    const std::size_t half = units.size() / 2;
    ASSERT_EQ(half % kGroup, 0U);
    for (std::size_t i = 0; i < half; ++i) {
        recording->push(units[i]);
    }
    // Only the last group may still wait for its end: an earlier one written would make two
    // segments.
    ASSERT_TRUE(eventually([&] { return recording->state().lost_to_disk >= half - kGroup; }));
    EXPECT_TRUE(recording->state().is_paused);
    fs::remove(obstacle);
    clock_.advance(minutes{2});
    for (std::size_t i = half; i < units.size(); ++i) {
        recording->push(units[i]);
    }
    recording->stop();

    const auto rows = store_->segments().find({}).value();
    ASSERT_EQ(rows.size(), 1U);
    const FileSource source = FileSource::open(root_ + "/" + rows[0].path).value();
    const SegmentContent content = read_segment(source).value();
    ASSERT_FALSE(content.file.fragments.empty());
    for (const auto& fragment : content.file.fragments) {
        EXPECT_EQ(fragment.fragment.samples.size(), kGroup) << "a group of pictures was cut";
    }
}

TEST_F(DisasterTest, ReadOnlyFolderIsAClearErrorAtStart) {
    if (::geteuid() == 0) {
        if (!mount_small_disk("size=1m", MS_RDONLY)) {
            GTEST_SKIP() << "this user may not mount a read-only disk";
        }
    } else {
        fs::create_directories(root_);
        fs::permissions(root_, fs::perms::owner_read | fs::perms::owner_exec);
    }
    const auto refused = start(store_->segments());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::PermissionDenied);
    EXPECT_NE(
        refused.error().message.find("recordings folder " + root_ + " is read-only"),
        std::string::npos
    ) << refused.error().describe();
}

TEST_F(DisasterTest, FolderInUseIsAClearErrorAtStart) {
    const auto first = start(store_->segments()).value();
    const auto second = start(store_->segments());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::FailedPrecondition);
    EXPECT_NE(second.error().message.find("in use"), std::string::npos);
}

TEST_F(DisasterTest, FullQueueIsCountedAndWhatIsRecordedStillDecodes) {
    RecordingConfig config = quick(root_);
    config.queue_bytes = 40'000;
    const auto recording = Recording::create(config, store_->segments(), clock_, metrics_).value();
    ASSERT_TRUE(recording->add_camera(camera(kGate)));
    const auto units = film().play(kGate, kNoon, minutes{2});
    for (const AccessUnitPtr& unit : units) {
        recording->push(unit);
    }
    recording->stop();
    const double written = metrics_.counter(kUnitsWritten).value();
    const auto lost = static_cast<double>(recording->state().lost_to_queue);
    ASSERT_GT(lost, 0) << "the queue never filled: nothing was tested";
    ASSERT_GT(written, 0);
    EXPECT_EQ(written + lost, static_cast<double>(units.size()));
    for (const store::Segment& segment : store_->segments().find({}).value()) {
        EXPECT_EQ(testing::probe(root_ + "/" + segment.path).errors, "");
    }
}

/// A real index that can be told to be away.
class SwitchedIndex final : public store::SegmentIndex {
public:
    explicit SwitchedIndex(store::SegmentIndex& real) : real_(real) {}

    std::atomic<bool> is_away = false;

    Status put(const store::Segment& segment) override {
        if (is_away) {
            return fail(ErrorKind::Unavailable, "database is away");
        }
        return real_.put(segment);
    }

    Result<std::vector<store::Segment>> find(const store::SegmentQuery& q) override {
        return real_.find(q);
    }

    Result<std::optional<store::Segment>> get(const std::string& p) override {
        return real_.get(p);
    }

    Result<std::optional<store::Segment>> newest(const CameraId& c, StreamRole r) override {
        return real_.newest(c, r);
    }

    Result<std::vector<store::StoredStream>> streams() override { return real_.streams(); }

    Status mark_retiring(const std::vector<std::string>& p) override {
        return real_.mark_retiring(p);
    }

    Status retire(const std::vector<std::string>& p) override { return real_.retire(p); }

    Result<std::vector<store::ChainDay>> chain_days(const std::optional<CameraId>& c) override {
        return real_.chain_days(c);
    }

private:
    store::SegmentIndex& real_;
};

TEST_F(DisasterTest, DatabaseThatIsAwayNeitherStopsRecordingNorLosesTheIndex) {
    SwitchedIndex index(store_->segments());
    const auto recording = start(index).value();
    ASSERT_TRUE(recording->add_camera(camera(kGate)));
    index.is_away = true;
    for (const AccessUnitPtr& unit : film().play(kGate, kNoon, seconds{35})) {
        recording->push(unit);
    }
    EXPECT_TRUE(eventually([&] {
        clock_.advance(milliseconds{200});
        return !recording->state().index_error.empty() && recording->state().index_pending >= 3;
    }));
    index.is_away = false;
    recording->stop();
    EXPECT_EQ(recording->state().index_error, "");
    const CheckReport checked = check(root_, store_->segments(), {}).value();
    EXPECT_TRUE(checked.is_clean()) << checked.to_text();
    EXPECT_EQ(checked.whole, 4U);
}

TEST_F(DisasterTest, SilentStreamIsWrittenOutAndItsSegmentClosed) {
    const auto recording = start(store_->segments()).value();
    ASSERT_TRUE(recording->add_camera(camera(kGate)));
    for (const AccessUnitPtr& unit : film().play(kGate, kNoon, seconds{3})) {
        recording->push(unit);
    }
    EXPECT_TRUE(eventually([&] {
        clock_.advance(seconds{1});
        const auto rows = store_->segments().find({.state = store::SegmentState::Closed}).value();
        return rows.size() == 1 && rows[0].end == kNoon + seconds{3};
    }));
}

}  // namespace
}  // namespace bongsu::recording
