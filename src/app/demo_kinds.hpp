#pragma once

#include "domain/camera.hpp"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace bongsu::app {

/// Which of the program's behaviours a run of the demo showed. Each list is in alphabetical order.
struct DemoKinds {
    std::vector<std::string> seen;
    std::vector<std::string> missed;       ///< a camera watches for it, and no event came
    std::vector<std::string> not_watched;  ///< no camera of the demo watches for it

    /// Up to three lines, one for each list that is not empty.
    std::string to_text() const;
};

/// `raised`: the kinds of the events that came.
DemoKinds demo_kinds(std::span<const CameraConfig> cameras, const std::set<std::string>& raised);

}  // namespace bongsu::app
