#include "console/motion_jobs.hpp"

#include "identity/secrets.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::console {
namespace {

constexpr std::size_t kMostWaiting = 8;
constexpr std::size_t kMostRemembered = 64;
constexpr std::size_t kIdBytes = 12;

}  // namespace

MotionJobs::MotionJobs(const Clock& clock)
    : clock_(clock), queue_(pool_, kMostWaiting, exec::Overflow::Reject) {}

MotionJobs::~MotionJobs() {
    {
        const std::scoped_lock lock(mutex_);
        for (const JobPtr& job : jobs_) {
            job->stop.request_stop();
        }
    }
    queue_.close();
    pool_.stop();
}

Result<MotionJobState> MotionJobs::start(const std::string& user, Work work) {
    const auto job = std::make_shared<Job>();
    job->work = std::move(work);
    job->state.id = identity::random_hex(kIdBytes);
    job->state.user = user;
    job->state.words = "waiting";
    const MotionJobState answer = job->state;
    if (queue_.push([this, job] { run(*job); }) == exec::Admission::Rejected) {
        return fail(
            ErrorKind::ResourceExhausted,
            "searches_busy"_code,
            "too many motion searches wait; try again in a minute"
        );
    }
    const std::scoped_lock lock(mutex_);
    jobs_.push_front(job);
    if (jobs_.size() > kMostRemembered) {
        jobs_.back()->stop.request_stop();
        jobs_.pop_back();
    }
    return answer;
}

void MotionJobs::run(Job& job) {
    {
        const std::scoped_lock lock(mutex_);
        job.began = clock_.mono();
        job.state.words = "running";
    }
    const recording::MotionSearch::Hooks hooks{
        .on_moment =
            [&](const recording::MotionMoment& moment) {
                const std::scoped_lock lock(mutex_);
                job.state.moments.push_back(moment);
            },
        .on_progress =
            [&](const recording::MotionProgress& progress) {
                const std::scoped_lock lock(mutex_);
                job.state.progress = progress.done;
                job.state.pictures = progress.pictures;
                const double seconds = to_seconds(clock_.mono() - job.began);
                job.state.pictures_per_s =
                    seconds > 0 ? static_cast<double>(progress.pictures) / seconds : 0;
            },
    };
    const auto outcome = job.work(hooks, job.stop.get_token());
    const std::scoped_lock lock(mutex_);
    job.state.is_done = true;
    if (!outcome) {
        job.state.words = outcome.error().describe();
        return;
    }
    job.state.pictures = outcome->pictures;
    job.state.pictures_per_s = outcome->pictures_per_second();
    if (outcome->is_complete) {
        job.state.progress = 1;
        job.state.words = "done";
    } else {
        job.state.words = job.stop.stop_requested() ? "stopped" : "too_many";
    }
}

Result<MotionJobs::JobPtr> MotionJobs::find(const std::string& user, const std::string& id) const {
    const auto found = std::ranges::find_if(jobs_, [&](const JobPtr& job) {
        return job->state.id == id && job->state.user == user;
    });
    if (found == jobs_.end()) {
        return fail(
            ErrorKind::NotFound,
            "search_gone"_code,
            "there is no motion search '" + id + "' of yours"
        );
    }
    return *found;
}

Result<MotionJobState> MotionJobs::get(const std::string& user, const std::string& id) const {
    const std::scoped_lock lock(mutex_);
    BONGSU_ASSIGN(const JobPtr job, find(user, id));
    return job->state;
}

Status MotionJobs::cancel(const std::string& user, const std::string& id) {
    const std::scoped_lock lock(mutex_);
    BONGSU_ASSIGN(const JobPtr job, find(user, id));
    job->stop.request_stop();
    return {};
}

}  // namespace bongsu::console
