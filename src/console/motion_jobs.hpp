#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "exec/serial_queue.hpp"
#include "exec/worker_pool.hpp"
#include "recording/motion_search.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace bongsu::console {

/// What is known of a motion search, while it waits, runs and after.
struct MotionJobState {
    std::string id;
    std::string user;  ///< who asked
    bool is_done = false;
    float progress = 0;
    std::size_t pictures = 0;
    double pictures_per_s = 0;
    std::vector<recording::MotionMoment> moments;
    std::string words;  ///< "waiting", "running", "done", "stopped", "too_many", or what went wrong
};

/// Motion searches of all users, one after another on a thread of its own. Queue: bounded, policy
/// reject. Remembers the latest 64. Thread-safe.
class MotionJobs {
public:
    /// One search: tells what it finds, returns when it is over or soon after it shall stop.
    using Work = std::function<Result<
        recording::MotionOutcome>(const recording::MotionSearch::Hooks&, const std::stop_token&)>;

    /// `clock` must outlive it.
    explicit MotionJobs(const Clock& clock);
    /// Stops the search that runs.
    ~MotionJobs();
    MotionJobs(const MotionJobs&) = delete;
    MotionJobs& operator=(const MotionJobs&) = delete;

    /// ResourceExhausted when too many wait.
    Result<MotionJobState> start(const std::string& user, Work work);

    /// NotFound, also for somebody else's.
    Result<MotionJobState> get(const std::string& user, const std::string& id) const;
    Status cancel(const std::string& user, const std::string& id);

private:
    struct Job {
        Work work;
        std::stop_source stop;
        MonoTime began;
        MotionJobState state;
    };

    using JobPtr = std::shared_ptr<Job>;

    void run(Job& job);
    Result<JobPtr> find(const std::string& user, const std::string& id) const;

    const Clock& clock_;
    mutable std::mutex mutex_;  ///< the list and the states
    std::deque<JobPtr> jobs_;   ///< newest first
    exec::WorkerPool pool_{"motion", 1};
    exec::SerialQueue queue_;
};

}  // namespace bongsu::console
