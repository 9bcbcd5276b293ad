#include "exec/serial_queue.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace bongsu::exec {

class SerialQueue::State final : public Runnable, public std::enable_shared_from_this<State> {
public:
    State(WorkerPool& pool, std::size_t capacity, Overflow policy)
        : pool_(pool), capacity_(std::max<std::size_t>(1, capacity)), policy_(policy) {}

    Admission push(Task task, std::uint64_t key) {
        Task displaced;  // destroyed after the lock
        Admission admission;
        bool must_schedule = false;
        {
            const std::scoped_lock lock(mutex_);
            admission = admit(task, key, displaced);
            must_schedule = admission != Admission::Rejected && !is_scheduled_;
            is_scheduled_ = is_scheduled_ || must_schedule;
        }
        if (must_schedule) {
            pool_.schedule(shared_from_this());
        }
        return admission;
    }

    void run() override {
        Task task;
        {
            const std::scoped_lock lock(mutex_);
            if (waiting_.empty()) {
                is_scheduled_ = false;
                return;
            }
            task = std::move(waiting_.front().task);
            waiting_.pop_front();
            runner_ = std::this_thread::get_id();
        }
        const Finish finish{*this};
        task();
        // What the task captured must be gone before the queue counts as idle.
        task = nullptr;
    }

    void close() {
        std::deque<Entry> dropped;
        std::unique_lock lock(mutex_);
        is_closed_ = true;
        dropped.swap(waiting_);
        if (runner_ != std::this_thread::get_id()) {
            idle_.wait(lock, [this] { return runner_ == std::thread::id{}; });
        }
        lock.unlock();
    }

    std::size_t waiting() const {
        const std::scoped_lock lock(mutex_);
        return waiting_.size();
    }

    std::uint64_t dropped() const {
        const std::scoped_lock lock(mutex_);
        return dropped_;
    }

private:
    struct Entry {
        Task task;
        std::uint64_t key;
    };

    /// Runs also when the task throws.
    struct Finish {
        State& state;

        ~Finish() { state.finish(); }
    };

    Admission admit(Task& task, std::uint64_t key, Task& displaced) {
        if (is_closed_) {
            ++dropped_;
            return Admission::Rejected;
        }
        if (policy_ == Overflow::Coalesce) {
            const auto same = std::ranges::find(waiting_, key, &Entry::key);
            if (same != waiting_.end()) {
                displaced = std::exchange(same->task, std::move(task));
                return Admission::Coalesced;
            }
        }
        if (waiting_.size() < capacity_) {
            waiting_.push_back({std::move(task), key});
            return Admission::Accepted;
        }
        ++dropped_;
        if (policy_ != Overflow::DropOldest) {
            return Admission::Rejected;
        }
        displaced = std::move(waiting_.front().task);
        waiting_.pop_front();
        waiting_.push_back({std::move(task), key});
        return Admission::Displaced;
    }

    void finish() {
        bool must_schedule = false;
        {
            const std::scoped_lock lock(mutex_);
            runner_ = {};
            must_schedule = !waiting_.empty();
            is_scheduled_ = must_schedule;
            idle_.notify_all();
        }
        if (must_schedule) {
            pool_.schedule(shared_from_this());
        }
    }

    WorkerPool& pool_;
    const std::size_t capacity_;
    const Overflow policy_;
    mutable std::mutex mutex_;
    std::condition_variable idle_;
    std::deque<Entry> waiting_;
    std::thread::id runner_{};  ///< of the running task, else none
    bool is_scheduled_ = false;
    bool is_closed_ = false;
    std::uint64_t dropped_ = 0;
};

SerialQueue::SerialQueue(WorkerPool& pool, std::size_t capacity, Overflow policy)
    : state_(std::make_shared<State>(pool, capacity, policy)) {}

SerialQueue::~SerialQueue() {
    close();
}

Admission SerialQueue::push(Task task, std::uint64_t key) {
    return state_->push(std::move(task), key);
}

void SerialQueue::close() {
    state_->close();
}

std::size_t SerialQueue::waiting() const {
    return state_->waiting();
}

std::uint64_t SerialQueue::dropped() const {
    return state_->dropped();
}

}  // namespace bongsu::exec
