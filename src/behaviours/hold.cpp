#include "behaviours/hold.hpp"

#include <algorithm>

namespace bongsu::behaviours {
namespace {

/// Two Yes further apart than this, or than the waiting time, do not make one stretch of time.
constexpr Duration kLongestBlind = std::chrono::seconds{10};

}  // namespace

Hold::Change Hold::update(WallTime now, Verdict verdict, const Times& times) {
    return is_on_ ? stay(now, verdict, times) : wait(now, verdict, times);
}

Hold::Change Hold::wait(WallTime now, Verdict verdict, const Times& times) {
    if (verdict == Verdict::Unknown) {
        return Change::None;
    }
    if (verdict == Verdict::No) {
        if (last_yes_ && now - *last_yes_ > times.tolerated_no) {
            since_.reset();
        }
        return Change::None;
    }
    const bool is_stale = last_yes_ && now - *last_yes_ > std::max(times.after, kLongestBlind);
    if (!since_ || is_stale) {
        since_ = now;
        samples_ = 0;
    }
    last_yes_ = now;
    ++samples_;
    if (now - *since_ < times.after || samples_ < times.samples) {
        return Change::None;
    }
    is_on_ = true;
    no_since_.reset();
    return Change::Began;
}

Hold::Change Hold::stay(WallTime now, Verdict verdict, const Times& times) {
    if (verdict == Verdict::Yes) {
        no_since_.reset();
    }
    if (verdict != Verdict::No) {
        return Change::None;
    }
    no_since_ = no_since_.value_or(now);
    if (now - *no_since_ < times.clear_after) {
        return Change::None;
    }
    is_on_ = false;
    since_.reset();
    last_yes_.reset();
    return Change::Ended;
}

}  // namespace bongsu::behaviours
