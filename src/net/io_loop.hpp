#pragma once

#include "core/clock.hpp"

#include <memory>
#include <string>
#include <thread>
#include <unordered_set>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace bongsu::net {

/// A connection that lives on one loop. Every call comes on the loop's thread.
class LoopMember {
public:
    virtual ~LoopMember() = default;
    /// Looks at its deadlines.
    virtual void check(MonoTime now) = 0;
    /// Ends what can end in peace.
    virtual void stop() = 0;
    /// Ends at once.
    virtual void cut() = 0;
};

/// One I/O thread with the connections that live on it. All their deadlines are looked at by one
/// timer: a deadline costs nothing per read or write and is exact to one `tick`.
class IoLoop {
public:
    IoLoop(std::string name, Duration tick);
    ~IoLoop();
    IoLoop(const IoLoop&) = delete;
    IoLoop& operator=(const IoLoop&) = delete;

    void start();

    /// Tells the members to stop. Thread-safe.
    void begin_stop();
    /// Cuts the members that still live after `grace`, waits until none is left and the thread has
    /// ended. begin_stop comes first.
    void join(Duration grace);

    boost::asio::io_context& context() { return context_; }

    /// Members: on the loop's thread only. `add` says no when the loop is stopping.
    bool add(std::shared_ptr<LoopMember> member);
    void remove(const std::shared_ptr<LoopMember>& member);

    MonoTime now() const { return clock_.mono(); }

private:
    void tick();
    void sweep();
    void end_when_empty();

    const std::string name_;
    const Duration tick_;
    SystemClock clock_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    boost::asio::steady_timer timer_;
    std::unordered_set<std::shared_ptr<LoopMember>> members_;
    bool is_stopping_ = false;
    MonoTime cut_at_ = MonoTime::max();
    std::thread thread_;
};

}  // namespace bongsu::net
