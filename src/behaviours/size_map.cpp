#include "behaviours/size_map.hpp"

#include <algorithm>
#include <string>

namespace bongsu::behaviours {
namespace {

constexpr std::size_t kMostHeights = 41;
constexpr std::size_t kHeightsNeeded = 7;
/// Width over height of an upright person's box.
constexpr float kNarrowest = 0.2F;
constexpr float kWidest = 0.55F;
/// Who learns us something has moved by so many of his heights.
constexpr float kLeastWay = 0.3F;
/// Boxes this near to the edge of the picture, as a share of its height, may be cut.
constexpr float kEdge = 0.02F;
/// Learnt bands up to this far away say something about one that is not.
constexpr std::size_t kReach = 2;

bool is_upright(const Box& box, const Scene& scene) {
    const float edge = kEdge * static_cast<float>(scene.height);
    const float share = box.h > 0 ? box.w / box.h : 0;
    return share >= kNarrowest && share <= kWidest && box.x > edge && box.y > edge &&
           box.right() < static_cast<float>(scene.width) - edge &&
           box.bottom() < static_cast<float>(scene.height) - edge;
}

bool has_moved(const Track& track) {
    const Point from = track.history.front().box.foot();
    const Point to = track.box.foot();
    return distance(to, from) > kLeastWay * track.box.h;
}

FieldSpec share_field(std::string name, std::string help) {
    return {
        .name = std::move(name),
        .type = FieldType::Number,
        .fallback = 0.0,
        .min = 0,
        .max = 1,
        .unit = "1",
        .help = std::move(help)
    };
}

}  // namespace

std::vector<FieldSpec> ground_plane_fields() {
    return {
        share_field(
            "far_row",
            "With the three below: how tall a standing person is, instead of what is learnt from "
            "people who walk by. Row of the feet of somebody far away, as a share of the "
            "picture's height from the top."
        ),
        share_field("far_height", "His height, as a share of the picture's."),
        share_field("near_row", "Row of the feet of somebody near."),
        share_field("near_height", "His height; 0: learnt.")
    };
}

Result<GroundPlane> parse_ground_plane(const Settings& settings, std::string_view path) {
    const auto share = [&](std::string_view name) {
        return static_cast<float>(settings.number(name));
    };
    const GroundPlane plane{
        share("far_row"), share("far_height"), share("near_row"), share("near_height")
    };
    const bool has_any =
        plane.far_row > 0 || plane.far_height > 0 || plane.near_row > 0 || plane.near_height > 0;
    const bool is_whole =
        plane.far_height > 0 && plane.near_height > 0 && plane.near_row > plane.far_row;
    if (has_any && !is_whole) {
        return fail(
            ErrorKind::InvalidArgument,
            "heights_wrong"_code,
            std::string(path) +
                ": far_row, far_height, near_row and near_height belong "
                "together, and near_row is below (greater than) far_row"
        );
    }
    return plane;
}

std::optional<float> SizeMap::Band::median() const {
    if (heights.size() < kHeightsNeeded) {
        return std::nullopt;
    }
    std::vector<float> sorted(heights.begin(), heights.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    return *middle;
}

void SizeMap::learn(const Scene& scene, const GroundPlane& plane) {
    plane_ = plane;
    const auto height = static_cast<float>(scene.height);
    if (height != picture_height_) {
        bands_ = {};
        picture_height_ = height;
    }
    if (height <= 0) {
        return;
    }
    for (const Track& track : scene.tracks) {
        const bool counts = track.cls == ObjectClass::Person &&
                            track.state == TrackState::Confirmed && !track.history.empty() &&
                            track.history.back().is_observed && is_upright(track.box, scene) &&
                            has_moved(track);
        if (!counts) {
            continue;
        }
        std::deque<float>& heights = bands_.at(band_of(track.box.bottom())).heights;
        heights.push_back(track.box.h);
        if (heights.size() > kMostHeights) {
            heights.pop_front();
        }
    }
}

std::size_t SizeMap::band_of(float row) const {
    const float share = std::clamp(row / picture_height_, 0.0F, 0.999F);
    return static_cast<std::size_t>(share * static_cast<float>(kBands));
}

std::optional<float> SizeMap::height_at(float row) const {
    if (picture_height_ <= 0) {
        return std::nullopt;
    }
    if (plane_.is_given()) {
        const float slope =
            (plane_.near_height - plane_.far_height) / (plane_.near_row - plane_.far_row);
        const float share = plane_.far_height + slope * (row / picture_height_ - plane_.far_row);
        return share > 0 ? std::optional(share * picture_height_) : std::nullopt;
    }
    const std::size_t own = band_of(row);
    for (std::size_t away = 0; away <= kReach; ++away) {
        const auto above = own >= away ? bands_.at(own - away).median() : std::nullopt;
        const auto below = own + away < kBands ? bands_.at(own + away).median() : std::nullopt;
        if (above && below) {
            return (*above + *below) / 2;
        }
        if (above || below) {
            return above ? above : below;
        }
    }
    return std::nullopt;
}

}  // namespace bongsu::behaviours
