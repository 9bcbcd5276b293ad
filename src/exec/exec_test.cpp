#include "exec/bounded_mailbox.hpp"
#include "exec/periodic_timers.hpp"
#include "exec/serial_queue.hpp"
#include "exec/worker_pool.hpp"

#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::exec {
namespace {

using namespace std::chrono_literals;

/// Holds the queue's only running slot until released, so that later pushes stay waiting.
class Gate {
public:
    Task task() {
        return [this] {
            entered_.count_down();
            released_.wait();
        };
    }

    void wait_until_entered() { entered_.wait(); }

    void release() { released_.count_down(); }

private:
    std::latch entered_{1};
    std::latch released_{1};
};

TEST(SerialQueue, KeepsOrderOfEachQueueOnManyWorkers) {
    WorkerPool pool("test", 4);
    constexpr int kQueues = 8;
    constexpr int kTasks = 500;
    std::vector<std::vector<int>> seen(kQueues);
    std::latch done(kQueues * kTasks);
    std::vector<std::unique_ptr<SerialQueue>> queues;
    for (int q = 0; q < kQueues; ++q) {
        queues.push_back(std::make_unique<SerialQueue>(pool, kTasks, Overflow::Reject));
    }
    for (int i = 0; i < kTasks; ++i) {
        for (int q = 0; q < kQueues; ++q) {
            queues[q]->push([&, q, i] {
                seen[q].push_back(i);
                done.count_down();
            });
        }
    }
    done.wait();
    for (const auto& order : seen) {
        ASSERT_EQ(order.size(), static_cast<std::size_t>(kTasks));
        EXPECT_TRUE(std::ranges::is_sorted(order));
    }
}

TEST(SerialQueue, NeverRunsTwoTasksOfOneQueueAtOnce) {
    WorkerPool pool("test", 4);
    std::atomic<int> running{0};
    std::atomic<bool> overlapped{false};
    std::latch done(2000);
    SerialQueue queue(pool, 2000, Overflow::Reject);
    for (int i = 0; i < 2000; ++i) {
        queue.push([&] {
            overlapped = overlapped || ++running > 1;
            --running;
            done.count_down();
        });
    }
    done.wait();
    EXPECT_FALSE(overlapped);
}

TEST(SerialQueue, RejectsTheNewcomerWhenFull) {
    WorkerPool pool("test", 1);
    SerialQueue queue(pool, 2, Overflow::Reject);
    Gate gate;
    queue.push(gate.task());
    gate.wait_until_entered();
    std::atomic<int> ran{0};
    EXPECT_EQ(queue.push([&] { ++ran; }), Admission::Accepted);
    EXPECT_EQ(queue.push([&] { ++ran; }), Admission::Accepted);
    EXPECT_EQ(queue.push([&] { ran += 100; }), Admission::Rejected);
    EXPECT_EQ(queue.dropped(), 1U);
    std::promise<void> end;
    gate.release();
    while (queue.push([&] { end.set_value(); }) == Admission::Rejected) {
        std::this_thread::yield();
    }
    end.get_future().wait();
    EXPECT_EQ(ran, 2);
}

TEST(SerialQueue, DropsTheOldestWhenFull) {
    WorkerPool pool("test", 1);
    SerialQueue queue(pool, 2, Overflow::DropOldest);
    Gate gate;
    queue.push(gate.task());
    gate.wait_until_entered();
    std::vector<int> ran;
    std::promise<void> end;
    queue.push([&] { ran.push_back(1); });
    queue.push([&] { ran.push_back(2); });
    EXPECT_EQ(
        queue.push([&] {
            ran.push_back(3);
            end.set_value();
        }),
        Admission::Displaced
    );
    EXPECT_EQ(queue.dropped(), 1U);
    gate.release();
    end.get_future().wait();
    EXPECT_EQ(ran, (std::vector<int>{2, 3}));
}

TEST(SerialQueue, CoalescesWaitingTasksOfTheSameKey) {
    WorkerPool pool("test", 1);
    SerialQueue queue(pool, 4, Overflow::Coalesce);
    Gate gate;
    queue.push(gate.task(), 99);
    gate.wait_until_entered();
    std::vector<int> ran;
    std::promise<void> end;
    EXPECT_EQ(queue.push([&] { ran.push_back(1); }, 7), Admission::Accepted);
    EXPECT_EQ(queue.push([&] { end.set_value(); }, 8), Admission::Accepted);
    EXPECT_EQ(queue.push([&] { ran.push_back(2); }, 7), Admission::Coalesced);
    gate.release();
    end.get_future().wait();
    EXPECT_EQ(ran, (std::vector<int>{2}));
    EXPECT_EQ(queue.dropped(), 0U);
}

TEST(SerialQueue, SurvivesATaskThatThrows) {
    WorkerPool pool("test", 1);
    SerialQueue queue(pool, 4, Overflow::Reject);
    std::promise<void> end;
    queue.push([] { throw std::runtime_error("on purpose"); });
    queue.push([&] { end.set_value(); });
    end.get_future().wait();
    EXPECT_EQ(pool.failures(), 1U);
}

TEST(SerialQueue, CloseWaitsForTheRunningTaskAndDropsTheRest) {
    WorkerPool pool("test", 2);
    SerialQueue queue(pool, 4, Overflow::Reject);
    Gate gate;
    std::atomic<bool> ended{false};
    queue.push([&, inner = gate.task()]() mutable {
        inner();
        ended = true;
    });
    gate.wait_until_entered();
    std::atomic<bool> ran{false};
    queue.push([&] { ran = true; });
    std::jthread opener([&] {
        while (queue.waiting() > 0) {
            std::this_thread::yield();
        }
        gate.release();
    });
    queue.close();
    EXPECT_TRUE(ended);
    EXPECT_FALSE(ran);
}

TEST(SerialQueue, MayBeClosedFromItsOwnTask) {
    WorkerPool pool("test", 1);
    SerialQueue queue(pool, 4, Overflow::Reject);
    std::promise<void> end;
    queue.push([&] {
        queue.close();
        end.set_value();
    });
    end.get_future().wait();
    EXPECT_EQ(queue.push([] {}), Admission::Rejected);
}

TEST(WorkerPool, StopDropsWhatWaitsAndAcceptsNoMore) {
    WorkerPool pool("test", 1);
    SerialQueue queue(pool, 4, Overflow::Reject);
    Gate gate;
    std::atomic<bool> ran{false};
    queue.push(gate.task());
    gate.wait_until_entered();
    queue.push([&] { ran = true; });
    std::jthread stopper([&] { pool.stop(); });
    while (!pool.stop_token().stop_requested()) {
        std::this_thread::yield();
    }
    gate.release();
    stopper.join();
    EXPECT_FALSE(ran);
    EXPECT_FALSE(WorkerPool::current_worker().has_value());
}

TEST(BoundedMailbox, DropsTheOldestAndCounts) {
    BoundedMailbox<int> box(2, Overflow::DropOldest);
    box.push(1);
    box.push(2);
    EXPECT_EQ(box.push(3), Admission::Displaced);
    EXPECT_EQ(box.try_pop(), 2);
    EXPECT_EQ(box.try_pop(), 3);
    EXPECT_EQ(box.try_pop(), std::nullopt);
    EXPECT_EQ(box.dropped(), 1U);
}

TEST(BoundedMailbox, RejectsWhenFullAndCounts) {
    BoundedMailbox<int> box(1, Overflow::Reject);
    box.push(1);
    EXPECT_EQ(box.push(2), Admission::Rejected);
    EXPECT_EQ(box.try_pop(), 1);
    EXPECT_EQ(box.dropped(), 1U);
}

TEST(BoundedMailbox, WaitEndsOnStop) {
    BoundedMailbox<int> box(1, Overflow::Reject);
    std::optional<int> got = 5;
    std::jthread reader([&](const std::stop_token& stop) { got = box.pop(stop); });
    reader.request_stop();
    reader.join();
    EXPECT_EQ(got, std::nullopt);
}

TEST(PeriodicTimers, FireOncePerPeriodAndSkipMissedOnes) {
    ManualClock clock;
    PeriodicTimers timers(clock);
    int fired = 0;
    timers.add(100ms, [&] { ++fired; });
    EXPECT_EQ(timers.run_due(), 100ms);
    EXPECT_EQ(fired, 0);
    clock.advance(100ms);
    timers.run_due();
    EXPECT_EQ(fired, 1);
    clock.advance(550ms);
    EXPECT_EQ(timers.run_due(), 50ms);
    EXPECT_EQ(fired, 2);
}

TEST(PeriodicTimers, ThreadFiresAndStops) {
    const SystemClock clock;
    std::promise<void> fired;
    std::atomic<bool> once{false};
    PeriodicTimers timers(clock);
    timers.add(1ms, [&] {
        if (!once.exchange(true)) {
            fired.set_value();
        }
    });
    TimerThread thread("test-timer", std::move(timers));
    fired.get_future().wait();
    thread.stop();
    EXPECT_TRUE(once);
}

}  // namespace
}  // namespace bongsu::exec
