#pragma once

#include "core/result.hpp"
#include "node/programs.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bongsu::bench {

/// Stands for crowding that counts everybody, which is asked for where it is wanted: five percent
/// of a core by design, so it is no part of "every rule" and is measured by itself.
inline constexpr const char* kEverybody = "everybody";

/// One arrangement: which films the cameras show and which rules watch them.
struct RuleRound {
    std::string name;                ///< "active.all", "quiet.intrusion", "part.fight"
    std::vector<std::string> films;  ///< one camera each
    std::vector<std::string> kinds;  ///< rules of every camera, at default settings
};

/// Rules that belong together and are measured as one, beside the intrusion that all cameras have.
struct RulePart {
    std::string name;
    std::vector<std::string> kinds;
};

/// Every rule of this program at default settings, but camera faults.
std::vector<std::string> every_kind();

/// The parts of every_kind(): what no part names comes as "others". Only kinds that exist.
std::vector<RulePart> rule_parts();

/// `seconds` are those of all windows.
struct RuleRoundOptions : NodeRun {
    std::filesystem::path scratch;  ///< made anew for each round
};

/// What a node used in one round.
struct RuleCost {
    std::vector<double> shares;                  ///< of a core, per camera; one a window of 5 s
    std::array<double, 4> stages{};              ///< the same by gate, decode, detect, follow; mean
    std::map<std::string, double> second_looks;  ///< per camera and second, by look
    double followed = 0;                         ///< share of the cameras at the end
    double left_out = 0;                         ///< looks thinned and pictures given up
    double median() const;
    double p95() const;
};

/// Starts the simulated cameras and `bongsu serve` without recording and console, waits, measures
/// and ends them. Errors: those of the programs.
Result<RuleCost> run_round(const RuleRound& round, const RuleRoundOptions& options);

}  // namespace bongsu::bench
