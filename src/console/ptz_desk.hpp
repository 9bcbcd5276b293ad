#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "fleet/fleet.hpp"
#include "onvif/http.hpp"
#include "onvif/ptz_session.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

namespace bongsu::console {

/// The PTZ sessions that operators use now: made at first use, made anew when the camera's
/// configuration changed, at most 128, the longest unused given up first. Thread-safe.
class PtzDesk {
public:
    /// `clock` must outlive it.
    PtzDesk(onvif::Http http, const Clock& clock);

    /// Unsupported when the camera's configuration has no PTZ over ONVIF.
    Result<std::shared_ptr<onvif::PtzSession>> session_of(const fleet::FleetCamera& camera);

private:
    struct Entry {
        std::int64_t version = 0;
        std::uint64_t used = 0;
        std::shared_ptr<onvif::PtzSession> session;
    };

    void make_room();

    const onvif::Http http_;
    const Clock& clock_;
    std::mutex mutex_;
    std::map<CameraId, Entry> entries_;
    std::uint64_t uses_ = 0;
};

}  // namespace bongsu::console
