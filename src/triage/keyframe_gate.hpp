#pragma once

#include "core/clock.hpp"
#include "domain/frame.hpp"
#include "domain/scene.hpp"
#include "triage/background.hpp"
#include "triage/global_change.hpp"
#include "triage/motion_regions.hpp"
#include "triage/view_meter.hpp"

#include <optional>
#include <span>
#include <vector>

namespace bongsu::triage {

struct GateSettings {
    BackgroundSettings background;
    RegionSettings regions;
    float global_share = 0.3F;      ///< changed cells above which a common cause is looked for
    float global_explained = 0.6F;  ///< share of cells that a change of light must explain
};

/// What one look of the gate found.
struct GateVerdict {
    bool is_learning =
        false;        ///< first picture, or the background starts anew: nothing can be said yet
    float score = 0;  ///< highest sqrt(z * movement) of any cell
    float moving_share = 0;    ///< of all cells, 0..1
    std::vector<Box> regions;  ///< where something moved, source pixels, padded and merged
    GlobalChange change = GlobalChange::None;
    ViewQuality quality;

    bool has_motion() const { return !regions.empty(); }

    /// Whether nothing can be told from this picture, so that a detector should look once to be
    /// safe.
    bool is_blind() const { return is_learning || change != GlobalChange::None; }
};

/// T1 of triage: compares one key frame, shrunk to 160x90 grey, with the camera's background and
/// with the previous key frame. A cell's score is sqrt(z * movement): z = distance from the
/// background in units of the cell's own noise, movement = distance from the previous picture in
/// grey levels; both averaged over the shape of a small person. A parked car has z without
/// movement, a waving tree movement with little z. Runs on: one thread at a time.
class KeyframeGate {
public:
    explicit KeyframeGate(GateSettings settings = {}, const std::vector<Polygon>& masks = {});

    /// Pictures of one camera in order of time. A new picture size starts the background anew.
    /// Movement inside `known` boxes (source pixels) is explained and gives no regions.
    GateVerdict look(const Frame& frame, std::span<const Box> known = {});

    /// For the next pictures, in place of `settings.regions.threshold`.
    void set_threshold(float threshold) { settings_.regions.threshold = threshold; }

    /// Tells that the detector found nothing in `regions` (source pixels of the last frame):
    /// movement there must be stronger next time, up to twice, fading with a time constant of five
    /// minutes.
    void discount(std::span<const Box> regions);

private:
    GateVerdict begin(const CellValues& picture, const Frame& frame);
    GlobalChange explain(
        const CellValues& picture, const CellValues& movement, float colour, LightComparison& light
    );
    void follow(GlobalChange change, const CellValues& picture, const LightComparison& light);
    void score(const CellValues& difference, const CellValues& movement, CellValues& scores) const;
    void silence(CellValues& scores, std::span<const Box> known) const;
    template <class F>
    void for_cells_of(const Box& box, F&& function) const;
    void fade_discounts(Duration elapsed);

    GateSettings settings_;
    CellValues weights_;  ///< 0 where masked, else 1
    Background background_;
    ViewMeter meter_;
    CellValues previous_;
    CellValues discount_;  ///< factor on the noise per cell, 1 and more
    float previous_colour_ = 0;
    std::optional<WallTime> last_;
    int width_ = 0;
    int height_ = 0;
};

}  // namespace bongsu::triage
