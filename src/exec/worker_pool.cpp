#include "exec/worker_pool.hpp"

#include "core/log.hpp"
#include "exec/thread_name.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace bongsu::exec {
namespace {

thread_local std::optional<unsigned> current_index;

}  // namespace

WorkerPool::WorkerPool(std::string name, unsigned threads)
    : name_(std::move(name)), size_(std::max(1U, threads)) {
    threads_.reserve(size_);
    for (unsigned i = 0; i < size_; ++i) {
        threads_.emplace_back([this, i] { work(i); });
    }
}

WorkerPool::~WorkerPool() {
    stop();
}

void WorkerPool::schedule(std::shared_ptr<Runnable> work) {
    {
        const std::scoped_lock lock(mutex_);
        if (stop_.stop_requested()) {
            return;
        }
        waiting_.push_back(std::move(work));
    }
    ready_.notify_one();
}

void WorkerPool::stop() {
    stop_.request_stop();
    for (std::jthread& thread : threads_) {
        if (thread.joinable()) {
            thread.join();
        }
    }
    // Destroyed outside the lock: a Runnable's destructor may be anything.
    std::deque<std::shared_ptr<Runnable>> dropped;
    const std::scoped_lock lock(mutex_);
    dropped.swap(waiting_);
}

std::optional<unsigned> WorkerPool::current_worker() {
    return current_index;
}

void WorkerPool::work(unsigned index) {
    current_index = index;
    set_thread_name(name_.substr(0, 12) + "-" + std::to_string(index));
    const std::stop_token stop = stop_.get_token();
    while (true) {
        std::shared_ptr<Runnable> next;
        {
            std::unique_lock lock(mutex_);
            if (!ready_.wait(lock, stop, [this] { return !waiting_.empty(); }) ||
                stop.stop_requested()) {
                return;
            }
            next = std::move(waiting_.front());
            waiting_.pop_front();
        }
        run_guarded(*next);
    }
}

void WorkerPool::run_guarded(Runnable& runnable) {
    try {
        runnable.run();
    } catch (const std::exception& e) {
        ++failures_;
        log::error("exec.task_failed", {{"pool", name_}, {"what", e.what()}});
    } catch (...) {
        ++failures_;
        log::error("exec.task_failed", {{"pool", name_}, {"what", "not a std::exception"}});
    }
}

}  // namespace bongsu::exec
