#include "pipeline/gop_buffer.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::pipeline {
namespace {

std::int64_t size_of(const AccessUnitPtr& unit) {
    return static_cast<std::int64_t>(unit->bytes->size());
}

}  // namespace

void GopBuffer::push(AccessUnitPtr unit) {
    if (unit->is_key) {
        // A reader takes key frames in their turn.
        keys_skipped_ += fresh_key_ && !is_reading_ ? 1U : 0U;
        fresh_key_ = unit;
        if (last_key_ != WallTime{} && unit->wall > last_key_) {
            key_interval_ = unit->wall - last_key_;
        }
        last_key_ = unit->wall;
    } else if (units_.empty()) {
        // Nothing can be decoded before the first key frame, or after a group that was too large to
        // hold.
        units_dropped_ += is_reading_ ? 1U : 0U;
        return;
    }
    bytes_ += size_of(unit);
    units_.push_back(std::move(unit));
    if (units_.back()->is_key) {
        keep_two_groups();
    }
    enforce_bounds();
}

AccessUnitPtr GopBuffer::take_key() {
    return std::exchange(fresh_key_, nullptr);
}

std::vector<AccessUnitPtr> GopBuffer::newest_group() const {
    return {units_.begin() + static_cast<std::ptrdiff_t>(newest_key()), units_.end()};
}

bool GopBuffer::start_reading() {
    if (units_.empty()) {
        return false;
    }
    // The buffer begins with a key frame; with two groups that is the one before the newest.
    read_ = 0;
    is_reading_ = true;
    return true;
}

void GopBuffer::stop_reading() {
    is_reading_ = false;
    // What is left of a group whose begin has gone cannot be decoded again.
    while (!units_.empty() && !units_.front()->is_key) {
        pop_front();
    }
}

AccessUnitPtr GopBuffer::read() {
    if (!is_reading_ || read_ >= units_.size()) {
        return nullptr;
    }
    return units_[read_++];
}

std::size_t GopBuffer::skip_to_newest_key() {
    const std::size_t key = newest_key();
    if (key <= read_ || key >= units_.size()) {
        return 0;
    }
    const std::size_t passed = key - read_;
    units_dropped_ += passed;
    read_ = key;
    return passed;
}

Duration GopBuffer::backlog() const {
    if (!is_reading_ || read_ >= units_.size()) {
        return Duration{0};
    }
    return units_.back()->wall - units_[read_]->wall;
}

void GopBuffer::keep_two_groups() {
    while (std::ranges::count_if(units_, [](const AccessUnitPtr& u) { return u->is_key; }) > 2) {
        // A reader that is late keeps what it has not read, within the bounds.
        if (is_reading_ && read_ == 0) {
            return;
        }
        const auto next_key =
            std::find_if(units_.begin() + 1, units_.end(), [](const auto& u) { return u->is_key; });
        if (is_reading_ && read_ < static_cast<std::size_t>(next_key - units_.begin())) {
            return;
        }
        drop_front_group();
    }
}

void GopBuffer::enforce_bounds() {
    while (!units_.empty() && (bytes_ > max_bytes_ || units_.size() > max_units_)) {
        if (is_reading_ && read_ > 0) {
            pop_front();
            --read_;
        } else {
            drop_front_group();
        }
    }
}

void GopBuffer::pop_front() {
    bytes_ -= size_of(units_.front());
    units_.pop_front();
}

void GopBuffer::drop_front_group() {
    std::size_t dropped = 0;
    do {
        pop_front();
        ++dropped;
    } while (!units_.empty() && !units_.front()->is_key);
    if (is_reading_ && dropped > read_) {
        units_dropped_ += dropped - read_;
    }
    read_ = dropped > read_ ? 0 : read_ - dropped;
}

std::size_t GopBuffer::newest_key() const {
    for (std::size_t i = units_.size(); i > 0; --i) {
        if (units_[i - 1]->is_key) {
            return i - 1;
        }
    }
    return units_.size();
}

}  // namespace bongsu::pipeline
