#include "behaviours/smoke/plume.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bongsu::behaviours::smoke {
namespace {

/// A patch over so much of the source is the same smoke.
constexpr float kOverSource = 0.25F;
/// So does one of which half lies where the smoke was before: it falls apart and comes together.
constexpr float kOverPlume = 0.5F;
constexpr float kSourceMargin = 1;  // tiles
/// What is remembered of how it was seen.
constexpr Duration kMemory = std::chrono::seconds{30};
constexpr std::size_t kMostSightings = 150;
/// Of the pictures of late it must be seen in so many. Of all since it began would be too much: the
/// first puffs come and go.
constexpr double kMostlySeen = 0.5;
/// It grows by so much over what it was at first, and at the end is no less than a third of its
/// largest.
constexpr float kGrows = 1.5F;
constexpr float kKeeps = 0.35F;
/// The second look needs pictures of some seconds, and does not learn anything new every moment.
constexpr Duration kFirstAsked = std::chrono::seconds{2};
constexpr Duration kBetweenAsking = std::chrono::milliseconds{500};
constexpr Duration kBetweenAskingKnown = std::chrono::seconds{2};
/// Smoke boils while it spreads and may hang still when it has filled its place, so that not all of
/// the answers of five seconds need be yes. What boils but does not grow, as steam from a vent, is
/// not followed for ever either; and the second look may be busy with others for a while.
constexpr InquiryLimits kLimits{
    .answers = 10,
    .yes = 4,
    .patience = 24,
    .patience_when_sure = 120,
    .silences = 60,
    .first_rest = std::chrono::seconds{10},
    .most_doublings = 4,
};
constexpr Duration kForget = std::chrono::seconds{4};

float tiles_within(const Patch& patch, const Box& box) {
    const auto count = std::ranges::count_if(patch.tiles, [&](std::size_t tile) {
        const auto x = static_cast<float>(tile % kTileColumns) + 0.5F;
        const std::size_t row = tile / kTileColumns;
        const float y = static_cast<float>(row) + 0.5F;
        return x > box.x && x < box.right() && y > box.y && y < box.bottom();
    });
    return static_cast<float>(count);
}

}  // namespace

Plume::Plume(const Patch& patch, WallTime now)
    : Suspicion(kLimits),
      source_(padded(patch.box, kSourceMargin)),
      first_(now),
      first_tiles_(patch.tiles.size()) {
    see(patch, now);
}

bool Plume::is(const Patch& patch) const {
    const auto tiles = static_cast<float>(patch.tiles.size());
    return tiles_within(patch, source_) >= kOverSource * static_cast<float>(first_tiles_) ||
           tiles_within(patch, patch_.box) >= kOverPlume * tiles;
}

void Plume::see(const Patch& patch, WallTime now) {
    if (seen_ == now) {
        add(patch);
        sightings_.back().tiles = patch_.tiles.size();
        return;
    }
    patch_ = patch;
    seen_ = now;
    ++sights_;
    note(patch.tiles.size(), now);
}

void Plume::add(const Patch& patch) {
    const auto share = static_cast<float>(patch.tiles.size()) /
                       static_cast<float>(patch.tiles.size() + patch_.tiles.size());
    patch_.clearness = std::lerp(patch_.clearness, patch.clearness, share);
    patch_.shade = std::lerp(patch_.shade, patch.shade, share);
    patch_.box = enclosing(patch_.box, patch.box);
    patch_.tiles.insert(patch_.tiles.end(), patch.tiles.begin(), patch.tiles.end());
}

void Plume::miss(WallTime now) {
    note(0, now);
}

void Plume::note(std::size_t tiles, WallTime now) {
    sightings_.push_back({now, tiles});
    while (sightings_.size() > kMostSightings || now - sightings_.front().time > kMemory) {
        sightings_.pop_front();
    }
}

bool Plume::is_forgotten(WallTime now) const {
    return now - seen_ > kForget;
}

bool Plume::is_due(WallTime now) const {
    if (now - first_ < kFirstAsked || is_resting(now) || seen_ != now) {
        return false;
    }
    const bool is_known = episode != EpisodeId{};
    return now - inquiry_.heard() >= (is_known ? kBetweenAskingKnown : kBetweenAsking);
}

bool Plume::has_grown() const {
    std::vector<std::size_t> sizes;
    for (const Sighting& sighting : sightings_) {
        if (sighting.tiles > 0) {
            sizes.push_back(sighting.tiles);
        }
    }
    if (sizes.empty()) {
        return false;
    }
    const auto now = static_cast<float>(patch_.tiles.size());
    // Not the very largest: one picture may join it with something else.
    const auto high = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 9 / 10);
    std::ranges::nth_element(sizes, high);
    const auto largest = static_cast<float>(*high);
    return largest >= kGrows * static_cast<float>(first_tiles_) && now >= kKeeps * largest;
}

bool Plume::was_mostly_seen(WallTime since) const {
    const auto begin = std::ranges::lower_bound(sightings_, since, {}, &Sighting::time);
    const auto seen = std::count_if(begin, sightings_.end(), [](const Sighting& sighting) {
        return sighting.tiles > 0;
    });
    return static_cast<double>(seen) >= kMostlySeen * static_cast<double>(sightings_.end() - begin);
}

bool Plume::is_confirmed(Duration after, WallTime now) const {
    if (now - first_ < after || seen_ != now || !inquiry_.is_sure()) {
        return false;
    }
    return was_mostly_seen(now - after) && has_grown();
}

float Plume::confidence() const {
    return inquiry_.surest(static_cast<std::size_t>(kLimits.yes));
}

Box Plume::heart(float side) const {
    const Box& all = patch_.box;
    const float width = std::min(side, all.w);
    const float height = std::min(side, all.h);
    const Point source = source_.centre();
    return {
        std::clamp(source.x - width / 2, all.x, all.right() - width),
        std::clamp(source_.bottom() - height, all.y, all.bottom() - height),
        width,
        height
    };
}

}  // namespace bongsu::behaviours::smoke
