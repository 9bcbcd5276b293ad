#pragma once

#include "exec/overflow.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace bongsu::exec {

/// A queue between two threads that holds at most `capacity` values. The policy is DropOldest or
/// Reject; both count. Thread-safe.
template <class T>
class BoundedMailbox {
public:
    BoundedMailbox(std::size_t capacity, Overflow policy)
        : capacity_(std::max<std::size_t>(1, capacity)),
          drops_oldest_(policy == Overflow::DropOldest) {}

    Admission push(T value) {
        std::optional<T> displaced;  // destroyed after the lock
        {
            const std::scoped_lock lock(mutex_);
            if (values_.size() >= capacity_) {
                ++dropped_;
                if (!drops_oldest_) {
                    return Admission::Rejected;
                }
                displaced.emplace(std::move(values_.front()));
                values_.pop_front();
            }
            values_.push_back(std::move(value));
        }
        ready_.notify_one();
        return displaced ? Admission::Displaced : Admission::Accepted;
    }

    std::optional<T> try_pop() {
        const std::scoped_lock lock(mutex_);
        return take();
    }

    /// Waits for a value; nothing when `stop` was requested, even if values are left.
    std::optional<T> pop(std::stop_token stop) {
        std::unique_lock lock(mutex_);
        if (!ready_.wait(lock, stop, [this] { return !values_.empty(); }) ||
            stop.stop_requested()) {
            return std::nullopt;
        }
        return take();
    }

    std::size_t size() const {
        const std::scoped_lock lock(mutex_);
        return values_.size();
    }

    std::uint64_t dropped() const {
        const std::scoped_lock lock(mutex_);
        return dropped_;
    }

private:
    std::optional<T> take() {
        if (values_.empty()) {
            return std::nullopt;
        }
        std::optional<T> value(std::move(values_.front()));
        values_.pop_front();
        return value;
    }

    const std::size_t capacity_;
    const bool drops_oldest_;
    mutable std::mutex mutex_;
    std::condition_variable_any ready_;
    std::deque<T> values_;
    std::uint64_t dropped_ = 0;
};

}  // namespace bongsu::exec
