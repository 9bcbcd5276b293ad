#include "wall/screen.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace bongsu::wall {

void Screen::resize(std::size_t slots, double carousel_share) {
    const std::size_t all = std::max<std::size_t>(1, slots);
    const auto wished =
        static_cast<std::size_t>(std::lround(static_cast<double>(all) * carousel_share));
    const std::size_t rotating = std::clamp<std::size_t>(wished, 1, all);
    main.resize(all - rotating);
    carousel.resize(rotating);
}

Place* Screen::find(std::size_t camera) {
    Place* found = nullptr;
    each([&](Place& place, bool) {
        if (place.camera == camera) {
            found = &place;
        }
    });
    return found;
}

std::size_t Screen::incidents() const {
    const auto has_one = [](const Place& place) { return place.reason.gravity > 0; };
    return static_cast<std::size_t>(
        std::ranges::count_if(main, has_one) + std::ranges::count_if(carousel, has_one)
    );
}

int weight_of(ReasonCode code) {
    switch (code) {
        case ReasonCode::Incident:
        case ReasonCode::Escalated:
            return 100;
        case ReasonCode::Pinned:
            return 90;
        case ReasonCode::People:
            return 30;
        case ReasonCode::Vehicles:
            return 20;
        case ReasonCode::Left:
        case ReasonCode::Unseen:
        case ReasonCode::Spare:
            return 10;
    }
    return 0;
}

int weight_of(const Place& place) {
    if (place.is_empty()) {
        return 0;
    }
    // A decided incident gives way to an undecided one of any gravity, by its own gravity.
    return place.reason.gravity > 0 ? 50 + place.reason.gravity : weight_of(place.reason.code);
}

Place* lightest(std::vector<Place>& places, const PlaceWish& wish) {
    Place* best = nullptr;
    const auto key = [](const Place& place) { return std::tuple(weight_of(place), place.since); };
    for (Place& place : places) {
        const bool is_fresh = !place.is_empty() && wish.now - place.since < wish.dwell;
        if (place.is_held() || (is_fresh && !wish.may_be_fresh) ||
            weight_of(place) >= wish.weight) {
            continue;
        }
        if (best == nullptr || key(place) < key(*best)) {
            best = &place;
        }
    }
    return best;
}

}  // namespace bongsu::wall
