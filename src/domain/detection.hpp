#pragma once

#include "domain/geometry.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace bongsu {

enum class ObjectClass { Person, Bicycle, Motorcycle, Car, Bus, Truck, Animal, Bag };

std::string_view to_string(ObjectClass c);
std::optional<ObjectClass> parse_object_class(std::string_view name);

/// Anything with wheels.
bool is_vehicle(ObjectClass c);

/// A describing vector, comparable only with vectors of the same maker. Unit length.
using Appearance = std::vector<float>;

/// One object found in one frame.
struct Detection {
    ObjectClass cls = ObjectClass::Person;
    float score = 0;        ///< 0..1
    Box box;                ///< pixels of the source frame
    Appearance appearance;  ///< empty when not computed
};

/// 1 = identical, 0 = unrelated; 0 when either is empty or sizes differ.
float similarity(const Appearance& a, const Appearance& b);

}  // namespace bongsu
