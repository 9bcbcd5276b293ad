#pragma once

#include "selective/findings.hpp"

#include <string>
#include <vector>

namespace bongsu::bench {

/// People who are large enough to be promised, on cameras that are not somebody else's footage;
/// quiet time and false wakes of all cameras on which nobody stands in view.
std::vector<Group> overall(const Findings& findings);
std::vector<Group> by_condition(const Findings& findings);  ///< of the same events
std::vector<Group> by_kind(const Findings& findings);       ///< with those who are too small
std::vector<Group> by_clip(const Findings& findings);       ///< somebody else's footage

/// Windows of all films, or of those of one condition.
std::vector<TierWindow> windows_of(const Findings& findings, const std::string& condition);

}  // namespace bongsu::bench
