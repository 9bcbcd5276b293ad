#include "pipeline/inbox.hpp"

#include <utility>

namespace bongsu::pipeline {
namespace {

/// Cameras with "smart" codecs may send a key frame every ten seconds or more; the gate does not
/// wait for it.
constexpr Duration kLongGroup = std::chrono::seconds{4};
/// Looks into a group whose pictures are all decoded anyway; a little less than two seconds, as
/// pictures come in steps.
constexpr Duration kWalkedStep = std::chrono::milliseconds{1950};
/// Too soon after a look nothing new can be seen.
constexpr Duration kEarliest = std::chrono::milliseconds{500};
/// Unit sizes this far above the baseline keep every key frame from being thinned out.
constexpr float kUsual = 3;

}  // namespace

Inbox::Inbox(const AnalysisConfig& config)
    : units(config.held_bytes, static_cast<std::size_t>(config.held_units)),
      early_wake_(config.early_wake),
      thins_keyframes_(config.thins_keyframes) {}

Inbox::Wake Inbox::push(AccessUnitPtr unit, MonoTime now) {
    const WallTime taken = unit->wall;
    const bool is_key = unit->is_key;
    last_arrival = now;
    baseline.observe(unit->bytes->size(), is_key);
    units.push(std::move(unit));
    if (is_key) {
        last_key_ = taken;
        has_woken_in_group_ = false;
    }
    if (is_following) {
        return is_key || taken >= next_due ? Wake::Due : Wake::No;
    }
    if (is_key) {
        return is_thinned_out() ? Wake::No : Wake::Key;
    }
    if (is_worth_early_look(taken)) {
        has_woken_in_group_ = true;
        wants_early_look = true;
        return Wake::Early;
    }
    return Wake::No;
}

bool Inbox::is_thinned_out() {
    has_thinned_last_ = thins_keyframes_ && !has_thinned_last_ && baseline.excess() < kUsual;
    return has_thinned_last_;
}

bool Inbox::is_worth_early_look(WallTime taken) const {
    const Duration unseen = taken - last_look;
    if (unseen < kEarliest || units.size() == 0) {
        return false;
    }
    if (early_wake_ > 0 && !has_woken_in_group_ && baseline.excess() >= early_wake_) {
        return true;
    }
    if (is_walked && unseen >= kWalkedStep) {
        return true;
    }
    // Without a decoder that stays, each look decodes the group from its key frame on, so in long
    // groups looks become rarer: this keeps the decoding below three times that of a camera that is
    // followed.
    return unseen >= kLongGroup && unseen * 2 >= taken - last_key_;
}

bool Inbox::has_long_groups() const {
    return units.key_interval() >= kLongGroup || units.newest() - last_key_ >= kLongGroup;
}

}  // namespace bongsu::pipeline
