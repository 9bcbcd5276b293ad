#include "behaviours/still_things/cover.hpp"

#include <algorithm>
#include <cstddef>

namespace bongsu::behaviours::still_things {
namespace {

/// How far shadows reach that are not learnt, in heights of the box.
constexpr float kAround = 0.25F;

}  // namespace

void mark(const CellRange& range, std::uint8_t value, std::vector<std::uint8_t>& cells) {
    for (int y = range.top; y <= range.bottom; ++y) {
        const auto row = cells.begin() + static_cast<std::ptrdiff_t>(y) * kColumns;
        std::fill(row + range.left, row + range.right + 1, value);
    }
}

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
