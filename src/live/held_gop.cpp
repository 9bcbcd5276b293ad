#include "live/held_gop.hpp"

namespace bongsu::live {
namespace {

constexpr std::size_t kMostUnits = 2'000;  // over a minute at 30 pictures per second

std::int64_t size_of(const AccessUnit& unit) {
    return static_cast<std::int64_t>(unit.bytes->size());
}

}  // namespace

bool HeldGop::push(const AccessUnitPtr& unit) {
    if (unit->is_key) {
        clear();
        is_whole_ = hold(unit);
        return is_whole_;
    }
    if (!is_whole_) {
        return true;
    }
    if (hold(unit)) {
        return true;
    }
    keep_only_key();
    return false;
}

bool HeldGop::hold(const AccessUnitPtr& unit) {
    const std::int64_t size = size_of(*unit);
    if (bytes_ + size > most_ || units_.size() >= kMostUnits || !budget_.take(size)) {
        return false;
    }
    bytes_ += size;
    units_.push_back(unit);
    return true;
}

void HeldGop::keep_only_key() {
    is_whole_ = false;
    if (units_.empty()) {
        return;
    }
    const std::int64_t key = size_of(*units_.front());
    budget_.give_back(bytes_ - key);
    bytes_ = key;
    units_.resize(1);
}

void HeldGop::clear() {
    budget_.give_back(bytes_);
    bytes_ = 0;
    units_.clear();
    is_whole_ = false;
}

}  // namespace bongsu::live
