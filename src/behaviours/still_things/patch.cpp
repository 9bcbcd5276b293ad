#include "behaviours/still_things/patch.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace bongsu::behaviours::still_things {
namespace {

constexpr float kLeastVisible = 0.4F;
constexpr float kLeastAlike = 0.6F;

}  // namespace

Patch::Patch(const StillRegion& region, const StillGround& ground) : cells_(region.cells) {
    before_.reserve(cells_.size());
    look_.reserve(cells_.size());
    for (const std::size_t cell : cells_) {
        before_.push_back(colour_at(ground.before(), cell));
        look_.push_back(colour_at(ground.now(), cell));
    }
}

Patch::Colour Patch::colour_at(const SmallPicture& picture, std::size_t cell) {
    const std::size_t colour = colour_of(cell);
    return {picture.luma[cell], picture.u[colour], picture.v[colour]};
}

bool Patch::is_same(Colour a, Colour b, Tolerance most) {
    return std::abs(a.luma - b.luma) <= most.luma &&
           std::abs(a.u - b.u) + std::abs(a.v - b.v) <= most.colour;
}

Patch::Sight Patch::look(const StillGround& ground, std::span<const std::uint8_t> covered) {
    const Tolerance most = ground.other();
    std::size_t visible = 0;
    std::size_t alike = 0;
    std::size_t undone = 0;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (covered[cells_[i]] == kHidden) {
            continue;
        }
        const Colour now = colour_at(ground.now(), cells_[i]);
        ++visible;
        undone += is_same(now, before_[i], most) ? 1 : 0;
        if (is_same(now, look_[i], most)) {
            ++alike;
            look_[i].luma = static_cast<std::uint8_t>(
                look_[i].luma + (now.luma > look_[i].luma ? 1 : 0) -
                (now.luma < look_[i].luma ? 1 : 0)
            );
        }
    }
    const auto share = [](std::size_t part, std::size_t whole) {
        return static_cast<float>(part) / static_cast<float>(std::max<std::size_t>(whole, 1));
    };
    if (share(visible, cells_.size()) < kLeastVisible) {
        return Sight::Hidden;
    }
    const bool is_alike = share(alike, visible) >= kLeastAlike;
    const bool is_undone = share(undone, visible) >= kLeastAlike;
    if (is_alike && is_undone) {
        return Sight::Faint;
    }
    return is_alike ? Sight::Still : is_undone ? Sight::Undone : Sight::Other;
}

float Patch::overlap(const std::vector<std::uint16_t>& cells) const {
    std::vector<std::uint16_t> both;
    std::ranges::set_intersection(cells_, cells, std::back_inserter(both));
    const std::size_t smaller = std::max<std::size_t>(1, std::min(cells_.size(), cells.size()));
    return static_cast<float>(both.size()) / static_cast<float>(smaller);
}

}  // namespace bongsu::behaviours::still_things
