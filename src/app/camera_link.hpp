#pragma once

#include "domain/camera.hpp"
#include "domain/scene.hpp"
#include "ingest/source.hpp"

#include <atomic>
#include <functional>

namespace bongsu::app {

/// Where one stream of a camera goes. Any of them may be empty. Called on ingest's threads: they
/// must not block.
struct StreamOutlets {
    std::function<void(const AccessUnitPtr&)> record;
    std::function<void(const AccessUnitPtr&)> analyse;
    std::function<void(Frame)> analyse_frame;
    std::function<void(SignalState)> signal;
    std::function<void(ingest::StreamState)> state;
};

/// Hands one stream on to recording and analysis, and tells state changes. Runs on: ingest's thread
/// of this stream.
class CameraLink final : public ingest::SourceListener {
public:
    CameraLink(CameraId camera, StreamRole role, StreamOutlets outlets)
        : camera_(std::move(camera)), role_(role), outlets_(std::move(outlets)) {}

    void on_access_unit(AccessUnitPtr unit) override;
    void on_frame(Frame frame) override;
    void on_state(ingest::StreamState state, const Error* error) override;

    ingest::StreamState state() const { return state_; }

private:
    CameraId camera_;
    StreamRole role_;
    StreamOutlets outlets_;
    std::atomic<ingest::StreamState> state_{ingest::StreamState::Connecting};
};

}  // namespace bongsu::app
