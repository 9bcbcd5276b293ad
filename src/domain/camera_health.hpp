#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu {

/// How the connection to one stream stands.
enum class LinkState {
    Connecting,
    Playing,
    Waiting,   ///< lost or refused; tried again
    Stopped,   ///< a file that came to its end
    OnDemand,  ///< connected only while somebody watches it
};
std::string_view to_string(LinkState state);

struct StreamHealth {
    StreamRole role = StreamRole::Main;
    LinkState state = LinkState::Connecting;
    WallTime since;
    std::optional<Codec> codec;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    double frames_per_second = 0;  ///< received, over the last seconds
    double bits_per_second = 0;
    Duration key_interval{};  ///< between the last two key pictures, by the camera's time
    std::uint64_t lost_packets = 0;
    std::uint64_t reconnects = 0;
    std::optional<Duration> clock_offset;  ///< the camera's clock minus ours, when it tells it
    std::string last_error;                ///< one sentence; empty when there was none
};

/// What a person must know of a camera at a glance.
enum class CameraCondition {
    Ok,
    Degraded,  ///< works in part, has a fault in its picture, or is being connected
    Lost,      ///< nothing comes in
    Off,       ///< neither recorded nor analysed
};
std::string_view to_string(CameraCondition condition);
constexpr std::size_t kCameraConditions = 4;

struct CameraHealth {
    CameraId camera;
    CameraCondition condition = CameraCondition::Off;
    WallTime since;     ///< of the condition
    std::string words;  ///< why it is not Ok; empty when it is
    bool is_recording = false;
    std::string level;  ///< of the analysis: "T1" ...; empty when it is not analysed
    Duration longest_unwatched{};
    std::vector<StreamHealth> streams;
    std::vector<std::string> faults;  ///< open camera faults by kind, such as "camera_dark"
};

/// All cameras at one instant. Immutable and shared.
struct HealthSnapshot {
    WallTime time;
    std::vector<CameraHealth> cameras;                    ///< ordered by id
    std::array<std::size_t, kCameraConditions> counts{};  ///< by CameraCondition
    std::size_t streams = 0;                              ///< connected or to be connected
    std::size_t playing = 0;

    /// Null for an unknown camera.
    const CameraHealth* find(const CameraId& camera) const;
};

using HealthSnapshotPtr = std::shared_ptr<const HealthSnapshot>;

}  // namespace bongsu
