#pragma once

#include "domain/track.hpp"
#include "domain/zone.hpp"

#include <span>
#include <string>
#include <vector>

namespace bongsu::annotation {

/// A box that deserves the eye, such as the cause of an incident.
struct Highlight {
    Box box;            ///< pixels of the source frame; empty: the whole picture
    int gravity = 3;    ///< 1-5, decides the colour
    std::string label;  ///< ASCII
};

/// What is drawn over a picture. Views only: must outlive the drawing.
struct Overlay {
    std::span<const Zone> zones;
    std::span<const Track> tracks;
    std::vector<Highlight> highlights;
    std::string caption;  ///< ASCII, one line at the top left
};

}  // namespace bongsu::annotation
