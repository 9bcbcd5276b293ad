#include "behaviours/smoke/plume.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numeric>
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
/// Of the pictures since it began, it must be seen in so many.
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
/// the answers of five seconds need be yes.
constexpr std::size_t kAnswers = 10;
constexpr std::ptrdiff_t kYes = 4;
/// After so many answers without being sure it rests, each time twice as long.
constexpr int kPatience = 24;
/// Nor is what boils but does not grow followed for ever.
constexpr int kPatienceWithSteam = 120;
/// The second look may be busy with others for a while; without any answer for long it cannot tell.
constexpr int kMostSilences = 60;
constexpr Duration kRest = std::chrono::seconds{10};
constexpr int kLongestRest = 4;

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
    : source_(padded(patch.box, kSourceMargin)), first_(now), first_tiles_(patch.tiles.size()) {
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

void Plume::hear(float answer, float threshold, WallTime now) {
    asked_ = now;
    const bool is_yes = answer >= threshold;
    answers_.push_back({answer, is_yes});
    if (answers_.size() > kAnswers) {
        answers_.pop_front();
    }
    affirmed_ = is_yes ? now : affirmed_;
    const bool is_boiling = std::ranges::count_if(answers_, &Answer::is_yes) >= kYes;
    if (++heard_ >= (is_boiling ? kPatienceWithSteam : kPatience)) {
        rest(now);
    }
}

void Plume::hear_nothing(WallTime now) {
    if (++silences_ >= kMostSilences) {
        rest(now);
    }
}

void Plume::rest(WallTime now) {
    if (episode != EpisodeId{}) {
        return;
    }
    rests_until_ = now + kRest * (1 << std::min(rests_, kLongestRest));
    ++rests_;
    heard_ = 0;
    silences_ = 0;
    answers_.clear();
}

bool Plume::is_due(WallTime now) const {
    if (now - first_ < kFirstAsked || is_resting(now) || seen_ != now) {
        return false;
    }
    const bool is_known = episode != EpisodeId{};
    return now - asked_ >= (is_known ? kBetweenAskingKnown : kBetweenAsking);
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

bool Plume::is_confirmed(Duration after, WallTime now) const {
    const auto yes = std::ranges::count_if(answers_, &Answer::is_yes);
    if (now - first_ < after || seen_ != now || yes < kYes) {
        return false;
    }
    const auto seen = std::ranges::count_if(sightings_, [](const Sighting& sighting) {
        return sighting.tiles > 0;
    });
    const bool is_steady =
        static_cast<double>(seen) >= kMostlySeen * static_cast<double>(sightings_.size());
    return is_steady && has_grown();
}

float Plume::confidence() const {
    std::vector<float> sure;
    std::ranges::transform(answers_, std::back_inserter(sure), &Answer::sure);
    std::ranges::sort(sure, std::greater{});
    sure.resize(std::min<std::size_t>(sure.size(), kYes));
    const float sum = std::accumulate(sure.begin(), sure.end(), 0.F);
    return sure.empty() ? 0 : sum / static_cast<float>(sure.size());
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
