#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/frame.hpp"
#include "domain/second_look.hpp"
#include "domain/track.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bongsu {

/// How far up the triage ladder a camera is looked at (architecture, section on triage).
enum class TriageLevel { T0, T1, T2, T3 };
std::string_view to_string(TriageLevel level);

/// What the picture itself says about the camera's ability to see. All measured on a small grey
/// copy.
struct ViewQuality {
    float mean_luma = 0;              ///< 0..255
    float contrast = 0;               ///< standard deviation of luma, 0..128
    float sharpness = 0;              ///< mean absolute Laplacian, grey levels
    float background_similarity = 1;  ///< edge correlation with the learnt background, -1..1
    float change = 0;  ///< mean absolute difference to the previous looked-at picture, grey levels
    bool is_identical = false;  ///< bit for bit the same picture as before
};

/// Signal state of the camera as ingest knows it.
enum class SignalState { Up, Lost };

/// Everything that a behaviour may look at: one camera at one instant. Valid only during the call.
struct Scene {
    CameraId camera;
    WallTime time;
    Duration time_uncertainty{};
    int width = 0;  ///< of the source picture, pixels; 0 when no picture has come yet
    int height = 0;
    SignalState signal = SignalState::Up;
    TriageLevel level = TriageLevel::T1;
    bool has_detections =
        false;  ///< the detector ran on this picture (else tracks are predicted or absent)
    std::span<const Track> tracks;
    std::optional<ViewQuality> quality;
    const Frame* frame = nullptr;  ///< null when there is no picture
    /// Where the gate saw movement, pixels of the source; empty also when the gate did not look.
    std::span<const Box> moving{};
    SecondLook* second_look = nullptr;  ///< null: there is none (replays without pictures)
};

}  // namespace bongsu
