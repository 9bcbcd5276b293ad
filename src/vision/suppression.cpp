#include "vision/suppression.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

namespace bongsu::vision {
ClassGroup group_of(ObjectClass cls) {
    switch (cls) {
        case ObjectClass::Person:
            return ClassGroup::Person;
        case ObjectClass::Bicycle:
        case ObjectClass::Motorcycle:
            return ClassGroup::TwoWheeler;
        case ObjectClass::Car:
        case ObjectClass::Bus:
        case ObjectClass::Truck:
            return ClassGroup::Vehicle;
        case ObjectClass::Animal:
            return ClassGroup::Animal;
        case ObjectClass::Bag:
            break;
    }
    return ClassGroup::Bag;
}

std::vector<Detection> suppress_overlaps(std::vector<Detection> detections, float max_iou) {
    // Equal scores are ordered by place, so that the result does not depend on the order of looks.
    std::ranges::sort(detections, std::greater{}, [](const Detection& d) {
        return std::tuple(d.score, -d.box.x, -d.box.y, d.box.area());
    });
    std::vector<Detection> kept;
    kept.reserve(detections.size());
    for (Detection& candidate : detections) {
        const bool is_repeated = std::ranges::any_of(kept, [&](const Detection& better) {
            return group_of(better.cls) == group_of(candidate.cls) &&
                   iou(better.box, candidate.box) > max_iou;
        });
        if (!is_repeated) {
            kept.push_back(std::move(candidate));
        }
    }
    return kept;
}

}  // namespace bongsu::vision
