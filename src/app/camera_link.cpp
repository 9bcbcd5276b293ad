#include "app/camera_link.hpp"

#include "core/log.hpp"

namespace bongsu::app {

void CameraLink::on_access_unit(AccessUnitPtr unit) {
    if (outlets_.record) {
        outlets_.record(unit);
    }
    if (outlets_.analyse) {
        outlets_.analyse(unit);
    }
}

void CameraLink::on_frame(Frame frame) {
    if (outlets_.analyse_frame) {
        outlets_.analyse_frame(std::move(frame));
    }
}

void CameraLink::on_state(ingest::StreamState state, const Error* error) {
    using enum ingest::StreamState;
    const ingest::StreamState before = state_.exchange(state);
    if (outlets_.signal && (state == Playing || state == Lost || state == Failed)) {
        outlets_.signal(state == Playing ? SignalState::Up : SignalState::Lost);
    }
    if (outlets_.state) {
        outlets_.state(state);
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
