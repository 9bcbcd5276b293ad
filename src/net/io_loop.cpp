#include "net/io_loop.hpp"

#include "exec/thread_name.hpp"

#include <utility>
#include <vector>

#include <boost/asio/post.hpp>

namespace bongsu::net {

IoLoop::IoLoop(std::string name, Duration tick)
    : name_(std::move(name)),
      tick_(tick),
      work_(boost::asio::make_work_guard(context_)),
      timer_(context_) {}

IoLoop::~IoLoop() {
    if (thread_.joinable()) {
        begin_stop();
        join(Duration::zero());
    }
}

void IoLoop::start() {
    tick();
    thread_ = std::thread([this] {
        exec::set_thread_name(name_);
        context_.run();
    });
}

void IoLoop::begin_stop() {
    boost::asio::post(context_, [this] {
        is_stopping_ = true;
        for (const auto& member : std::vector(members_.begin(), members_.end())) {
            member->stop();
        }
        end_when_empty();
    });
}

void IoLoop::join(Duration grace) {
    if (thread_.joinable()) {
        boost::asio::post(context_, [this, grace] { cut_at_ = now() + grace; });
        thread_.join();
    }
}

bool IoLoop::add(std::shared_ptr<LoopMember> member) {
    if (is_stopping_) {
        return false;
    }
    members_.insert(std::move(member));
    return true;
}

void IoLoop::remove(const std::shared_ptr<LoopMember>& member) {
    members_.erase(member);
    end_when_empty();
}

void IoLoop::tick() {
    timer_.expires_after(tick_);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (!cancelled) {
            sweep();
        }
    });
}

void IoLoop::sweep() {
    const MonoTime now = this->now();
    for (const auto& member : std::vector(members_.begin(), members_.end())) {
        if (now >= cut_at_) {
            member->cut();
        } else {
            member->check(now);
        }
    }
    if (work_.owns_work()) {
        tick();
    }
}

void IoLoop::end_when_empty() {
    if (is_stopping_ && members_.empty()) {
        work_.reset();
        timer_.cancel();
    }
}

}  // namespace bongsu::net
