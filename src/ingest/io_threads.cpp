#include "ingest/io_threads.hpp"

#include "exec/thread_name.hpp"

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <pthread.h>
#include <time.h>

namespace bongsu::ingest {
namespace {

// Holds the longest RTSP message that is accepted, and what a camera sends within 200 ms at 16
// Mbit/s.
constexpr std::size_t kScratchSize = 512 * 1024;

}  // namespace

struct IoThreads::Impl {
    struct Worker {
        boost::asio::io_context context{1};
        boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
            context.get_executor()
        };
        std::vector<std::uint8_t> scratch = std::vector<std::uint8_t>(kScratchSize);
        std::thread thread;
    };

    std::vector<std::unique_ptr<Worker>> workers;
    std::atomic<std::size_t> turn{0};
};

IoThreads::IoThreads(int count) : impl_(std::make_unique<Impl>()) {
    for (int i = 0; i < std::max(1, count); ++i) {
        auto worker = std::make_unique<Impl::Worker>();
        worker->thread = std::thread([&context = worker->context, i] {
            exec::set_thread_name("ingest-" + std::to_string(i));
            context.run();
        });
        impl_->workers.push_back(std::move(worker));
    }
}

IoThreads::~IoThreads() {
    for (auto& worker : impl_->workers) {
        worker->guard.reset();
        worker->context.stop();
        worker->thread.join();
    }
}

IoThread IoThreads::next() {
    const auto turn = impl_->turn.fetch_add(1, std::memory_order_relaxed);
    auto& worker = *impl_->workers[turn % impl_->workers.size()];
    return {worker.context, worker.scratch};
}

Duration IoThreads::cpu_time() const {
    Duration total{};
    for (const auto& worker : impl_->workers) {
        clockid_t clock{};
        timespec used{};
        if (::pthread_getcpuclockid(worker->thread.native_handle(), &clock) == 0 &&
            ::clock_gettime(clock, &used) == 0) {
            total += std::chrono::seconds{used.tv_sec} + Duration{used.tv_nsec / 1000};
        }
    }
    return total;
}

}  // namespace bongsu::ingest
