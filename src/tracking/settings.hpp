#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"

#include <string_view>

namespace bongsu::tracking {

/// How objects move and how well boxes are measured. Lengths are in heights of the object (its
/// longer side), so that near and far objects are treated alike.
struct MotionNoise {
    double position = 0.06;     ///< standard deviation of a measured foot point
    double size = 0.10;         ///< of a measured width or height
    double agility = 0.6;       ///< change of speed within one second, heights per second
    double size_agility = 0.3;  ///< change of the speed of growth within one second
    double first_speed = 1.0;   ///< standard deviation of the speed of a new object
    double coasting = 1.5;      ///< seconds in which the speed of an unseen object falls to 37 %
};

struct TrackerSettings {
    float high_score = 0.45F;     ///< detections from here on are paired first and may start tracks
    float low_score = 0.20F;      ///< detections from here on may continue a track
    float birth_score = 0.50F;    ///< a new track needs one detection of this score
    float instant_score = 0.75F;  ///< an isolated detection of this score is believed at once
    int confirm_hits = 3;         ///< detections that confirm a track
    Duration confirm_after =
        std::chrono::milliseconds{400};  ///< two detections this far apart do too
    Duration tentative_for =
        std::chrono::milliseconds{500};           ///< an unconfirmed track may be unseen
    Duration lost_for = std::chrono::seconds{3};  ///< a confirmed track may be unseen
    Duration stationary_after = std::chrono::seconds{10};
    float stationary_radius = 0.25F;  ///< heights
    float appearance_weight = 0.4F;   ///< 0: appearance is not used
    int history_length = 256;         ///< points
    MotionNoise noise;
};

/// The rows of `tracking:` in the configuration.
const SettingsSchema& tracker_schema();

/// Reads what the schema accepted. Fails when the scores are not in order.
Result<TrackerSettings> tracker_settings(const Settings& settings, std::string_view path);

}  // namespace bongsu::tracking
