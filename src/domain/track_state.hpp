#pragma once

#include "domain/track.hpp"

#include <string_view>

namespace bongsu {

/// tentative, confirmed or lost: what clients read.
std::string_view to_string(TrackState state);

}  // namespace bongsu
