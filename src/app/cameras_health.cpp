// CamerasAtWork: how the cameras are doing.
#include "app/cameras_at_work.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace bongsu::app {
namespace {

// A tile that is left and seen again within this time needs no new connection.
constexpr Duration kLinger = std::chrono::seconds{10};
constexpr Duration kWorstClockOffset = std::chrono::seconds{60};
/// One damaged picture is no state; more of them within half a minute are.
constexpr std::uint64_t kMostUndecoded = 1;
constexpr std::string_view kFaultPrefix = "camera_";

LinkState link_state(ingest::StreamState state) {
    switch (state) {
        case ingest::StreamState::Connecting:
            return LinkState::Connecting;
        case ingest::StreamState::Playing:
            return LinkState::Playing;
        case ingest::StreamState::Lost:
        case ingest::StreamState::Failed:
            return LinkState::Waiting;
        case ingest::StreamState::Ended:
            return LinkState::Stopped;
    }
    return LinkState::Waiting;
}

std::string say(const StreamHealth& stream) {
    std::string words = std::string(to_string(stream.role)) + " stream ";
    switch (stream.state) {
        case LinkState::Connecting:
            return words + "is being connected";
        case LinkState::Stopped:
            return words + "came to its end";
        default:
            return words + "is lost" + (stream.last_error.empty() ? "" : ": " + stream.last_error);
    }
}

void add_words(std::string& words, const std::string& more) {
    words += (words.empty() ? "" : "; ") + more;
}

}  // namespace

void CamerasAtWork::note(const BehaviourEvent& event) {
    if (!event.kind.starts_with(kFaultPrefix)) {
        return;
    }
    faults_.with([&](auto& faults) {
        if (event.phase == EventPhase::End) {
            faults[event.camera].erase(event.id);
        } else {
            faults[event.camera][event.id] = event.kind;
        }
    });
}

HealthSnapshotPtr CamerasAtWork::health() const {
    return health_.with([](const HealthSnapshotPtr& current) { return current; });
}

StreamHealth CamerasAtWork::health_of(
    const CameraConfig& camera, Stream& stream, const Statistics& statistics, double seconds
) {
    StreamHealth out;
    out.role = stream.config.role;
    if (!stream.link) {
        out.state = LinkState::OnDemand;
        out.since = parts_.clock.wall();
        return out;
    }
    const LinkPulse pulse = stream.link->pulse();
    out.state = link_state(pulse.state);
    out.since = pulse.since;
    out.key_interval = pulse.key_interval;
    // Smoothed over some seconds: pictures come in clumps.
    constexpr double kNewShare = 0.3;
    if (seconds > 0) {
        const double now = static_cast<double>(pulse.units - stream.units) / seconds;
        const bool is_first = stream.frames_per_second == 0;
        stream.frames_per_second =
            is_first ? now : stream.frames_per_second * (1 - kNewShare) + now * kNewShare;
    }
    stream.units = pulse.units;
    out.frames_per_second = out.state == LinkState::Playing ? stream.frames_per_second : 0;
    if (const auto found = statistics.find({camera.id, out.role}); found != statistics.end()) {
        const ingest::StreamStatistics& counted = found->second;
        out.codec = counted.codec;
        out.width = counted.width;
        out.height = counted.height;
        out.bits_per_second = counted.bit_rate;
        out.lost_packets = counted.lost_packets;
        out.reconnects = counted.connects > 0 ? counted.connects - 1 : 0;
        out.clock_offset = counted.clock_offset;
        out.last_error = counted.last_error;
    }
    return out;
}

void CamerasAtWork::judge(Camera& camera, CameraHealth& health) const {
    std::size_t connected = 0;
    std::size_t playing = 0;
    std::size_t waiting = 0;
    for (const StreamHealth& stream : health.streams) {
        const bool is_required = is_recorded(camera.config, stream.role) ||
                                 is_analysed(camera, stream.role) ||
                                 (stream.role == StreamRole::Sub && can_fall_back(camera.config));
        if (!is_required) {
            continue;
        }
        ++connected;
        playing += stream.state == LinkState::Playing ? 1 : 0;
        waiting += stream.state == LinkState::Waiting || stream.state == LinkState::Stopped ? 1 : 0;
        if (stream.role == StreamRole::Sub && camera.choice.is_on_main()) {
            const bool is_back = stream.state == LinkState::Playing;
            add_words(
                health.words,
                "analysed on the main stream, as the " +
                    (is_back ? "sub stream has only just come back" : say(stream))
            );
        } else if (stream.state != LinkState::Playing) {
            add_words(health.words, say(stream));
        } else if (stream.clock_offset && (*stream.clock_offset > kWorstClockOffset ||
                                           *stream.clock_offset < -kWorstClockOffset)) {
            add_words(health.words, "the camera's clock is wrong by more than a minute");
        }
    }
    if (const std::uint64_t undecoded = camera.undecoded.growth(); undecoded > kMostUndecoded) {
        add_words(
            health.words,
            std::to_string(undecoded) + " pictures of the last half minute could not be decoded"
        );
    }
    for (const std::string& fault : health.faults) {
        add_words(health.words, fault);
    }
    CameraCondition now = CameraCondition::Ok;
    if (!camera.problem.empty()) {
        health.words = camera.problem;
        now = CameraCondition::Lost;
    } else if (connected == 0) {
        now = CameraCondition::Off;
    } else if (waiting == connected) {
        now = CameraCondition::Lost;
    } else if (playing < connected || !health.words.empty()) {
        now = CameraCondition::Degraded;
    }
    if (now != camera.condition) {
        camera.condition = now;
        camera.since = parts_.clock.wall();
    }
    health.condition = now;
    health.since = camera.since;
}

CameraHealth CamerasAtWork::health_of(
    Camera& camera, const Statistics& statistics, const Levels& levels, double seconds
) {
    CameraHealth out;
    out.camera = camera.config.id;
    for (auto& [role, stream] : camera.streams) {
        out.streams.push_back(health_of(camera.config, stream, statistics, seconds));
        const StreamHealth& made = out.streams.back();
        out.is_recording = out.is_recording ||
                           (is_recorded(camera.config, role) && made.state == LinkState::Playing);
    }
    if (const auto found = levels.find(out.camera); found != levels.end()) {
        out.level = to_string(found->second.level);
        out.longest_unwatched = found->second.longest_unwatched;
        camera.undecoded.note(found->second.decode_errors, parts_.clock.mono());
    }
    faults_.with([&](const auto& faults) {
        if (const auto found = faults.find(out.camera); found != faults.end()) {
            for (const auto& [id, kind] : found->second) {
                out.faults.push_back(kind);
            }
        }
    });
    judge(camera, out);
    return out;
}

void CamerasAtWork::tick() {
    Statistics statistics;
    for (ingest::StreamReport& report : parts_.ingest.report()) {
        statistics[{report.camera, report.role}] = std::move(report.statistics);
    }
    Levels levels;
    if (parts_.analysis != nullptr) {
        for (const pipeline::CameraStats& stats : parts_.analysis->all_stats()) {
            levels[stats.camera] = stats;
        }
    }
    const bool is_paused = parts_.recording != nullptr && parts_.recording->state().is_paused;
    auto next = std::make_shared<HealthSnapshot>();
    next->time = parts_.clock.wall();
    const std::scoped_lock lock(mutex_);
    const MonoTime now = parts_.clock.mono();
    const double seconds = ticked_at_ ? to_seconds(now - *ticked_at_) : 0;
    ticked_at_ = now;
    choose_streams(now);
    for (auto& [id, camera] : cameras_) {
        for (auto& [role, stream] : camera.streams) {
            const bool is_idle = stream.link && !is_needed(camera, role);
            stream.unneeded_since =
                is_idle ? stream.unneeded_since.value_or(now) : std::optional<MonoTime>{};
            if (is_idle && now - *stream.unneeded_since >= kLinger) {
                disconnect(camera, stream);
            } else if (stream.link) {
                set_read_interval(camera, stream);
            }
        }
        next->cameras.push_back(health_of(camera, statistics, levels, seconds));
        CameraHealth& health = next->cameras.back();
        health.is_recording = health.is_recording && !is_paused;
        ++next->counts.at(static_cast<std::size_t>(health.condition));
        for (const StreamHealth& stream : health.streams) {
            next->streams += stream.state == LinkState::OnDemand ? 0 : 1;
            next->playing += stream.state == LinkState::Playing ? 1 : 0;
        }
    }
    HealthSnapshotPtr shared = std::move(next);
    health_.with([&](HealthSnapshotPtr& current) { current.swap(shared); });
}

}  // namespace bongsu::app
