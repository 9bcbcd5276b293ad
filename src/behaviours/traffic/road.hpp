#pragma once

#include "behaviours/place.hpp"
#include "behaviours/registry.hpp"
#include "core/result.hpp"
#include "domain/scene.hpp"
#include "domain/zone.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace bongsu::behaviours::traffic {

/// The areas of a rule about traffic, some of which are exempt: crossings, parking bays.
struct Road {
    std::vector<Zone> areas;   ///< empty: the whole picture
    std::vector<Zone> exempt;  ///< these win where areas overlap
};

/// A row for the setting that names the exempt ones among the rule's zones.
FieldSpec exempt_field(std::string_view name, std::string_view help);

/// Sorts the rule's zones by the setting `name`. InvalidArgument, naming the nearest, when it lists
/// a zone that the rule does not.
Result<Road> parse_road(const RuleContext& context, std::string_view name);

/// The area in which a point lies and of which no exempt one, enlarged by `margin` pixels, takes it
/// out; nothing when there is none.
std::optional<ZoneId> area_at(const Road& road, const Scene& scene, const Box& box, float margin);

}  // namespace bongsu::behaviours::traffic
