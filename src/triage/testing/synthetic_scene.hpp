#pragma once

#include "domain/frame.hpp"

#include <cstdint>
#include <random>
#include <vector>

namespace bongsu::triage::testing {

/// A made-up camera picture: a fixed texture under sensor noise, on which tests paint. The same
/// seed gives the same pictures.
class SyntheticScene {
public:
    SyntheticScene(int width, int height, std::uint32_t seed = 1);

    double noise = 2;        ///< standard deviation of the sensor noise, grey levels
    double gain = 1;         ///< of the light
    double offset = 0;       ///< of the light, grey levels
    bool has_colour = true;  ///< false: infrared mode, chroma is grey
    int shift_x = 0;         ///< pixels that the camera points beside its place
    int shift_y = 0;

    /// A rectangle painted before light and noise.
    struct Thing {
        int x = 0;
        int y = 0;
        int width = 0;
        int height = 0;
        double luma = 0;
    };

    std::vector<Thing> things;

    /// The picture at `wall`, with fresh noise.
    Frame picture(WallTime wall);

private:
    int width_;
    int height_;
    std::mt19937 random_;
    std::vector<float> texture_;  ///< larger than the picture by kMargin on each side
    std::vector<float> grain_;    ///< normal numbers, read from a random place on per row
};

}  // namespace bongsu::triage::testing
