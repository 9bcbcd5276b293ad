#include "domain/detection.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

namespace bongsu {
namespace {

constexpr std::array<std::string_view, 8> kNames{
    "person", "bicycle", "motorcycle", "car", "bus", "truck", "animal", "bag"
};

}  // namespace

std::string_view to_string(ObjectClass c) {
    return kNames.at(static_cast<std::size_t>(c));
}

std::optional<ObjectClass> parse_object_class(std::string_view name) {
    const auto* found = std::ranges::find(kNames, name);
    if (found == kNames.end()) {
        return std::nullopt;
    }
    return static_cast<ObjectClass>(found - kNames.begin());
}

bool is_vehicle(ObjectClass c) {
    return c >= ObjectClass::Bicycle && c <= ObjectClass::Truck;
}

float similarity(const Appearance& a, const Appearance& b) {
    if (a.empty() || a.size() != b.size()) {
        return 0;
    }
    return std::clamp(std::inner_product(a.begin(), a.end(), b.begin(), 0.0F), 0.0F, 1.0F);
}

}  // namespace bongsu
