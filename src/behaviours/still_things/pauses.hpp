#pragma once

#include "behaviours/still_things/whereabouts.hpp"

#include <vector>

namespace bongsu::behaviours::still_things {

/// Leaves out who merely passed when something came to rest (`near`, oldest first): somebody else
/// stopped beside it, and was there when the place first looked otherwise (`first`) too. Where
/// nobody did, all stay: the owner may have got another number.
void leave_out_passers_by(std::vector<Sighting>& near, const std::vector<Sighting>& first);

/// Whether somebody or something but a bag stood at a place for a while, by what was seen near it
/// (oldest first). Who passes is past within a second.
bool has_somebody_stood(const std::vector<Sighting>& there, const Box& place);

}  // namespace bongsu::behaviours::still_things
