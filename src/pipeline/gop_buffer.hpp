#pragma once

#include "domain/access_unit.hpp"

#include <cstdint>
#include <deque>
#include <vector>

namespace bongsu::pipeline {

/// The latest coded pictures of one stream: the present group of pictures and the one before it, so
/// that a camera that is woken can be decoded from before the moment that woke it. Bounded by bytes
/// and count; overflow policy drop_to_keyframe: whole
/// groups go, oldest first; of a group that is being read, first what has been read. Runs on: any
/// thread, under its owner's lock.
class GopBuffer {
public:
    GopBuffer(std::int64_t max_bytes, std::size_t max_units)
        : max_bytes_(max_bytes), max_units_(max_units) {}

    void push(AccessUnitPtr unit);

    /// The newest key frame when it has not been taken yet, else null. Older ones not taken count
    /// as skipped.
    AccessUnitPtr take_key();

    /// The units of the present group, its key frame first.
    std::vector<AccessUnitPtr> newest_group() const;

    /// Puts the reading place on the last key frame before the newest one, or on the newest; false
    /// when no key frame is held. From now on units that leave unread count as dropped.
    bool start_reading();

    void stop_reading();

    /// The next unit to decode, or null when there is none yet.
    AccessUnitPtr read();
    /// Moves the reading place to the newest key frame if that lies ahead of it; returns the units
    /// passed over.
    std::size_t skip_to_newest_key();
    /// How far the newest unit is ahead of the next one to read.
    Duration backlog() const;

    /// Distance of the newest two key frames, or zero when unknown.
    Duration key_interval() const { return key_interval_; }

    /// When the newest unit was taken; the epoch when none is held.
    WallTime newest() const { return units_.empty() ? WallTime{} : units_.back()->wall; }

    std::uint64_t keys_skipped() const { return keys_skipped_; }

    std::uint64_t units_dropped() const { return units_dropped_; }

    std::int64_t bytes() const { return bytes_; }

    std::size_t size() const { return units_.size(); }

private:
    void keep_two_groups();
    void enforce_bounds();
    void drop_front_group();
    void pop_front();
    std::size_t newest_key() const;

    const std::int64_t max_bytes_;
    const std::size_t max_units_;
    std::deque<AccessUnitPtr> units_;  ///< begins with a key frame, unless its begin has been read
    std::int64_t bytes_ = 0;
    std::size_t read_ = 0;  ///< index of the next unit to read
    bool is_reading_ = false;
    AccessUnitPtr fresh_key_;
    Duration key_interval_{};
    WallTime last_key_{};
    std::uint64_t keys_skipped_ = 0;
    std::uint64_t units_dropped_ = 0;
};

}  // namespace bongsu::pipeline
