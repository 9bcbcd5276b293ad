#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"
#include "domain/geometry.hpp"
#include "domain/scene.hpp"
#include "live/config.hpp"
#include "live/picture_coder.hpp"
#include "live/viewer.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::live {

/// What the hub must know of a camera beside its pictures.
struct CameraView {
    std::vector<StreamRole> roles{StreamRole::Main};  ///< configured streams
    std::vector<Polygon> private_masks;  ///< normalised; black in everything that goes to viewers
                                         ///< who may not unmask
};

/// How a stream is doing, for the state message.
struct StreamState {
    SignalState signal = SignalState::Up;
    WallTime since;
    std::string detail;  ///< for people; may be empty
};

/// A viewer's place in the hub; leaving happens when it is destroyed. Movable, thread-safe to
/// destroy. The hub may go first.
class Subscription {
public:
    class Place;

    Subscription();
    explicit Subscription(std::unique_ptr<Place> place);
    ~Subscription();
    Subscription(Subscription&&) noexcept;
    Subscription& operator=(Subscription&&) noexcept;

private:
    std::unique_ptr<Place> place_;
};

/// The current pictures of every stream, fanned out to viewers as docs/design/console.md ("Live
/// pictures") says. A fragment is made once per stream and shared by all its viewers; streams that
/// nobody watches only hold their last GOP. Owns a small pool for fragments and another for decoded
/// pictures. Thread-safe.
class LiveHub {
public:
    struct Parts {
        const Clock& clock;
        Metrics& metrics;
        EncodeJpeg encode_jpeg;  ///< empty: no stills, no pictures for pages without H.265
    };

    LiveHub(LiveConfig config, Parts parts);
    ~LiveHub();
    LiveHub(const LiveHub&) = delete;
    LiveHub& operator=(const LiveHub&) = delete;

    /// Makes a camera known or changes it; its viewers are told. Before its first push.
    void set_camera(const CameraId& camera, CameraView view);

    /// Forgets a camera; its viewers get the state "removed" and nothing more.
    void remove_camera(const CameraId& camera);

    /// Takes one access unit; never blocks on a viewer. Units of one stream come in order; those of
    /// unknown cameras are counted and dropped. Runs on: ingest threads.
    void push(const AccessUnitPtr& unit);

    /// Tells the camera's viewers who asked for overlays where the tracks are. Runs on: pipeline
    /// threads; cheap when nobody asked.
    void overlay(const Scene& scene);

    /// Tells the stream's viewers, now and when they come, that it plays or is lost.
    void state(const CameraId& camera, StreamRole role, StreamState state);

    /// Begins to send the stream to `sink`: the parameters, the held GOP, then what comes. Errors:
    /// NotFound (camera), ResourceExhausted (most viewers).
    Result<Subscription> watch(
        const CameraId& camera,
        WantedRole role,
        ViewerCapabilities capabilities,
        std::shared_ptr<ViewerSink> sink
    );

    /// The latest key picture as JPEG, at most `max_width` wide, private areas black. Kept until
    /// the next key picture. Blocks for one decode, and while LiveConfig::still_decodes others run.
    /// Errors: NotFound (camera), Unavailable (no picture yet), Timeout (too many wait),
    /// Unsupported (no encoder), Corrupt.
    Result<SharedBytes> still(const CameraId& camera, int max_width);

    std::size_t viewers() const;

    /// Ends everything; viewers get nothing more. Idempotent.
    void stop();

    struct Impl;  ///< known to live_hub.cpp alone

private:
    std::shared_ptr<Impl> impl_;
};

}  // namespace bongsu::live
