#pragma once

#include "camsim/faults.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/value.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::camsim {

/// When a camera's film runs.
enum class PlayMode {
    Live,     ///< since the simulator started: every client sees the same picture at the same time
    OnDemand  ///< from its beginning at each PLAY
};

/// One simulated camera.
struct CameraEntry {
    std::string id;
    std::string name;
    std::string main;         ///< path of the film
    std::string sub;          ///< path of the sub-stream's film; empty: no sub-stream
    std::string other;        ///< path of the film that faults switch the main stream to
    Duration start_offset{};  ///< where in the film it starts
    PlayMode mode = PlayMode::Live;
    bool is_looped = true;  ///< false: the connection is closed at the end of the film
    std::shared_ptr<const FaultScript> faults = no_faults();
    Value::List zones;  ///< passed on to whoever watches the camera, not looked at here
    Value::List rules;
    Value::Map about;  ///< further settings for who watches it: place, groups, organisation ...
};

/// Reads {cameras: [{id, name?, main, sub?, other?, start_offset?, mode?, loop?, faults?, zones?,
/// rules?, about?}]}. Paths are relative to `folder`. Errors name the camera and the nearest key.
Result<std::vector<CameraEntry>> parse_camera_list(
    const Value& document, const std::string& folder
);

/// The same from a YAML file; paths are relative to the folder that the file stands in.
Result<std::vector<CameraEntry>> load_camera_list(const std::string& path);

/// Repeats the list up to `count` cameras, with ids such as "plaza-0017" and with films started at
/// different points. A count of 0 gives the list back.
std::vector<CameraEntry> repeat_cameras(const std::vector<CameraEntry>& list, std::size_t count);

/// The camera as configuration for a watching system (what domain's parse_camera reads). `base` is
/// such as "rtsp://admin:secret@127.0.0.1:8554".
Value watch_config(const CameraEntry& camera, std::string_view base);

}  // namespace bongsu::camsim
