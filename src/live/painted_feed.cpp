#include "live/painted_feed.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::live {
namespace {

constexpr std::size_t kMostWaiting = 64;   // units; more would be old before they are painted
constexpr std::size_t kMostCatchUp = 150;  // painted before a first viewer sees one
constexpr std::int64_t kLongestReorder = 2 * 90'000;  // ticks; further back is a new run

}  // namespace

PaintedFeed::PaintedFeed(
    exec::WorkerPool& pool,
    StreamRole role,
    std::shared_ptr<const FeedParts> parts,
    const PictureFeed::Making& making,
    Counter& fragments
)
    : FragmentFeed(pool, role, std::move(parts), fragments, kMostWaiting), making_(making) {}

void PaintedFeed::on_first_join(const HeldUnits& held) {
    // The hub asked for a place just now: whoever took it meanwhile makes one stream too many.
    has_place_ = making_.budget.take();
    repainter_.emplace(media::Repaint{.max_width = making_.config.painted_width});
    if (held.units.size() <= kMostCatchUp) {
        FragmentFeed::on_first_join(held);
    } else {
        FragmentFeed::on_first_join({.units = {held.units.front()}, .is_whole = false});
        needs_key_ = true;
    }
}

void PaintedFeed::on_unit(const AccessUnitPtr& unit, bool is_held) {
    if (unit->sequence <= last_source_) {
        sequence_ = 0;
        last_shown_.reset();
        needs_key_ = true;
    }
    last_source_ = unit->sequence;
    if (needs_key_ && !unit->is_key) {
        return;
    }
    needs_key_ = false;
    if (const AccessUnitPtr painted = paint(unit)) {
        FragmentFeed::on_unit(painted, is_held);
    }
}

AccessUnitPtr PaintedFeed::paint(const AccessUnitPtr& unit) {
    origins_[next_origin_++ % origins_.size()] = unit;
    repainter_->change_areas(parts().private_masks());
    const auto frame = repainter_->paint(*unit);
    if (!frame) {
        making_.failures.add();
        needs_key_ = true;
        return nullptr;
    }
    const AccessUnitPtr origin = *frame ? origin_of(**frame) : nullptr;
    if (!origin || is_late(*origin)) {
        return nullptr;
    }
    auto picture = repainter_->encode(**frame, origin->is_key);
    if (!picture) {
        making_.failures.add();
        needs_key_ = true;
        return nullptr;
    }
    making_.pictures.add();
    last_shown_ = origin->media_time;
    auto painted = std::make_shared<AccessUnit>(*origin);
    painted->sequence = ++sequence_;
    painted->is_key = picture->is_key;
    painted->parameters = picture->parameters;
    painted->bytes = std::make_shared<const std::vector<std::uint8_t>>(std::move(picture->bytes));
    return painted;
}

AccessUnitPtr PaintedFeed::origin_of(const Frame& frame) const {
    const auto found = std::ranges::find_if(origins_, [&frame](const AccessUnitPtr& unit) {
        return unit && unit->wall == frame.wall;
    });
    return found == origins_.end() ? nullptr : *found;
}

bool PaintedFeed::is_late(const AccessUnit& origin) const {
    return last_shown_ && origin.media_time <= *last_shown_ &&
           *last_shown_ - origin.media_time < kLongestReorder;
}

void PaintedFeed::on_idle() {
    FragmentFeed::on_idle();
    if (std::exchange(has_place_, false)) {
        making_.budget.give_back();
    }
    repainter_.reset();
    origins_ = {};
    last_shown_.reset();
    last_source_ = 0;
    sequence_ = 0;
    needs_key_ = true;
}

}  // namespace bongsu::live
