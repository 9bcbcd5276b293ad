#include "recording/disk_state.hpp"

#include "core/log.hpp"
#include "recording/metrics.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::recording {

DiskState::DiskState(std::string root, Pauses pauses, const Clock& clock, Metrics& metrics)
    : root_(std::move(root)),
      pauses_(pauses),
      clock_(clock),
      paused_gauge_(metrics.gauge(kPaused)),
      errors_(metrics.counter(kDiskErrors)) {
    paused_gauge_.set(0);
}

bool DiskState::may_write() {
    if (!is_paused_) {
        return true;
    }
    const std::scoped_lock lock(mutex_);
    if (clock_.mono() < retry_at_) {
        return false;
    }
    retry_at_ = clock_.mono() + pause_;  // the others wait for the outcome of this attempt
    is_trying_ = true;
    return true;
}

void DiskState::failed(const Error& error) {
    errors_.add();
    const std::scoped_lock lock(mutex_);
    if (!is_paused_) {
        since_ = clock_.wall();
        pause_ = pauses_.first;
    } else if (!is_trying_) {
        return;  // another stream met the same error: one attempt is one doubling
    } else {
        pause_ = std::min(pause_ * 2, pauses_.most);
    }
    is_trying_ = false;
    reason_ = error.describe();
    retry_at_ = clock_.mono() + pause_;
    is_paused_ = true;
    paused_gauge_.set(1);
    log::error(
        "recording.paused",
        {{"root", root_}, {"reason", reason_}, {"retry_in_s", to_seconds(pause_)}}
    );
}

void DiskState::succeeded() {
    if (!is_paused_) {
        return;
    }
    const std::scoped_lock lock(mutex_);
    if (!is_paused_.exchange(false)) {
        return;
    }
    paused_gauge_.set(0);
    log::warn(
        "recording.resumed",
        {{"root", root_}, {"paused_s", to_seconds(clock_.wall() - since_)}, {"reason", reason_}}
    );
}

DiskState::View DiskState::view() const {
    const std::scoped_lock lock(mutex_);
    return {.is_paused = is_paused_, .since = since_, .reason = reason_};
}

}  // namespace bongsu::recording
