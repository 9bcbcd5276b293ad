#pragma once

#include "core/value.hpp"
#include "fleet/fleet.hpp"

#include <vector>

namespace bongsu::fleet {

/// `form` with each member of `patch` put in; a null takes the member away (RFC 7396).
Value patched(const Value& form, const Value& patch);

/// The same, with streams told apart by their role: those that `fields` does not name stay.
/// The short form with `url` takes the place of all streams.
Value with_fields_of(const Value& form, const Value& fields);

/// Every place where two forms differ, by dotted path. Lists of zones, rules and streams are
/// compared member by member, lists of plain values as a whole.
std::vector<FormChange> changes_between(const Value& before, const Value& after);

}  // namespace bongsu::fleet
