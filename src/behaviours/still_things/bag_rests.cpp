#include "behaviours/still_things/bag_rests.hpp"

#include <algorithm>

namespace bongsu::behaviours::still_things {
namespace {

/// A bag is at rest while its centre stays within this share of its longer side.
constexpr float kMoves = 0.5F;
constexpr float kSamePlace = 0.3F;
constexpr Duration kForgottenAfter = std::chrono::seconds{60};
constexpr std::size_t kMost = 16;

}  // namespace

WallTime BagRests::rest_since(const Track& bag, WallTime now) {
    std::erase_if(rests_, [&](const Rest& rest) { return now - rest.seen > kForgottenAfter; });
    auto rest = std::ranges::find(rests_, bag.id, &Rest::bag);
    if (rest == rests_.end()) {
        rest = std::ranges::find_if(rests_, [&](const Rest& other) {
            return iou(other.box, bag.box) > kSamePlace;
        });
    }
    if (rest == rests_.end()) {
        if (rests_.size() >= kMost) {
            rests_.erase(rests_.begin());
        }
        rests_.push_back({.bag = bag.id, .box = bag.box, .since = now, .seen = now});
        return now;
    }
    rest->bag = bag.id;
    rest->seen = now;
    if (distance(bag.box.centre(), rest->box.centre()) > kMoves * std::max(bag.box.w, bag.box.h)) {
        rest->box = bag.box;
        rest->since = now;
    }
    return rest->since;
}

}  // namespace bongsu::behaviours::still_things
