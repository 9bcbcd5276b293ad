#pragma once

#include "core/clock.hpp"
#include "core/guarded.hpp"
#include "domain/camera.hpp"
#include "domain/scene.hpp"
#include "ingest/source.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace bongsu::app {

/// Where one stream of a camera goes. Any of them may be empty. Called on ingest's threads: they
/// must not block.
struct StreamOutlets {
    std::function<void(const AccessUnitPtr&)> record;
    std::function<void(const AccessUnitPtr&)> show;  ///< whoever watches it live
    std::function<void(const AccessUnitPtr&)> analyse;
    std::function<void(Frame)> analyse_frame;
    std::function<void(SignalState)> signal;
    std::function<void(ingest::StreamState)> state;
};

/// What a link has counted.
struct LinkPulse {
    ingest::StreamState state = ingest::StreamState::Connecting;
    WallTime since;
    std::uint64_t units = 0;
    Duration key_interval{};  ///< between the last two key pictures
};

/// Hands one stream on to recording and analysis, and tells state changes. Callbacks run on
/// ingest's thread of this stream; the rest is thread-safe.
class CameraLink final : public ingest::SourceListener {
public:
    /// `clock` must outlive it.
    CameraLink(CameraId camera, StreamRole role, StreamOutlets outlets, const Clock& clock);

    /// From the next unit on the stream goes elsewhere, without being connected anew. A unit that
    /// is on its way may still take the old one.
    void set_outlets(StreamOutlets outlets);

    void on_access_unit(AccessUnitPtr unit) override;
    void on_frame(Frame frame) override;
    void on_state(ingest::StreamState state, const Error* error) override;

    ingest::StreamState state() const { return state_; }

    LinkPulse pulse() const;

private:
    std::shared_ptr<const StreamOutlets> outlets() const;

    const CameraId camera_;
    const StreamRole role_;
    const Clock& clock_;
    Guarded<std::shared_ptr<const StreamOutlets>> outlets_;
    std::atomic<ingest::StreamState> state_{ingest::StreamState::Connecting};
    std::atomic<std::int64_t> since_us_;
    std::atomic<std::uint64_t> units_{0};
    std::atomic<std::int64_t> key_ticks_{0};
    std::atomic<std::int64_t> last_key_{-1};  ///< media time; -1: none yet
};

}  // namespace bongsu::app
