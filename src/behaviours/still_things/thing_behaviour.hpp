#pragma once

#include "behaviours/behaviour.hpp"
#include "behaviours/still_things/thing_watch.hpp"
#include "core/settings.hpp"
#include "domain/zone.hpp"

#include <memory>
#include <string>
#include <vector>

namespace bongsu::behaviours::still_things {

/// The behaviour behind abandoned_object and removed_object: one event per thing, from when it is
/// due until it is undone. The detail says for how long its owner had been away (`left_for`) or the
/// thing been gone (`gone_for`), seconds.
std::unique_ptr<Behaviour> make_thing_behaviour(ThingRules rules, std::vector<Zone> zones);

/// The rows `largest` and `smallest`. `unit` ends their help: in whose body heights they count.
std::vector<FieldSpec> size_fields(const std::string& unit);

}  // namespace bongsu::behaviours::still_things
