#pragma once

#include "selective/findings.hpp"

#include <string>
#include <vector>

namespace bongsu::bench {

/// People who are large and clear enough to be promised, on cameras that are not somebody else's
/// footage; quiet time and false wakes of all cameras on which nobody stands in view.
std::vector<Group> overall(const Findings& findings);
std::vector<Group> by_condition(const Findings& findings);  ///< of the same events
std::vector<Group> by_kind(const Findings& findings);       ///< of the same events
/// "clear", "faint", "hidden" (12 grey levels and less) by contrast; "small" by height.
std::vector<Group> by_visibility(const Findings& findings);
std::vector<Group> by_clip(const Findings& findings);  ///< somebody else's footage

/// Conditions of the composed films whose tiers were scored, in their order.
std::vector<std::string> conditions_of(const Findings& findings);

/// Windows of one condition, or with none named of all composed films.
std::vector<TierWindow> windows_of(const Findings& findings, const std::string& condition);

}  // namespace bongsu::bench
