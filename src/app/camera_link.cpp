#include "app/camera_link.hpp"

#include "core/log.hpp"

#include <utility>

namespace bongsu::app {

CameraLink::CameraLink(CameraId camera, StreamRole role, StreamOutlets outlets, const Clock& clock)
    : camera_(std::move(camera)),
      role_(role),
      clock_(clock),
      outlets_(std::make_shared<const StreamOutlets>(std::move(outlets))),
      since_us_(clock.wall().time_since_epoch().count()) {}

void CameraLink::set_outlets(StreamOutlets outlets) {
    auto next = std::make_shared<const StreamOutlets>(std::move(outlets));
    outlets_.with([&](std::shared_ptr<const StreamOutlets>& current) { current.swap(next); });
}

std::shared_ptr<const StreamOutlets> CameraLink::outlets() const {
    return outlets_.with([](const std::shared_ptr<const StreamOutlets>& current) { return current; }
    );
}

LinkPulse CameraLink::pulse() const {
    constexpr double kTicksPerSecond = 90'000;
    return {
        .state = state_,
        .since = WallTime{Duration{since_us_}},
        .units = units_,
        .key_interval = from_seconds(static_cast<double>(key_ticks_) / kTicksPerSecond),
    };
}

void CameraLink::on_access_unit(AccessUnitPtr unit) {
    units_.fetch_add(1, std::memory_order_relaxed);
    if (unit->is_key) {
        const std::int64_t last = last_key_.exchange(unit->media_time);
        key_ticks_ = last >= 0 && unit->media_time > last ? unit->media_time - last : 0;
    }
    const auto to = outlets();
    if (to->record) {
        to->record(unit);
    }
    if (to->show) {
        to->show(unit);
    }
    if (to->analyse) {
        to->analyse(unit);
    }
}

void CameraLink::on_frame(Frame frame) {
    units_.fetch_add(1, std::memory_order_relaxed);
    const auto to = outlets();
    if (to->analyse_frame) {
        to->analyse_frame(std::move(frame));
    }
}

void CameraLink::on_state(ingest::StreamState state, const Error* error) {
    using enum ingest::StreamState;
    const ingest::StreamState before = state_.exchange(state);
    if (before != state) {
        since_us_ = clock_.wall().time_since_epoch().count();
        last_key_ = -1;
    }
    const auto to = outlets();
    if (to->signal && (state == Playing || state == Lost || state == Failed)) {
        to->signal(state == Playing ? SignalState::Up : SignalState::Lost);
    }
    if (to->state) {
        to->state(state);
    }
    if (before == state) {
        return;
    }
    const log::Level level = state == Failed ? log::Level::Error
                             : state == Lost ? log::Level::Warn
                                             : log::Level::Info;
    log::write(
        level,
        "camera.stream",
        {{"camera", camera_.value()},
         {"stream", to_string(role_)},
         {"state", to_string(state)},
         {"why", error != nullptr ? error->describe() : std::string{}}}
    );
}

}  // namespace bongsu::app
