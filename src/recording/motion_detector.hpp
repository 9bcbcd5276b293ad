#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <cstdint>
#include <vector>

namespace bongsu::recording {

/// Compares a region of key pictures with a slowly learnt background, on a coarse grid of mean luma
/// (so that noise, rain and compression average out). The overall brightness is taken out first:
/// lamps and clouds are no motion. Runs on: one thread.
class MotionDetector {
public:
    /// `region` normalised, empty: everything. `sensitivity` 0..1.
    MotionDetector(Polygon region, float sensitivity);

    /// Share of the region that differs, 0..1. The first picture, and one of another size, only
    /// teaches.
    float look(const Frame& frame);

    /// From this share on it is motion.
    float threshold() const { return least_share_; }

private:
    void lay_out(const Frame& frame);
    std::vector<float> measure(const Frame& frame) const;
    void learn(const std::vector<float>& cells, const std::vector<bool>& differs);

    const Polygon region_;
    const float least_share_;
    const float least_levels_;
    int width_ = 0;
    int height_ = 0;

    struct Cell {
        int x = 0;  ///< top left pixel
        int y = 0;
    };

    int cell_side_ = 0;  ///< pixels
    std::vector<Cell> cells_;
    std::vector<float> background_;  ///< grey levels
    std::vector<float> noise_;       ///< usual distance from it
};

}  // namespace bongsu::recording
