#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <optional>
#include <span>

namespace bongsu::verifiers::fire {

/// How what has the colour of flames within a part of the picture behaves over a second or two.
struct Flicker {
    float inner = 0;       ///< change of luma from picture to picture where it stays flame-coloured
    float outside = 0;     ///< change of luma of the whole picture: noise, shaking, passing light
    float toggling = 0;    ///< 0..1: how often its places come and go; 1: each half of the time
    float drift = 0;       ///< farthest way of its centre, in longer sides of the part
    float steadiness = 0;  ///< its smallest by its largest area, 0..1
    float glow = 0;  ///< share of its places, 0..1, that are much brighter than the picture, or
                     ///< bright and deep in colour
    float sway =
        0;          ///< farthest way of the whole picture, pixels; all above is measured without it
    Point heart{};  ///< the middle of all that change, pixels of the picture
};

/// How the camera itself sways is taken off first: edges of still things must not flicker for it.
/// Nothing when the pictures do not reach back 0.7 s, when fewer than five of them are usable, or
/// when nothing in the part has the colour of flames (domain/flame_colour.hpp).
std::optional<Flicker> measure_flicker(std::span<const Frame> recent, const Box& where);

/// 0..1. Flames boil inside while their place and size hardly change; a thing that is carried by
/// drifts, a lamp that blinks comes and goes whole, a still red thing only trembles with the noise;
/// skin and cloth do not glow.
/// `is_unsure`: the picture itself says little. Then, and where the camera sways, they must keep
/// their size while their shape comes and goes.
float like_flames(const Flicker& flicker, bool is_unsure);

}  // namespace bongsu::verifiers::fire
