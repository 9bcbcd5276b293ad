#include "behaviours/fall/box_judge.hpp"

#include <algorithm>
#include <vector>

namespace bongsu::behaviours::fall {
namespace {

/// Width over height.
constexpr float kLying = 1.2F;
constexpr float kUpright = 0.6F;

constexpr float kHeightLeft = 0.6F;
constexpr float kWidthWon = 1.3F;
constexpr std::size_t kLyingNeeded = 3;
constexpr std::size_t kUprightNeeded = 2;
constexpr Duration kLooksBack = std::chrono::seconds{3};
/// Looks of the detector are about so far apart, so that upright and lying are seen late and early.
constexpr Duration kBetweenLooks = std::chrono::milliseconds{550};
constexpr float kEdge = 2;  ///< pixels

bool is_clear(const Box& box, const Box& picture) {
    return box.x > picture.x + kEdge && box.y > picture.y + kEdge &&
           box.right() < picture.right() - kEdge && box.bottom() < picture.bottom() - kEdge;
}

Box median(const std::vector<Box>& boxes) {
    const auto of = [&](float Box::* side) {
        std::vector<float> values;
        for (const Box& box : boxes) {
            values.push_back(box.*side);
        }
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::ranges::nth_element(values, middle);
        return *middle;
    };
    return {of(&Box::x), of(&Box::y), of(&Box::w), of(&Box::h)};
}

/// The detections of a track, split into those at its end in which he lies and those before.
struct Split {
    std::vector<Box> lying;
    WallTime first_lying;
    WallTime last_lying;
    std::vector<Box> upright;
    WallTime last_upright;
};

Split split(const Track& track) {
    Split out;
    for (auto point = track.history.rbegin(); point != track.history.rend(); ++point) {
        if (!point->is_observed) {
            continue;
        }
        const bool is_end = out.upright.empty();
        if (is_end && point->box.w >= kLying * point->box.h) {
            out.last_lying = out.lying.empty() ? point->time : out.last_lying;
            out.first_lying = point->time;
            out.lying.push_back(point->box);
        } else if (out.lying.empty() || out.first_lying - point->time > kLooksBack) {
            break;
        } else if (point->box.w <= kUpright * point->box.h) {
            out.last_upright = is_end ? point->time : out.last_upright;
            out.upright.push_back(point->box);
        }
    }
    return out;
}

}  // namespace

std::optional<WallTime> turned_over(
    const Track& track, const Box& picture, const FallSettings& settings
) {
    const Split seen = split(track);
    if (seen.lying.size() < kLyingNeeded || seen.upright.size() < kUprightNeeded ||
        seen.last_lying - seen.first_lying < settings.stays_down ||
        seen.first_lying - seen.last_upright > settings.longest_drop + kBetweenLooks) {
        return std::nullopt;
    }
    const Box lying = median(seen.lying);
    const Box upright = median(seen.upright);
    const bool has_turned = lying.h <= kHeightLeft * upright.h && lying.w >= kWidthWon * upright.w;
    return has_turned && is_clear(lying, picture) && is_clear(upright, picture)
               ? std::optional(seen.last_upright)
               : std::nullopt;
}

}  // namespace bongsu::behaviours::fall
