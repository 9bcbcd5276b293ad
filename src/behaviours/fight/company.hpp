#pragma once

#include "core/strong_id.hpp"
#include "domain/geometry.hpp"
#include "domain/scene.hpp"

#include <vector>

namespace bongsu::behaviours::fight {

/// Somebody who could touch somebody else, and the part of the picture to look at for what they do.
struct Company {
    Box body;  ///< a square of one body height around the middle of his body; pixels
    Box box;   ///< around him and those within reach
    std::vector<TrackId> people;  ///< he first; only he: his box is too wide for a single person
    float stir = 0;               ///< how much moves around him; 1: just worth a second look
};

struct CompanyRules {
    float near = 1;        ///< gap between two people, body heights
    float min_score = 0;   ///< of tracks
    float min_height = 0;  ///< of people, pixels
};

/// The restless companies of a scene, most restless first; none of them around the middle of
/// another. Everything needed is in the scene: who is near whom, how the boxes change, where the
/// gate sees movement.
std::vector<Company> restless_companies(const Scene& scene, const CompanyRules& rules);

}  // namespace bongsu::behaviours::fight
