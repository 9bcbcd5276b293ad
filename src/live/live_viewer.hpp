#pragma once

#include "core/metrics.hpp"
#include "core/strong_id.hpp"
#include "live/messages.hpp"
#include "live/viewer.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

namespace bongsu::live {

class LiveStream;

/// What a viewer gets.
enum class Form : std::uint8_t {
    Fragments,  ///< the camera's own video
    Painted,    ///< video made anew, private areas black
    Pictures,   ///< JPEG, private areas black
};

inline constexpr std::size_t kForms = 3;

/// How a viewer is served: from which stream, as what, and why so.
struct Serving {
    std::weak_ptr<LiveStream> stream;
    StreamRole role = StreamRole::Main;
    Form form = Form::Fragments;
    std::string_view note;
};

/// One viewer inside the hub. What stands below `seat` belongs to the feed that serves it and is
/// touched only on that feed's queue.
struct LiveViewer {
    LiveViewer(
        CameraId camera_id,
        WantedRole wanted_role,
        ViewerCapabilities abilities,
        std::shared_ptr<ViewerSink> connection
    )
        : camera(std::move(camera_id)),
          wanted(wanted_role),
          capabilities(abilities),
          sink(std::move(connection)) {}

    const CameraId camera;
    const WantedRole wanted;
    const ViewerCapabilities capabilities;
    const std::shared_ptr<ViewerSink> sink;
    std::atomic<bool> is_gone = false;

    struct Seat {
        std::mutex mutex;  ///< held while the viewer is seated, moved or leaves
        Serving serving;
        bool is_seated = false;
    } seat;

    bool needs_init = true;
    bool needs_key = true;
    bool is_behind = false;  ///< pictures were left out since the last one sent
    std::string_view note;
    SharedText waiting_scene;  ///< the latest one that a slow connection did not take
};

using LiveViewerPtr = std::shared_ptr<LiveViewer>;

}  // namespace bongsu::live
