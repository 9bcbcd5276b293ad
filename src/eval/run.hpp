#pragma once

#include "core/result.hpp"
#include "eval/report.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::eval {

/// How far an evaluation is.
struct Progress {
    std::string_view suite;
    std::string_view item;  ///< such as the sequence
    int done = 0;           ///< of `total` steps of this item
    int total = 0;
    double seconds_left = -1;  ///< estimate for this item; below 0: not known yet
};

struct EvalOptions {
    /// Folder with tracking/, detection/, zone_events/ ...; empty: only what packages bring.
    std::filesystem::path data;
    std::vector<std::string> suites;  ///< names of suites; empty: all
    std::filesystem::path report;     ///< folder for the HTML report; empty: none is written
    std::filesystem::path models;     ///< folder of installed models
    std::filesystem::path labels;     ///< tests/data/vtest_labels.csv; empty: that set is skipped
    std::filesystem::path vtest = "/usr/share/doc/opencv-doc/examples/data/vtest.avi";
    double kisa_before = 2;  ///< seconds that an alarm may come before a true KISA event
    double kisa_after = 10;  ///< and after it
    std::filesystem::path cards = "models";  ///< figures of the small models' training
    std::filesystem::path film_tool = "tools/eval/make_films";      ///< of the suite recognition
    std::filesystem::path things_tool = "tools/eval/paint_things";  ///< of the suite things
    std::vector<std::string> only;        ///< sets of footage for recognition; empty: all
    std::vector<std::string> conditions;  ///< what films are degraded by; empty: as filmed
    int cameras = 10;                     ///< films that recognition plays at once
    bool is_replay = false;               ///< films from their files, however busy the machine is
    std::function<void(const Progress&)>
        on_progress;  ///< may be empty; called at most 5 times a second
    std::function<void(const std::string&)>
        on_line;  ///< may be empty; one finished line for people
};

struct SuiteInfo {
    std::string_view name;
    std::string_view help;
    std::string_view needs;  ///< what must be in the data folder
};

/// The suites in the order in which they run.
std::vector<SuiteInfo> suites();

/// Runs the chosen suites. A suite whose data or models are absent is skipped and named in the
/// report. Errors: InvalidArgument for an unknown suite (names the nearest), NotFound when the data
/// folder itself is absent, Corrupt when a file in it breaks its format.
Result<EvalReport> run(const EvalOptions& options);

}  // namespace bongsu::eval
