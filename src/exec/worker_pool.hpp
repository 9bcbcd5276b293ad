#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace bongsu::exec {

/// Something that a pool can run. An object stands in the pool's list at most once, so the list is
/// bounded by the number of objects; SerialQueue keeps that promise for everybody else.
class Runnable {
public:
    virtual ~Runnable() = default;
    /// Runs on: any worker of the pool. An exception is a bug: it is logged and the worker goes on.
    virtual void run() = 0;
};

/// A fixed number of named threads that run Runnables in the order of their arrival. Thread-safe.
class WorkerPool {
public:
    /// `name` shows in the system's thread list, cut to 12 characters; `threads` is at least 1.
    WorkerPool(std::string name, unsigned threads);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Puts `work` at the end of the list; nothing after stop().
    void schedule(std::shared_ptr<Runnable> work);

    /// Lets running work finish, drops what waits, joins the threads. Idempotent; not from a
    /// worker.
    void stop();

    unsigned size() const { return size_; }

    /// Asked to stop as soon as stop() begins: long work checks it.
    std::stop_token stop_token() const { return stop_.get_token(); }

    /// Exceptions that escaped from work.
    std::uint64_t failures() const { return failures_.load(); }

    /// Index of the calling thread in its pool (0..size-1), or nothing on a foreign thread.
    static std::optional<unsigned> current_worker();

private:
    void work(unsigned index);
    void run_guarded(Runnable& runnable);

    const std::string name_;
    const unsigned size_;
    std::stop_source stop_;
    std::mutex mutex_;
    std::condition_variable_any ready_;
    std::deque<std::shared_ptr<Runnable>> waiting_;
    std::atomic<std::uint64_t> failures_{0};
    std::vector<std::jthread> threads_;
};

}  // namespace bongsu::exec
