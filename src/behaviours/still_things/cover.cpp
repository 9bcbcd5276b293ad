#include "behaviours/still_things/cover.hpp"

#include "behaviours/still_things/small_picture.hpp"

#include <algorithm>
#include <cstddef>

namespace bongsu::behaviours::still_things {
namespace {

/// How far shadows reach that are not learnt, in heights of the box.
constexpr float kAround = 0.25F;

void mark(const CellRange& range, std::uint8_t cover, std::vector<std::uint8_t>& covered) {
    for (int y = range.top; y <= range.bottom; ++y) {
        const auto row = covered.begin() + static_cast<std::ptrdiff_t>(y) * kColumns;
        std::fill(row + range.left, row + range.right + 1, cover);
    }
}

}  // namespace

void mark_covered(const Scene& scene, std::vector<std::uint8_t>& covered) {
    covered.assign(kCells, kOpen);
    const auto is_solid = [](const Track& track) {
        return track.cls != ObjectClass::Bag && track.state != TrackState::Tentative;
    };
    for (const Track& track : scene.tracks) {
        if (is_solid(track)) {
            const Box around = padded(track.box, kAround * track.box.h);
            mark(cells_of(around, scene.width, scene.height), kBeside, covered);
        }
    }
    for (const Track& track : scene.tracks) {
        if (is_solid(track)) {
            mark(cells_of(track.box, scene.width, scene.height), kHidden, covered);
        }
    }
}

}  // namespace bongsu::behaviours::still_things
