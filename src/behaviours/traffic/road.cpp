#include "behaviours/traffic/road.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace bongsu::behaviours::traffic {
namespace {

bool is_near(const Place& place, Point p, float margin) {
    if (contains(place.corners, p)) {
        return true;
    }
    for (std::size_t i = 0; i < place.corners.size(); ++i) {
        const Segment edge{place.corners[i], place.corners[(i + 1) % place.corners.size()]};
        if (distance(edge, p) <= margin) {
            return true;
        }
    }
    return false;
}

}  // namespace

FieldSpec exempt_field(std::string_view name, std::string_view help) {
    return {
        .name = std::string(name),
        .type = FieldType::TextList,
        .fallback = Value::List{},
        .help = std::string(help)
    };
}

Result<Road> parse_road(const RuleContext& context, std::string_view name) {
    Road road{.areas = context.zones, .exempt = {}};
    for (const std::string& id : context.settings.texts(name)) {
        const auto found = std::ranges::find(road.areas, ZoneId{id}, &Zone::id);
        if (found == road.areas.end()) {
            std::vector<std::string> known;
            for (const Zone& zone : context.zones) {
                known.push_back(zone.id.value());
            }
            const auto near = nearest_name(id, known);
            return fail(
                ErrorKind::InvalidArgument,
                "unknown_zone"_code,
                context.path + "." + std::string(name) + ": '" + id +
                    "' is not among the zones of the rule; name it there too" +
                    (near ? ", or did you mean '" + *near + "'?" : "")
            );
        }
        road.exempt.push_back(std::move(*found));
        road.areas.erase(found);
    }
    return road;
}

std::optional<ZoneId> area_at(const Road& road, const Scene& scene, const Box& box, float margin) {
    if (!road.exempt.empty()) {
        for (const Place& place : places_of(road.exempt, scene)) {
            if (is_near(place, box.foot(), margin)) {
                return std::nullopt;
            }
        }
    }
    return zone_around(road.areas, scene, box, HitTest::Foot);
}

}  // namespace bongsu::behaviours::traffic
