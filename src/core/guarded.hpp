#pragma once

#include <mutex>
#include <utility>

namespace bongsu {

/// Data that can be reached only with its lock held. `with` runs a short function under the lock.
template <class T>
class Guarded {
public:
    Guarded() = default;

    explicit Guarded(T value) : value_(std::move(value)) {}

    template <class F>
    decltype(auto) with(F&& function) {
        const std::scoped_lock lock(mutex_);
        return std::forward<F>(function)(value_);
    }

    template <class F>
    decltype(auto) with(F&& function) const {
        const std::scoped_lock lock(mutex_);
        return std::forward<F>(function)(value_);
    }

private:
    mutable std::mutex mutex_;
    T value_{};
};

}  // namespace bongsu
