#include "scenelog/scene_log.hpp"

#include "core/log.hpp"
#include "core/rate_limited.hpp"
#include "exec/bounded_mailbox.hpp"
#include "exec/periodic_timers.hpp"
#include "exec/thread_name.hpp"
#include "scenelog/block.hpp"
#include "scenelog/hour_files.hpp"
#include "scenelog/metrics.hpp"
#include "scenelog/thinning.hpp"

#include <atomic>
#include <future>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bongsu::scenelog {
namespace {

/// A block is sealed when it has grown to this, whatever its age.
constexpr std::size_t kSealBytes = 64 * 1024;
constexpr Duration kRetireEvery = std::chrono::seconds{60};

/// What the writing thread is given.
struct Item {
    CameraId camera;
    Hour hour = 0;
    std::uint32_t scenes = 0;
    std::vector<std::uint8_t> block;             ///< empty: nothing to write
    std::shared_ptr<std::promise<void>> done{};  ///< set once all before it is on disk
    bool is_upkeep = false;
};

/// One camera's gathering.
struct Lane {
    Lane(const CameraId& id, const SceneLogConfig& config)
        : camera(id), thinning(config.quiet_after, config.quiet_every) {}

    const CameraId camera;
    std::mutex mutex;
    Thinning thinning;
    BlockWriter block;
    MonoTime began;  ///< of the block
};

}  // namespace

struct SceneLog::Impl {
    Impl(const SceneLogConfig& c, const Clock& k, Metrics& metrics, HourFiles f)
        : config(c),
          clock(k),
          files(std::move(f)),
          scenes(metrics.counter(kScenesTotal)),
          thinned(metrics.counter(kScenesThinned)),
          lost_to_queue(metrics.counter(kScenesLost, {{"reason", "queue_full"}})),
          lost_to_disk(metrics.counter(kScenesLost, {{"reason", "disk"}})),
          bytes_written(metrics.counter(kBytesWritten)),
          bytes_kept(metrics.gauge(kBytesKept)),
          queued(metrics.gauge(kQueueBlocks)),
          queue(c.queue_blocks, exec::Overflow::Reject) {
        bytes_kept.set(static_cast<double>(files.bytes()));
    }

    Lane& lane_of(const CameraId& camera) {
        {
            const std::shared_lock lock(lanes_mutex);
            if (const auto found = lanes.find(camera); found != lanes.end()) {
                return *found->second;
            }
        }
        const std::scoped_lock lock(lanes_mutex);
        auto& lane = lanes[camera];
        if (!lane) {
            lane = std::make_unique<Lane>(camera, config);
        }
        return *lane;
    }

    /// With the lane's lock held.
    void seal(Lane& lane) {
        if (lane.block.is_empty()) {
            return;
        }
        const BlockHead head = lane.block.head();
        Item item{
            .camera = lane.camera,
            .hour = hour_of(head.first),
            .scenes = head.scenes,
            .block = lane.block.seal(),
        };
        if (queue.push(std::move(item)) == exec::Admission::Rejected) {
            lost_to_queue.add(head.scenes);
        }
        queued.set(static_cast<double>(queue.size()));
    }

    void run(const std::stop_token& stop) {
        exec::set_thread_name("scenelog");
        while (auto item = queue.pop(stop)) {
            handle(*item);
        }
        while (auto item = queue.try_pop()) {
            handle(*item);
        }
    }

    void handle(const Item& item) {
        if (!item.block.empty()) {
            write(item);
        }
        if (item.is_upkeep) {
            files.retire(clock.wall() - config.keep_for, config.keep_bytes);
            bytes_kept.set(static_cast<double>(files.bytes()));
        }
        if (item.done) {
            item.done->set_value();
        }
        queued.set(static_cast<double>(queue.size()));
    }

    void write(const Item& item) {
        if (const auto written = files.append(item.hour, item.camera, item.block); !written) {
            lost_to_disk.add(item.scenes);
            if (disk_complaint.admit(clock.mono())) {
                log::warn("scenelog.cannot_write", {{"why", written.error().describe()}});
            }
            return;
        }
        scenes.add(item.scenes);
        bytes_written.add(static_cast<double>(item.block.size()));
    }

    const SceneLogConfig config;
    const Clock& clock;
    HourFiles files;  ///< of the writing thread
    Counter& scenes;
    Counter& thinned;
    Counter& lost_to_queue;
    Counter& lost_to_disk;
    Counter& bytes_written;
    Gauge& bytes_kept;
    Gauge& queued;
    RateLimited disk_complaint{std::chrono::seconds{60}};
    std::shared_mutex lanes_mutex;
    std::unordered_map<CameraId, std::unique_ptr<Lane>> lanes;  ///< never removed
    std::optional<MonoTime> retired;                            ///< of tick()
    std::atomic<bool> is_stopped{false};
    exec::BoundedMailbox<Item> queue;
    std::jthread writer;
    std::optional<exec::TimerThread> timer;
};

Result<std::unique_ptr<SceneLog>> SceneLog::create(
    const SceneLogConfig& config, const Clock& clock, Metrics& metrics
) {
    BONGSU_ASSIGN(HourFiles files, HourFiles::open(config.root));
    auto impl = std::make_unique<Impl>(config, clock, metrics, std::move(files));
    Impl* raw = impl.get();
    raw->writer = std::jthread([raw](const std::stop_token& stop) { raw->run(stop); });
    auto log = std::unique_ptr<SceneLog>(new SceneLog(std::move(impl)));
    exec::PeriodicTimers timers(clock);
    timers.add(std::chrono::seconds{1}, [self = log.get()] { self->tick(); });
    raw->timer.emplace("scenelog-timer", std::move(timers));
    return log;
}

SceneLog::SceneLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

SceneLog::~SceneLog() {
    stop();
}

void SceneLog::take(const Scene& scene) {
    Lane& lane = impl_->lane_of(scene.camera);
    const std::scoped_lock lock(lane.mutex);
    if (!lane.thinning.wants(scene)) {
        impl_->thinned.add();
        return;
    }
    if (!lane.block.is_empty()) {
        const BlockHead& head = lane.block.head();
        const bool is_back = scene.time < head.last;
        const bool is_long = scene.time - head.first >= impl_->config.block;
        if (is_back || is_long || hour_of(scene.time) != hour_of(head.first) ||
            lane.block.size() >= kSealBytes) {
            impl_->seal(lane);
        }
    }
    if (lane.block.is_empty()) {
        lane.began = impl_->clock.mono();
    }
    lane.block.add(to_stored(scene));
}

Status SceneLog::flush(const CameraId& camera) {
    {
        Lane& lane = impl_->lane_of(camera);
        const std::scoped_lock lock(lane.mutex);
        impl_->seal(lane);
    }
    if (impl_->is_stopped) {
        return {};
    }
    const auto done = std::make_shared<std::promise<void>>();
    auto written = done->get_future();
    if (impl_->queue.push({.camera = camera, .done = done}) == exec::Admission::Rejected) {
        return fail(
            ErrorKind::ResourceExhausted,
            "the scene log is behind: the disk is too slow for what waits to be written"
        );
    }
    written.wait();
    return {};
}

void SceneLog::tick() {
    const MonoTime now = impl_->clock.mono();
    {
        const std::shared_lock lock(impl_->lanes_mutex);
        for (const auto& [camera, lane] : impl_->lanes) {
            const std::scoped_lock lane_lock(lane->mutex);
            if (!lane->block.is_empty() && now - lane->began >= impl_->config.block) {
                impl_->seal(*lane);
            }
        }
    }
    if (!impl_->retired || now - *impl_->retired >= kRetireEvery) {
        impl_->retired = now;
        (void)impl_->queue.push({.is_upkeep = true});  // full: the next minute will do
    }
}

void SceneLog::stop() {
    if (impl_->is_stopped.exchange(true)) {
        return;
    }
    impl_->timer->stop();
    {
        const std::shared_lock lock(impl_->lanes_mutex);
        for (const auto& [camera, lane] : impl_->lanes) {
            const std::scoped_lock lane_lock(lane->mutex);
            impl_->seal(*lane);
        }
    }
    impl_->writer.request_stop();
    impl_->writer.join();
}

}  // namespace bongsu::scenelog
