#include "app/cameras_at_work.hpp"

#include "core/json.hpp"
#include "core/log.hpp"
#include "domain/camera_form.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::app {
namespace {

// A stream that is only recorded may be read in larger pieces: it costs a tenth and nobody waits.
constexpr Duration kRecordedOnlyReadInterval = std::chrono::milliseconds{200};
constexpr Duration kAnalysedReadInterval = std::chrono::milliseconds{100};
constexpr Duration kWatchedReadInterval = std::chrono::milliseconds{30};

bool is_faster_than_real_time(const StreamConfig& stream) {
    const Value* pace = stream.settings.find("pace");
    return pace != nullptr && pace->as_text() != nullptr && *pace->as_text() == "fast";
}

bool has_sub(const CameraConfig& camera) {
    return find_stream(camera, StreamRole::Sub) != nullptr;
}

/// A lane analyses the sub stream where its camera has one.
CameraConfig for_lane(CameraConfig camera, StreamRole role) {
    if (role == StreamRole::Main) {
        std::erase_if(camera.streams, [](const StreamConfig& stream) {
            return stream.role == StreamRole::Sub;
        });
    }
    return camera;
}

bool is_same(const StreamConfig& a, const StreamConfig& b) {
    return a.role == b.role && a.source == b.source && a.url == b.url && a.settings == b.settings;
}

bool has_same_streams(const CameraConfig& a, const CameraConfig& b) {
    return std::ranges::equal(a.streams, b.streams, is_same);
}

Error unknown(const CameraId& camera) {
    return {ErrorKind::NotFound, "camera '" + camera.value() + "' is not at work", nullptr};
}

}  // namespace

/// What a watcher holds.
struct CamerasAtWork::Watching {
    std::shared_ptr<Guarded<std::map<StreamKey, int>>> watchers;
    StreamKey key;

    Watching(std::shared_ptr<Guarded<std::map<StreamKey, int>>> all, StreamKey which)
        : watchers(std::move(all)), key(std::move(which)) {
        watchers->with([&](std::map<StreamKey, int>& counts) { ++counts[key]; });
    }

    ~Watching() {
        watchers->with([&](std::map<StreamKey, int>& counts) {
            if (--counts[key] == 0) {
                counts.erase(key);
            }
        });
    }

    Watching(const Watching&) = delete;
    Watching& operator=(const Watching&) = delete;
};

CamerasAtWork::CamerasAtWork(WorkParts parts)
    : parts_(std::move(parts)),
      watchers_(std::make_shared<Guarded<std::map<StreamKey, int>>>()),
      health_(std::make_shared<const HealthSnapshot>()) {
    exec::PeriodicTimers timers(parts_.clock);
    timers.add(std::chrono::seconds{1}, [this] { tick(); });
    timer_.emplace("cameras", std::move(timers));
}

CamerasAtWork::~CamerasAtWork() {
    stop();
}

void CamerasAtWork::stop() {
    if (timer_) {
        timer_->stop();
    }
}

std::vector<CameraId> CamerasAtWork::ids() const {
    const std::scoped_lock lock(mutex_);
    std::vector<CameraId> out;
    for (const auto& [id, camera] : cameras_) {
        out.push_back(id);
    }
    return out;
}

bool CamerasAtWork::is_recorded(const CameraConfig& camera, StreamRole role) const {
    return parts_.recording != nullptr && camera.is_recorded && role == StreamRole::Main;
}

/// The sub stream where there is one, unless the main one stands in for it.
StreamRole CamerasAtWork::analysed_role(const Camera& camera) const {
    const bool is_on_sub = has_sub(camera.config) && !camera.choice.is_on_main();
    return is_on_sub ? StreamRole::Sub : StreamRole::Main;
}

bool CamerasAtWork::is_analysed(const Camera& camera, StreamRole role) const {
    return parts_.analysis != nullptr && camera.config.is_analysed && role == analysed_role(camera);
}

bool CamerasAtWork::is_watched(const CameraId& camera, StreamRole role) const {
    return watchers_->with([&](const std::map<StreamKey, int>& counts) {
        return counts.contains({camera, role});
    });
}

bool CamerasAtWork::is_needed(const Camera& camera, StreamRole role) const {
    // A sub stream that is away is waited for; a main stream may be about to stand in for it.
    const bool may_be_analysed =
        can_fall_back(camera.config) && (role == StreamRole::Sub || camera.choice.needs_main());
    return is_recorded(camera.config, role) || is_analysed(camera, role) || may_be_analysed ||
           is_watched(camera.config.id, role);
}

StreamOutlets CamerasAtWork::outlets_for(const Camera& camera, const StreamConfig& stream) {
    StreamOutlets outlets;
    if (is_recorded(camera.config, stream.role)) {
        outlets.record = [this](const AccessUnitPtr& unit) {
            parts_.recording->push(unit);
            if (parts_.observers.on_recorded) {
                parts_.observers.on_recorded(*unit);
            }
        };
    }
    outlets.show = parts_.observers.on_unit;
    if (is_analysed(camera, stream.role)) {
        // A source that is faster than real time is held up until each picture has been analysed.
        const bool is_held_up = is_faster_than_real_time(stream);
        outlets.analyse = [this, is_held_up](const AccessUnitPtr& unit) {
            parts_.analysis->push(unit);
            if (is_held_up) {
                parts_.analysis->flush(unit->camera);
            }
        };
        outlets.analyse_frame = [this, is_held_up, id = camera.config.id](Frame frame) {
            parts_.analysis->push_frame(std::move(frame));
            if (is_held_up) {
                parts_.analysis->flush(id);
            }
        };
        outlets.signal = [this, id = camera.config.id](SignalState state) {
            parts_.analysis->set_signal(id, state);
        };
    }
    if (parts_.observers.on_stream) {
        outlets.state = [this, id = camera.config.id, role = stream.role](ingest::StreamState state
                        ) { parts_.observers.on_stream(id, role, state); };
    }
    return outlets;
}

void CamerasAtWork::set_read_interval(const Camera& camera, Stream& stream) {
    const StreamRole role = stream.config.role;
    const bool is_recorded_only = !is_analysed(camera, role);
    const Duration wanted = is_watched(camera.config.id, role) ? kWatchedReadInterval
                            : is_recorded_only                 ? kRecordedOnlyReadInterval
                                                               : kAnalysedReadInterval;
    // What was never changed keeps the interval of its own settings.
    if (stream.read_interval == wanted ||
        (!stream.read_interval && wanted == kAnalysedReadInterval)) {
        return;
    }
    stream.read_interval = wanted;
    parts_.ingest.set_read_interval(camera.config.id, role, wanted);
}

Status CamerasAtWork::connect(Camera& camera, Stream& stream) {
    stream.link = std::make_unique<CameraLink>(
        camera.config.id, stream.config.role, outlets_for(camera, stream.config), parts_.clock
    );
    stream.read_interval.reset();
    stream.units = 0;
    if (Status added = parts_.ingest.add(camera.config, stream.config, *stream.link); !added) {
        stream.link.reset();
        return added;
    }
    set_read_interval(camera, stream);
    return {};
}

void CamerasAtWork::disconnect(const Camera& camera, Stream& stream) {
    if (!stream.link) {
        return;
    }
    parts_.ingest.remove(camera.config.id, stream.config.role);
    stream.link.reset();
    stream.unneeded_since.reset();
    stream.frames_per_second = 0;
}

Status CamerasAtWork::connect_needed(Camera& camera) {
    for (const StreamConfig& config : camera.config.streams) {
        Stream& stream = camera.streams[config.role];
        stream.config = config;
        if (stream.link || !is_needed(camera, config.role)) {
            continue;
        }
        BONGSU_TRY(connect(camera, stream));
    }
    return {};
}

Status CamerasAtWork::put_to_work(Camera& camera) {
    const CameraConfig& config = camera.config;
    parts_.desk.set_zones(config);
    if (parts_.recording != nullptr) {
        BONGSU_TRY(parts_.recording->add_camera(config));
    }
    if (parts_.analysis != nullptr && config.is_analysed) {
        BONGSU_TRY(parts_.analysis->add_camera(for_lane(config, analysed_role(camera))));
        parts_.coverage->watch(config.id);
    }
    return connect_needed(camera);
}

void CamerasAtWork::take_from_work(Camera& camera) {
    for (auto& [role, stream] : camera.streams) {
        disconnect(camera, stream);
    }
    if (parts_.analysis != nullptr) {
        std::ignore = parts_.analysis->remove_camera(camera.config.id);
    }
    faults_.with([&](auto& faults) { faults.erase(camera.config.id); });
}

Status CamerasAtWork::add(const CameraConfig& config) {
    const std::scoped_lock lock(mutex_);
    const auto [at, is_new] = cameras_.try_emplace(config.id, parts_.fallback);
    if (!is_new) {
        return fail(ErrorKind::AlreadyExists, "camera '" + config.id.value() + "' is at work");
    }
    Camera& camera = at->second;
    camera.config = config;
    camera.since = parts_.clock.wall();
    Status done = put_to_work(camera);
    if (!done) {
        take_from_work(camera);
        camera.problem = done.error().describe();
    }
    return done;
}

/// Another configuration, or another stream.
Status CamerasAtWork::change_analysis(
    const Camera& camera, const CameraConfig& next, StreamRole role
) {
    if (parts_.analysis == nullptr) {
        return {};
    }
    const CameraConfig& before = camera.config;
    // A lane is made for one of the streams; only another role needs another lane.
    if (before.is_analysed && next.is_analysed && analysed_role(camera) == role) {
        return parts_.analysis->replace_camera(for_lane(next, role));
    }
    if (before.is_analysed) {
        std::ignore = parts_.analysis->remove_camera(before.id);
        faults_.with([&](auto& faults) { faults.erase(before.id); });
    }
    if (next.is_analysed) {
        BONGSU_TRY(parts_.analysis->add_camera(for_lane(next, role)));
        parts_.coverage->watch(next.id);
    }
    return {};
}

/// After a change of what is done with its streams.
void CamerasAtWork::hand_on(Camera& camera) {
    for (auto& [role, stream] : camera.streams) {
        if (!stream.link) {
            continue;
        }
        stream.link->set_outlets(outlets_for(camera, stream.config));
        set_read_interval(camera, stream);
        if (is_analysed(camera, role) && stream.link->state() == ingest::StreamState::Lost) {
            parts_.analysis->set_signal(camera.config.id, SignalState::Lost);
        }
    }
}

Status CamerasAtWork::change(Camera& camera, const CameraConfig& next) {
    // What was learnt of the streams holds for these streams only.
    const bool keeps_choice =
        has_same_streams(camera.config, next) && next.is_analysed && camera.config.is_analysed;
    const StreamRole role = keeps_choice    ? analysed_role(camera)
                            : has_sub(next) ? StreamRole::Sub
                                            : StreamRole::Main;
    BONGSU_TRY(change_analysis(camera, next, role));
    if (!keeps_choice) {
        camera.choice = StreamChoice(parts_.fallback);
    }
    parts_.desk.set_zones(next);
    if (parts_.recording != nullptr) {
        BONGSU_TRY(parts_.recording->add_camera(next));
    }
    for (auto& [each, stream] : camera.streams) {
        const StreamConfig* wanted = find_stream(next, each);
        const bool stays = wanted != nullptr && is_same(*wanted, stream.config);
        if (!stays) {
            disconnect(camera, stream);
        }
    }
    std::erase_if(camera.streams, [&](const auto& entry) {
        return find_stream(next, entry.first) == nullptr;
    });
    camera.config = next;
    hand_on(camera);
    return connect_needed(camera);
}

Status CamerasAtWork::replace(const CameraConfig& next) {
    {
        const std::scoped_lock lock(mutex_);
        const auto at = cameras_.find(next.id);
        if (at != cameras_.end() && at->second.problem.empty()) {
            Camera& camera = at->second;
            Status done = change(camera, next);
            if (!done) {
                take_from_work(camera);
                camera.config = next;
                camera.problem = done.error().describe();
            }
            return done;
        }
        if (at != cameras_.end()) {
            take_from_work(at->second);
            cameras_.erase(at);
        }
    }
    return add(next);
}

Status CamerasAtWork::remove(const CameraId& id) {
    const std::scoped_lock lock(mutex_);
    const auto at = cameras_.find(id);
    if (at == cameras_.end()) {
        return fail(unknown(id));
    }
    take_from_work(at->second);
    cameras_.erase(at);
    return {};
}

Result<std::shared_ptr<void>> CamerasAtWork::watch(const CameraId& id, StreamRole role) {
    const std::scoped_lock lock(mutex_);
    const auto at = cameras_.find(id);
    if (at == cameras_.end()) {
        return fail(unknown(id));
    }
    Camera& camera = at->second;
    const auto stream = camera.streams.find(role);
    if (stream == camera.streams.end()) {
        return fail(
            ErrorKind::NotFound,
            "camera '" + id.value() + "' has no " + std::string(to_string(role)) + " stream"
        );
    }
    auto watching = std::make_shared<Watching>(watchers_, StreamKey{id, role});
    if (!stream->second.link) {
        BONGSU_TRY(connect(camera, stream->second));
    } else {
        set_read_interval(camera, stream->second);
    }
    return std::shared_ptr<void>(std::move(watching));
}

}  // namespace bongsu::app
