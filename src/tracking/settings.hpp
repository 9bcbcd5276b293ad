#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"

#include <string_view>

namespace bongsu::tracking {

/// How one camera's tracker behaves. Scores are on the detector's own scale; the defaults fit the
/// detector that comes with the product. Give the detector `low_score` as its least score, else
/// weak detections never reach the tracker.
struct TrackerSettings {
    float low_score = 0.20F;         ///< detections from here on may continue a track
    float high_score = 0.50F;        ///< from here on they are paired first
    float birth_score = 0.50F;       ///< a new track needs one detection of this score
    float sure_score = 0.60F;        ///< from here on a detection counts fully as evidence
    float instant_score = 0.75F;     ///< an isolated newcomer of this score is believed at once
    float first_look_score = 0.55F;  ///< the same at the first look, when nobody entered just now
    int confirm_hits = 2;            ///< full detections that make a track believed ...
    Duration confirm_after = std::chrono::milliseconds{150};  ///< ... or fewer, this far apart
    Duration tentative_for = std::chrono::milliseconds{350};  ///< an unconfirmed one may be unseen
    Duration lost_for = std::chrono::seconds{2};              ///< a confirmed one may be unseen
    Duration stationary_after = std::chrono::seconds{10};
    float stationary_radius = 0.25F;  ///< lengths of the object's longer side
    float smallest_height = 0;        ///< pixels; lower objects start no track
    float appearance_weight = 2;      ///< 0: looks are not used
    int history_length = 256;         ///< points
};

/// The rows of `tracking:` in the configuration.
const SettingsSchema& tracker_schema();

/// Reads what the schema accepted. Fails when low_score is above high_score.
Result<TrackerSettings> tracker_settings(const Settings& settings, std::string_view path);

}  // namespace bongsu::tracking
