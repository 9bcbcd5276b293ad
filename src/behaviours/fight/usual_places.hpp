#pragma once

#include "behaviours/fight/usual.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"

#include <map>
#include <string>
#include <string_view>

namespace bongsu::behaviours::fight {

/// What is usual in each area of one rule, over restarts: a camera that was started anew must not
/// take the street that it knew for a brawl.
class UsualPlaces {
public:
    /// The area's own; `zone` has no name for the whole picture.
    Usual& at(const ZoneId& zone) { return by_zone_[zone]; }

    /// Empty while nothing is known.
    std::string kept() const;
    /// Corrupt: it cannot be read, and nothing changes.
    Status recall(std::string_view kept);

private:
    std::map<ZoneId, Usual> by_zone_;
};

}  // namespace bongsu::behaviours::fight
