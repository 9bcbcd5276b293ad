#include "app/stop_signal.hpp"

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <ctime>

namespace bongsu::app {
namespace {

sigset_t stop_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

StopSignal::StopSignal() {
    const sigset_t set = stop_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

bool StopSignal::wait(std::optional<Duration> at_most) {
    const sigset_t set = stop_signals();
    if (!at_most) {
        int which = 0;
        return sigwait(&set, &which) == 0;
    }
    const auto micros = std::max<std::int64_t>(0, at_most->count());
    const timespec limit{
        .tv_sec = static_cast<time_t>(micros / 1'000'000),
        .tv_nsec = static_cast<long>(micros % 1'000'000 * 1000)
    };
    return sigtimedwait(&set, nullptr, &limit) > 0;
}

}  // namespace bongsu::app
