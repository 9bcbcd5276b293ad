#pragma once

#include "core/clock.hpp"
#include "domain/detection.hpp"
#include "domain/frame.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::vision {

struct StillGateRules {
    float sure_score = 0.5F;    ///< from here on a detection is believed wherever it is
    float noise = 12.F;         ///< grey levels that count as a change
    float min_changed = 0.15F;  ///< share of the box that must have changed
    float rate = 2.F;           ///< grey levels per second that the background follows the picture
};

/// Drops doubtful detections on things that never move. Signs, cones and rocks look a little like
/// people (scores up to 0.5) and do so in every picture; a person at that score differs from what
/// was there before. The background is a small grey picture that follows each cell's median by
/// small steps, so somebody who stands still is part of it only after half a minute or more, and
/// only detections below `sure_score` depend on it. Changes of the whole picture's brightness do
/// not count. One per camera. Runs on: the camera's serial queue.
class StillGate {
public:
    explicit StillGate(StillGateRules rules = {});

    /// Judges the detections, then learns from the frame. Frames may come at any rate; the first
    /// one, and the first after a change of size, has no background: only sure detections pass.
    /// `known`: boxes of objects that are followed already, where a doubtful detection is believed
    /// although it stands still, so that nobody is lost for waiting.
    std::vector<Detection> filter(
        const Frame& frame, std::vector<Detection> detections, std::span<const Box> known = {}
    );

private:
    std::vector<float> shrink(const Frame& frame) const;
    /// Marks which cells differ from the background.
    std::vector<std::uint8_t> changed_cells(const std::vector<float>& grey) const;
    float changed_share(const std::vector<std::uint8_t>& changed, const Box& box) const;
    void learn(const std::vector<float>& grey, WallTime now);

    StillGateRules rules_;
    int width_ = 0;  ///< of the frames
    int height_ = 0;
    int columns_ = 0;
    int rows_ = 0;
    std::vector<float> background_;
    std::optional<WallTime> last_;
};

}  // namespace bongsu::vision
