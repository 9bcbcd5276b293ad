#pragma once

#include "core/result.hpp"
#include "eval/measurements.hpp"
#include "soak/judgement.hpp"

#include <filesystem>

namespace bongsu::bench {

/// Everything that a soak came to.
struct SoakOutcome {
    const History& history;
    const Tally& tally;
    const Judgement& judgement;
    const eval::Measurements& figures;
    std::vector<double> restarts;  ///< hours at which the station had to be started again
};

/// What is said at the end, a line for each thing that was judged.
std::vector<std::vector<std::string>> verdict_rows(const Judgement& judgement);

Status write_page(const SoakOutcome& outcome, const std::filesystem::path& file);

}  // namespace bongsu::bench
