#include "pipeline/analysis_engine.hpp"

#include "core/log.hpp"
#include "exec/periodic_timers.hpp"
#include "exec/serial_queue.hpp"
#include "exec/worker_pool.hpp"
#include "pipeline/camera_lane.hpp"
#include "pipeline/decoder_leases.hpp"
#include "pipeline/instruments.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <shared_mutex>
#include <string>
#include <thread>
#include <utility>

namespace bongsu::pipeline {
namespace {

using LanePtr = std::shared_ptr<CameraLane>;

constexpr Duration kLookTick = std::chrono::milliseconds{40};

unsigned threads_of(const AnalysisConfig& config) {
    return config.threads > 0 ? config.threads : std::max(1U, std::thread::hardware_concurrency());
}

triage::SchedulerSettings scheduler_settings(const AnalysisConfig& config) {
    constexpr double kShareOfThreads =
        0.8;  // the rest is for receiving, recording and the consoles
    triage::SchedulerSettings settings;
    settings.budget = config.budget > 0 ? config.budget : kShareOfThreads * threads_of(config);
    settings.max_unwatched = config.max_unwatched;
    return settings;
}

Error unknown(const CameraId& camera) {
    return {ErrorKind::NotFound, "camera '" + camera.value() + "' is not analysed", nullptr};
}

}  // namespace

struct AnalysisEngine::Impl {
    Impl(
        const AnalysisConfig& config_in,
        const Clock& clock_in,
        WorkerKits kits_in,
        AnalysisParts parts_in
    )
        : config(config_in),
          clock(clock_in),
          parts(std::move(parts_in)),
          kits(std::move(kits_in)),
          leases(config.max_active, {.skip_loop_filter = config.skips_loop_filter}),
          scheduler(scheduler_settings(config)),
          instruments(parts.metrics),
          looks(clock),
          pool("analysis", threads_of(config)),
          looking(pool, 1, exec::Overflow::Coalesce) {}

    LanePtr find(const CameraId& camera) const {
        const std::shared_lock lock(mutex);
        const auto found = lanes.find(camera);
        return found == lanes.end() ? nullptr : found->second;
    }

    std::vector<LanePtr> all() const {
        const std::shared_lock lock(mutex);
        std::vector<LanePtr> out;
        for (const auto& [camera, lane] : lanes) {
            out.push_back(lane);
        }
        return out;
    }

    void tick();

    void look_when_due() {
        if (looks.is_due()) {
            looking.push([this] { looks.run(*kits.mine().detector); });
        }
    }

    const AnalysisConfig config;
    const Clock& clock;
    const AnalysisParts parts;
    WorkerKits kits;
    DecoderLeases leases;
    triage::Scheduler scheduler;
    triage::CoverageLedger ledger;
    Instruments instruments;
    SharedLooks looks;
    exec::WorkerPool pool;
    exec::SerialQueue looking;  ///< runs looks that have waited for long enough
    mutable std::shared_mutex mutex;
    std::map<CameraId, LanePtr> lanes;
    std::atomic<bool> was_behind{false};
    std::unique_ptr<exec::TimerThread> timer;
};

void AnalysisEngine::Impl::tick() {
    scheduler.rebalance(clock.mono());
    int followed = 0;
    Duration longest{};
    const std::vector<LanePtr> present = all();
    for (const LanePtr& lane : present) {
        lane->tick();
        const CameraStats stats = lane->stats();
        followed += stats.level == TriageLevel::T3 ? 1 : 0;
        longest = std::max(longest, stats.longest_unwatched);
    }
    const triage::SchedulerStatus status = scheduler.status();
    instruments.followed_cameras.set(followed);
    instruments.quiet_cameras.set(static_cast<double>(present.size()) - followed);
    instruments.longest_unwatched.set(to_seconds(longest));
    instruments.budget.set(status.budget);
    instruments.used.set(status.used);
    instruments.wanted.set(status.wanted);
    for (std::size_t i = 0; i < triage::kGravities; ++i) {
        instruments.share[i]->set(status.by_gravity[i].mean);
    }
    if (was_behind.exchange(status.is_behind) != status.is_behind) {
        log::write(
            status.is_behind ? log::Level::Warn : log::Level::Info,
            status.is_behind ? "pipeline.behind" : "pipeline.caught_up",
            {{"wanted_cpu", status.wanted},
             {"budget_cpu", status.budget},
             {"least_share", status.least_share}}
        );
    }
}

Result<std::unique_ptr<AnalysisEngine>> AnalysisEngine::create(
    const AnalysisConfig& config,
    const Clock& clock,
    const DetectorFactory& make_detector,
    AnalysisParts parts
) {
    BONGSU_ASSIGN(WorkerKits kits, WorkerKits::create(threads_of(config), make_detector));
    auto impl = std::make_unique<Impl>(config, clock, std::move(kits), std::move(parts));
    exec::PeriodicTimers timers(clock);
    timers.add(std::chrono::seconds{1}, [inner = impl.get()] { inner->tick(); });
    timers.add(kLookTick, [inner = impl.get()] { inner->look_when_due(); });
    impl->timer = std::make_unique<exec::TimerThread>("analysis-timer", std::move(timers));
    return std::unique_ptr<AnalysisEngine>(new AnalysisEngine(std::move(impl)));
}

AnalysisEngine::AnalysisEngine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

AnalysisEngine::~AnalysisEngine() {
    stop();
}

Status AnalysisEngine::add_camera(const CameraConfig& camera) {
    BONGSU_ASSIGN(FrameAnalysis analysis, FrameAnalysis::create(camera, impl_->parts));
    const std::unique_lock lock(impl_->mutex);
    if (impl_->lanes.contains(camera.id)) {
        return fail(
            ErrorKind::AlreadyExists, "camera '" + camera.id.value() + "' is analysed already"
        );
    }
    impl_->lanes[camera.id] = std::make_shared<CameraLane>(
        std::move(analysis),
        LaneSurroundings{
            impl_->config,
            impl_->clock,
            impl_->pool,
            impl_->kits,
            impl_->looks,
            impl_->leases,
            impl_->scheduler,
            impl_->ledger,
            impl_->instruments
        }
    );
    return {};
}

Status AnalysisEngine::replace_camera(const CameraConfig& camera) {
    const LanePtr lane = impl_->find(camera.id);
    return lane ? lane->replace(camera) : fail(unknown(camera.id));
}

Status AnalysisEngine::remove_camera(const CameraId& camera) {
    LanePtr lane;
    {
        const std::unique_lock lock(impl_->mutex);
        const auto found = impl_->lanes.find(camera);
        if (found == impl_->lanes.end()) {
            return fail(unknown(camera));
        }
        lane = std::move(found->second);
        impl_->lanes.erase(found);
    }
    lane->finish();
    return {};
}

void AnalysisEngine::push(AccessUnitPtr unit) {
    if (const LanePtr lane = impl_->find(unit->camera)) {
        lane->push(std::move(unit));
    }
}

void AnalysisEngine::push_frame(Frame frame) {
    if (const LanePtr lane = impl_->find(frame.camera)) {
        lane->push_frame(std::move(frame));
    }
}

void AnalysisEngine::set_signal(const CameraId& camera, SignalState state) {
    if (const LanePtr lane = impl_->find(camera)) {
        lane->set_signal(state);
    }
}

Status AnalysisEngine::look(const CameraId& camera) {
    const LanePtr lane = impl_->find(camera);
    if (!lane) {
        return fail(unknown(camera));
    }
    lane->request_look();
    return {};
}

void AnalysisEngine::tick() {
    impl_->tick();
}

void AnalysisEngine::flush(const CameraId& camera) {
    if (const LanePtr lane = impl_->find(camera)) {
        lane->flush();
    }
}

std::optional<CameraStats> AnalysisEngine::stats(const CameraId& camera) const {
    const LanePtr lane = impl_->find(camera);
    return lane ? std::optional(lane->stats()) : std::nullopt;
}

std::vector<CameraStats> AnalysisEngine::all_stats() const {
    std::vector<CameraStats> out;
    for (const LanePtr& lane : impl_->all()) {
        out.push_back(lane->stats());
    }
    return out;
}

triage::SchedulerStatus AnalysisEngine::scheduler_status() const {
    return impl_->scheduler.status();
}

const triage::CoverageLedger& AnalysisEngine::coverage() const {
    return impl_->ledger;
}

void AnalysisEngine::stop() {
    impl_->timer->stop();
    std::map<CameraId, LanePtr> lanes;
    {
        const std::unique_lock lock(impl_->mutex);
        lanes.swap(impl_->lanes);
    }
    for (const auto& [camera, lane] : lanes) {
        lane->finish();
    }
    impl_->looking.close();
    impl_->pool.stop();
}

}  // namespace bongsu::pipeline
