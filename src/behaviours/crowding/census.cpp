#include "behaviours/crowding/census.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::behaviours::crowding {
namespace {

constexpr Duration kBetweenLooks = std::chrono::seconds{5};
constexpr Duration kForgotten = std::chrono::minutes{1};
constexpr std::size_t kLooks = 3;

Headcount headcount(
    std::span<const Detection> people, const Place& place, const PresenceSettings& settings
) {
    Headcount count;
    int boxes = 0;
    for (const Detection& person : people) {
        if (hit(place, person.box, settings.hit_test, settings.corners_needed).is_inside) {
            count.people += static_cast<double>(person.score);
            count.box = enclosing(count.box, person.box);
            ++boxes;
        }
    }
    count.sureness = boxes > 0 ? static_cast<float>(count.people) / static_cast<float>(boxes) : 0;
    return count;
}

}  // namespace

bool Census::update(
    const Scene& scene, std::span<const Place> places, const PresenceSettings& settings
) {
    const bool is_due = looks_.empty() || scene.time - looks_.back().time >= kBetweenLooks;
    const bool can_see =
        scene.frame != nullptr && scene.second_look != nullptr && scene.signal == SignalState::Up;
    if (!is_due || !can_see) {
        return false;
    }
    const std::optional<std::vector<Detection>> people = scene.second_look->everybody();
    if (!people) {
        return false;
    }
    Look look{.time = scene.time, .counts = {}};
    for (const Place& place : places) {
        look.counts.push_back(headcount(*people, place, settings));
    }
    std::erase_if(looks_, [&](const Look& old) { return scene.time - old.time > kForgotten; });
    looks_.push_back(std::move(look));
    if (looks_.size() > kLooks) {
        looks_.pop_front();
    }
    return true;
}

std::optional<Headcount> Census::count(std::size_t place, WallTime now) const {
    if (looks_.empty() || now - looks_.back().time > kForgotten) {
        return std::nullopt;
    }
    std::vector<double> people;
    for (const Look& look : looks_) {
        people.push_back(look.counts.at(place).people);
    }
    // Of two looks the lower one: an alarm needs two that agree.
    const auto middle = people.begin() + static_cast<std::ptrdiff_t>((people.size() - 1) / 2);
    std::ranges::nth_element(people, middle);
    Headcount count = looks_.back().counts.at(place);
    count.people = *middle;
    return count;
}

}  // namespace bongsu::behaviours::crowding
