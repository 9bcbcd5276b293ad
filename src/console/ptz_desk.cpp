#include "console/ptz_desk.hpp"

#include <algorithm>

namespace bongsu::console {

namespace {

constexpr std::size_t kMostSessions = 128;

}  // namespace

PtzDesk::PtzDesk(onvif::Http http, const Clock& clock) : http_(std::move(http)), clock_(clock) {}

Result<std::shared_ptr<onvif::PtzSession>> PtzDesk::session_of(const fleet::FleetCamera& camera) {
    if (!camera.config.onvif || !camera.config.onvif->has_ptz) {
        return fail(
            ErrorKind::Unsupported, "not_movable"_code, "this camera is not set up to be moved"
        );
    }
    const std::scoped_lock lock(mutex_);
    const auto found = entries_.find(camera.config.id);
    if (found != entries_.end() && found->second.version == camera.version) {
        found->second.used = ++uses_;
        return found->second.session;
    }
    if (found == entries_.end()) {
        make_room();
    }
    auto session = std::make_shared<onvif::PtzSession>(*camera.config.onvif, http_, clock_);
    entries_[camera.config.id] = {camera.version, ++uses_, session};
    return session;
}

void PtzDesk::make_room() {
    if (entries_.size() >= kMostSessions) {
        entries_.erase(std::ranges::min_element(entries_, {}, [](const auto& entry) {
            return entry.second.used;
        }));
    }
}

}  // namespace bongsu::console
