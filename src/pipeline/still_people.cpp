#include "pipeline/still_people.hpp"

#include <algorithm>

namespace bongsu::pipeline {
namespace {

/// From this score on a pose is that of a person.
constexpr float kHasLimbs = 0.5F;
constexpr float kSamePlace = 0.5F;
/// A thing is asked about again so rarely: somebody may have taken its place.
constexpr Duration kBelieved = std::chrono::minutes{5};
constexpr std::size_t kMostPlaces = 16;

}  // namespace

bool StillPeople::is_somebody(const Detection& detection, WallTime now, SecondLook& looks) {
    if (detection.cls != ObjectClass::Person) {
        return false;
    }
    std::erase_if(places_, [&](const Place& place) {
        return now < place.asked || now - place.asked > kBelieved;
    });
    const auto known = std::ranges::find_if(places_, [&](const Place& place) {
        return iou(place.box, detection.box) > kSamePlace;
    });
    if (known != places_.end()) {
        return known->is_person;
    }
    if (asked_ == now) {
        return false;
    }
    const auto pose = looks.pose(detection.box);
    if (!pose) {
        return false;
    }
    asked_ = now;
    if (places_.size() >= kMostPlaces) {
        places_.erase(places_.begin());
    }
    const bool is_person = pose->score >= kHasLimbs;
    places_.push_back({detection.box, is_person, now});
    found_ = is_person ? now : found_;
    return is_person;
}

}  // namespace bongsu::pipeline
