#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "eval/run.hpp"

#include <optional>

namespace bongsu::eval {

/// What every suite works with. Lives during one run.
struct SuiteContext {
    const EvalOptions& options;
    EvalReport& report;
    std::string_view suite;

    void line(const std::string& text) const {
        if (options.on_line) {
            options.on_line(text);
        }
    }
};

/// Counts the steps of one item and passes on how far it is, at most five times a second.
class ProgressMeter {
public:
    ProgressMeter(const SuiteContext& context, std::string item, int total);
    void step();

private:
    const SuiteContext& context_;
    std::string item_;
    int total_;
    int done_ = 0;
    SystemClock clock_;
    MonoTime started_;
    MonoTime told_;
};

// The suites. Each returns why it was skipped, or nothing when it ran.
using SuiteResult = Result<std::optional<std::string>>;
SuiteResult run_mot_check(SuiteContext& context);
SuiteResult run_tracking(SuiteContext& context);
SuiteResult run_pictures(SuiteContext& context);
SuiteResult run_detection(SuiteContext& context);
SuiteResult run_zones(SuiteContext& context);
SuiteResult run_kisa(SuiteContext& context);
SuiteResult run_crowd(SuiteContext& context);
SuiteResult run_flood(SuiteContext& context);
SuiteResult run_rain(SuiteContext& context);
SuiteResult run_recognition(SuiteContext& context);
SuiteResult run_things(SuiteContext& context);

}  // namespace bongsu::eval
