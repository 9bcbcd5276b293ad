#include "behaviours/fight/usual_places.hpp"

#include "core/json.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace bongsu::behaviours::fight {
namespace {

/// Of the text; another one is not read.
constexpr std::int64_t kFormat = 1;

/// More areas than any rule has.
constexpr std::size_t kMostZones = 256;

}  // namespace

std::string UsualPlaces::kept() const {
    Value::Map zones;
    for (const auto& [zone, usual] : by_zone_) {
        if (usual.is_known()) {
            zones.emplace_back(zone.value(), usual.kept());
        }
    }
    return zones.empty() ? ""
                         : to_json(Value::Map{{"format", kFormat}, {"zones", std::move(zones)}});
}

Status UsualPlaces::recall(std::string_view kept) {
    const Result<Value> parsed = parse_json(kept, "what is usual at a place");
    if (!parsed) {
        return fail(ErrorKind::Corrupt, parsed.error().message);
    }
    const Value* const format = parsed->find("format");
    const Value* const zones = parsed->find("zones");
    if (format == nullptr || *format != Value(kFormat) || zones == nullptr ||
        zones->as_map() == nullptr || zones->as_map()->size() > kMostZones) {
        return fail(ErrorKind::Corrupt, "what is usual at a place is of another format");
    }
    std::map<ZoneId, Usual> recalled;
    for (const auto& [zone, usual] : *zones->as_map()) {
        BONGSU_ASSIGN(recalled[ZoneId{zone}], Usual::recall(usual));
    }
    by_zone_ = std::move(recalled);
    return {};
}

}  // namespace bongsu::behaviours::fight
