#pragma once

#include "core/settings.hpp"
#include "domain/geometry.hpp"
#include "domain/scene.hpp"

#include <array>
#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace bongsu::behaviours {

/// How tall a standing person is in two rows of the picture, all as shares of its height. Given by
/// hand, it overrides what is learnt.
struct GroundPlane {
    float far_row = 0;
    float far_height = 0;
    float near_row = 0;
    float near_height = 0;

    bool is_given() const { return near_height > 0; }
};

/// The rows of settings for a ground plane.
std::vector<FieldSpec> ground_plane_fields();
/// InvalidArgument when only a part is given or the rows are equal.
Result<GroundPlane> parse_ground_plane(const Settings& settings, std::string_view path);

/// How tall people are who stand with their feet in a given row, learnt from those who walk
/// through the picture upright: the median per band of rows. Part of a behaviour's memory of one
/// camera.
class SizeMap {
public:
    /// Learns from the detections of this scene; `plane`, when given, holds from now on.
    void learn(const Scene& scene, const GroundPlane& plane);

    /// Pixels; nothing when too little was seen near this row (in pixels, of the feet).
    std::optional<float> height_at(float row) const;

private:
    static constexpr std::size_t kBands = 16;

    struct Band {
        std::deque<float> heights;  ///< the latest ones

        std::optional<float> median() const;
    };

    std::size_t band_of(float row) const;

    GroundPlane plane_;
    float picture_height_ = 0;
    std::array<Band, kBands> bands_{};
};

}  // namespace bongsu::behaviours
