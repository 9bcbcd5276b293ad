#pragma once

#include "core/value.hpp"
#include "fleet/fleet.hpp"

#include <vector>

namespace bongsu::fleet {

/// `form` with each member of `patch` put in; a null takes the member away (RFC 7396).
Value patched(const Value& form, const Value& patch);

/// Every place where two forms differ, by dotted path. Lists of zones, rules and streams are
/// compared member by member, lists of plain values as a whole.
std::vector<FormChange> changes_between(const Value& before, const Value& after);

}  // namespace bongsu::fleet
