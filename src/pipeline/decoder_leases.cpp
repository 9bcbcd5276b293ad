#include "pipeline/decoder_leases.hpp"

#include <algorithm>
#include <limits>

namespace bongsu::pipeline {

DecoderLease::DecoderLease(DecoderLeases& leases, int gravity, media::DecoderOptions options)
    : decoder(options), leases_(leases), gravity_(gravity) {}

DecoderLease::~DecoderLease() {
    leases_.give_back(this);
}

DecoderLeases::DecoderLeases(int most, media::DecoderOptions options)
    : most_(static_cast<std::size_t>(std::max(1, most))),
      most_recalled_(std::max<std::size_t>(1, most_ / 8)),
      options_(options) {
    in_use_.reserve(most_ + most_recalled_);
}

std::unique_ptr<DecoderLease> DecoderLeases::try_take(int gravity) {
    const std::scoped_lock lock(mutex_);
    if (in_use_.size() < most_ || recall_below(gravity)) {
        return take(gravity);
    }
    return nullptr;
}

std::unique_ptr<DecoderLease> DecoderLeases::try_take_spare() {
    const std::scoped_lock lock(mutex_);
    return in_use_.size() < most_ / 2 ? take(kSpare) : nullptr;
}

int DecoderLeases::in_use() const {
    const std::scoped_lock lock(mutex_);
    return static_cast<int>(in_use_.size());
}

std::unique_ptr<DecoderLease> DecoderLeases::take(int gravity) {
    auto made = std::make_unique<DecoderLease>(*this, gravity, options_);
    in_use_.push_back(made.get());
    return made;
}

/// Of the least grave the one that has had its turn longest.
bool DecoderLeases::recall_below(int gravity) {
    if (in_use_.size() >= most_ + most_recalled_) {
        return false;
    }
    const auto rank = [](const DecoderLease* lease) {
        return lease->is_recalled() ? std::numeric_limits<int>::max() : lease->gravity_;
    };
    const auto least = std::ranges::min_element(in_use_, {}, rank);
    if (least == in_use_.end() || rank(*least) >= gravity) {
        return false;
    }
    (*least)->is_recalled_ = true;
    return true;
}

void DecoderLeases::give_back(const DecoderLease* lease) {
    const std::scoped_lock lock(mutex_);
    std::erase(in_use_, lease);
}

}  // namespace bongsu::pipeline
