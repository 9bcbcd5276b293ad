#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/behaviour_event.hpp"
#include "domain/onvif_config.hpp"
#include "onvif/http.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::onvif {

struct EventSourceOptions {
    std::size_t max_cameras = 1024;           ///< a thread waits for each; further ones are refused
    Duration wait = std::chrono::seconds{5};  ///< of one PullMessages; a stop may take as long
    Duration call_deadline = std::chrono::seconds{5};
    Duration first_retry = std::chrono::seconds{2};  ///< after a failure; doubled up to the next
    Duration last_retry = std::chrono::minutes{2};
};

/// How it stands with one camera's events.
struct EventLink {
    CameraId camera;
    bool is_heard = false;
    std::string problem;  ///< the last one, in words; empty while heard
};

/// Hears the alarms of cameras themselves: one subscription and one thread per camera, renewed and
/// reconnected for ever. Thread-safe.
class OnvifEventSource {
public:
    /// Called on the cameras' threads, several at once; must be quick and thread-safe.
    using Sink = std::function<void(const BehaviourEvent&)>;

    /// `clock` and `metrics` must outlive it.
    OnvifEventSource(
        Sink sink, Http http, const Clock& clock, Metrics& metrics, EventSourceOptions options = {}
    );
    ~OnvifEventSource();
    OnvifEventSource(const OnvifEventSource&) = delete;
    OnvifEventSource& operator=(const OnvifEventSource&) = delete;

    /// Starts to listen. A camera that is listened to already keeps its subscription when the
    /// configuration is the same, and gets a new one otherwise.
    /// ResourceExhausted when there are max_cameras; InvalidArgument for the address.
    Status follow(const CameraId& camera, const OnvifConfig& config);

    /// Ends the camera's open alarms and forgets it. Does nothing for a camera that is not
    /// followed.
    void forget(const CameraId& camera);

    /// Forgets all; joins the threads. Idempotent.
    void stop();

    std::vector<EventLink> links() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::onvif
