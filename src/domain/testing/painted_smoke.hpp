#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

namespace bongsu::testing {

/// Smoke to be painted over pictures, for tests and figures: puffs that rise from one place, spread
/// and thin out, with swirls that are carried along. No physics beyond that, so figures on it must
/// say that it is painted. Lengths are shares of the picture's height.
struct PaintedSmoke {
    Point source{0.5F, 0.8F};  ///< shares of the picture's width and height
    float width = 0.03F;       ///< of the plume where it leaves its source
    float spread = 0.02F;      ///< it widens by so much a second
    float rise = 0.08F;        ///< upwards a second; negative: sinks
    float wind = 0.02F;        ///< to the right a second
    float density = 0.7F;      ///< how much of the background it hides at most, 0..1
    int shade = 170;           ///< its luma
    float swirl = 0.7F;        ///< how uneven it is, 0..1
    double begins = 0;         ///< seconds
    double ends = 1e9;         ///< from then on nothing new leaves the source
    double lasts = 12;         ///< seconds until a puff has thinned out
    double grows = 4;          ///< seconds until the source gives all it has
};

/// A copy of the picture with the smoke over it as it is at `time`, seconds. The same time gives
/// the same smoke.
Frame paint(const Frame& frame, const PaintedSmoke& smoke, double time);

/// A copy with nearly Gaussian noise in luma, `deviation` grey levels.
Frame add_noise(const Frame& frame, float deviation, unsigned seed);

/// An even or patterned picture to paint on: bricks of two grey levels `contrast` apart around
/// `luma`, slightly coloured; `contrast` 0 is an even wall.
struct Wall {
    int width = 320;
    int height = 180;
    int luma = 110;
    int contrast = 30;
    int brick = 10;  ///< pixels
};

Frame paint_wall(const Wall& wall);

}  // namespace bongsu::testing
