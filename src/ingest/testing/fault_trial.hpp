#pragma once

#include "camsim/options.hpp"
#include "core/result.hpp"
#include "ingest/testing/delivery_log.hpp"
#include "ingest/testing/fault_case.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace bongsu::ingest::testing {

/// How a trial runs.
struct TrialSetup {
    std::span<const FaultCase> cases;
    int cameras_each = 1;
    Duration length{};
    camsim::CamsimOptions simulator;  ///< port and journal are set by the trial
    double connects_per_second = 50;
};

/// What came of one case, all its cameras together.
struct CaseOutcome {
    std::string name;
    Delivery delivery;
    std::vector<std::string> errors;  ///< what an operator would have read
    bool says(std::string_view words) const;
};

struct TrialOutcome {
    std::vector<CaseOutcome> cases;
    Duration time_to_stop{};  ///< how long the removal of all cameras took
};

/// The real Ingest against the real simulator, every case on cameras of its own, all at once.
/// Makes its films in `folder`. Blocks for the length of the trial.
Result<TrialOutcome> run_trial(const TrialSetup& setup, const std::filesystem::path& folder);

}  // namespace bongsu::ingest::testing
