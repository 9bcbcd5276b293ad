#include "eval/run.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::eval {
namespace {

/// A folder that is removed with the test.
class Folder {
public:
    Folder()
        : path_(
              std::filesystem::temp_directory_path() / ("eval_test_" + std::to_string(getpid()))
          ) {
        std::filesystem::create_directories(path_);
    }

    ~Folder() { std::filesystem::remove_all(path_); }

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << text;
    }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

TEST(EvalRun, UnknownSuiteNamesTheNearest) {
    const auto report = run({.data = "/", .suites = {"trackin"}});
    EXPECT_EQ(report.error().message, "unknown suite 'trackin'; did you mean 'tracking'?");
}

TEST(EvalRun, AbsentDataFolderIsSaid) {
    const auto report = run({.data = "/nowhere/at/all"});
    EXPECT_EQ(report.error().kind, ErrorKind::NotFound);
}

TEST(EvalRun, WithoutADataFolderOnlySuitesWithOwnDataRun) {
    const auto report = run({.suites = {"tracking", "zones"}});
    ASSERT_TRUE(report) << report.error().describe();
    ASSERT_EQ(report->skipped.size(), 2U);
    EXPECT_NE(report->skipped[0].find("--data"), std::string::npos) << report->skipped[0];
}

TEST(EvalRun, SuitesWithoutDataAreSkippedAndNamed) {
    const Folder folder;
    const auto report = run({.data = folder.path(), .vtest = folder.path() / "absent.avi"});
    ASSERT_TRUE(report) << report.error().describe();
    EXPECT_EQ(report->skipped.size(), suites().size());
}

/// Somebody walks for two seconds: found in every picture, so everything must be perfect.
TEST(EvalRun, MeasuresTheTrackerOnGivenDetections) {
    const Folder folder;
    folder.write(
        "tracking/walk/seqinfo.ini",
        "[Sequence]\nname=walk\nframeRate=10\nseqLength=20\nimWidth=640\nimHeight=480\n"
    );
    std::string truth;
    std::string found;
    for (int f = 1; f <= 20; ++f) {
        const std::string box = std::to_string(100 + 5 * f) + ",100,40,100";
        truth += std::to_string(f) + ",1," + box + ",1\n";
        found += std::to_string(f) + ",-1," + box + ",0.99\n";
    }
    folder.write("tracking/walk/gt/gt.txt", truth);
    folder.write("tracking/walk/det/det.txt", found);
    int notes = 0;
    const auto report = run({
        .data = folder.path(),
        .suites = {"tracking"},
        .report = folder.path() / "report",
        .on_progress = [&](const Progress& p) { notes += p.done == p.total ? 1 : 0; },
    });
    ASSERT_TRUE(report) << report.error().describe();
    const auto& values = report->measurements.values();
    EXPECT_DOUBLE_EQ(values.at("tracking.walk.mota"), 1);
    EXPECT_DOUBLE_EQ(values.at("tracking.walk.idf1"), 1);
    EXPECT_DOUBLE_EQ(values.at("tracking.walk.fps5.mota"), 1);
    EXPECT_EQ(notes, 1);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "report/index.html"));
}

TEST(EvalRun, BrokenFilesAreAnErrorThatNamesThem) {
    const Folder folder;
    folder.write("tracking/bad/seqinfo.ini", "name=bad\n");
    const auto report = run({.data = folder.path(), .suites = {"tracking"}});
    EXPECT_NE(report.error().message.find("bad/seqinfo.ini"), std::string::npos);
}

TEST(EvalRun, ScoresKisaResultsAgainstTruth) {
    const Folder folder;
    const auto clip = [](const char* start) {
        return std::string("<KisaLibraryIndex><Library><Clip><Header><Filename>a.mp4</Filename>") +
               "</Header><Alarms><Alarm><StartTime>" + start +
               "</StartTime><AlarmDescription>Loitering</AlarmDescription>"
               "<AlarmDuration>00:00:05</AlarmDuration></Alarm></Alarms></Clip></Library>"
               "</KisaLibraryIndex>";
    };
    folder.write("kisa/truth/a.xml", clip("00:01:00"));
    folder.write("kisa/result/a.xml", clip("00:01:11"));
    const EvalOptions narrow{.data = folder.path(), .suites = {"kisa"}};
    EXPECT_DOUBLE_EQ(run(narrow)->measurements.values().at("kisa.Loitering.score"), 0);
    EvalOptions wide = narrow;
    wide.kisa_after = 12;
    EXPECT_DOUBLE_EQ(run(wide)->measurements.values().at("kisa.Loitering.score"), 100);
}

}  // namespace
}  // namespace bongsu::eval
