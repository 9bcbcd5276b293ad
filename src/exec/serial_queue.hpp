#pragma once

#include "exec/overflow.hpp"
#include "exec/worker_pool.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace bongsu::exec {

using Task = std::move_only_function<void()>;

/// Tasks of one owner (a camera, a session) that run on a shared pool one after another, in order,
/// never two at once, with no lock held while one runs. After each task the queue goes to the end
/// of the pool's list, so that a busy owner cannot starve the others. Thread-safe.
class SerialQueue {
public:
    /// `pool` must outlive the queue. `capacity` counts waiting tasks, not the running one.
    SerialQueue(WorkerPool& pool, std::size_t capacity, Overflow policy);
    /// close()
    ~SerialQueue();
    SerialQueue(const SerialQueue&) = delete;
    SerialQueue& operator=(const SerialQueue&) = delete;

    /// `key` matters only for Overflow::Coalesce.
    Admission push(Task task, std::uint64_t key = 0);

    /// Drops what waits, turns newcomers away and returns when no task runs any more (at once when
    /// called from the queue's own task). Idempotent.
    void close();

    std::size_t waiting() const;
    /// Tasks displaced or rejected since the beginning (coalesced ones are not lost work and not
    /// counted).
    std::uint64_t dropped() const;

private:
    class State;
    std::shared_ptr<State> state_;
};

}  // namespace bongsu::exec
