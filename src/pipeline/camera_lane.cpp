// The lane's doors and its place on the queue. What it does while quiet and while followed is in
// camera_lane_quiet.cpp and camera_lane_following.cpp.
#include "pipeline/camera_lane.hpp"

#include "core/log.hpp"
#include "pipeline/cpu_meter.hpp"

#include <algorithm>
#include <future>
#include <utility>

namespace bongsu::pipeline {
namespace {

constexpr std::size_t kQueueCapacity = 16;
constexpr std::size_t kHeldFrames = 8;
constexpr Duration kStalled = std::chrono::seconds{10};

/// Keys of coalescing tasks; larger ones are used once each.
constexpr std::uint64_t kAdvance = 1;
constexpr std::uint64_t kSignal = 2;

triage::GateSettings gate_settings(const AnalysisConfig& config) {
    triage::GateSettings settings;
    settings.regions.threshold = static_cast<float>(config.gate_threshold);
    return settings;
}

}  // namespace

CameraLane::CameraLane(FrameAnalysis analysis, LaneSurroundings around)
    : around_(around),
      analysis_(std::move(analysis)),
      id_(analysis_.camera().id),
      uses_sub_stream_(find_stream(analysis_.camera(), StreamRole::Sub) != nullptr),
      inbox_(Inbox(around.config)),
      frames_(kHeldFrames, exec::Overflow::DropOldest),
      gate_(gate_settings(around.config), analysis_.camera().masks),
      sensitivity_(
          {.least = static_cast<float>(around.config.gate_threshold_least),
           .most = static_cast<float>(around.config.gate_threshold)}
      ),
      address_(std::make_shared<Guarded<CameraLane*>>(this)),
      queue_(around.pool, kQueueCapacity, exec::Overflow::Coalesce) {
    around_.scheduler.add(id_, highest_gravity(analysis_.camera()));
    around_.ledger.begin(id_, around_.clock.wall());
    working_.camera = id_;
    publish_stats();
}

CameraLane::~CameraLane() {
    address_->with([](CameraLane*& lane) { lane = nullptr; });
    queue_.close();
    around_.scheduler.remove(id_);
    around_.ledger.end(id_);
}

void CameraLane::push(AccessUnitPtr unit) {
    const bool is_sub = unit->role == StreamRole::Sub;
    if (is_sub != uses_sub_stream_ || !unit->bytes || !unit->parameters) {
        return;
    }
    const MonoTime now = around_.clock.mono();
    const Inbox::Wake wake =
        inbox_.with([&](Inbox& inbox) { return inbox.push(std::move(unit), now); });
    if (wake != Inbox::Wake::No) {
        schedule();
    }
}

void CameraLane::push_frame(Frame frame) {
    frames_.push(std::move(frame));
    schedule();
}

void CameraLane::set_signal(SignalState state) {
    is_signal_lost_ = state == SignalState::Lost;
    queue_.push([this] { observe_without_picture(); }, kSignal);
}

void CameraLane::request_look() {
    is_look_requested_ = true;
}

Status CameraLane::replace(const CameraConfig& camera) {
    Status status =
        fail(ErrorKind::Cancelled, "the analysis of camera '" + id_.value() + "' has stopped");
    run_and_wait([&] {
        status = analysis_.replace(camera, analysis_.latest().value_or(newest_picture_));
        if (status) {
            gate_ = triage::KeyframeGate(gate_settings(around_.config), camera.masks);
        }
    });
    return status;
}

void CameraLane::tick() {
    const MonoTime now = around_.clock.mono();
    const bool is_stalled = is_following_ && inbox_.with([&](Inbox& inbox) {
        return inbox.last_arrival != MonoTime{} && now - inbox.last_arrival > kStalled;
    });
    if (is_signal_lost_ || is_stalled) {
        queue_.push([this] { observe_without_picture(); }, kSignal);
    }
}

void CameraLane::flush() {
    do {
        run_and_wait([this] {
            if (is_waiting_) {
                around_.looks.run(*around_.kits.mine().detector);
            }
        });
    } while (is_pending_ || is_waiting_);
}

void CameraLane::finish() {
    run_and_wait([this] {
        stop_following();
        analysis_.finish(analysis_.latest().value_or(newest_picture_));
        publish_stats();
    });
    queue_.close();
}

CameraStats CameraLane::stats() const {
    return published_.with([](const CameraStats& stats) { return stats; });
}

void CameraLane::schedule() {
    is_pending_ = true;
    if (queue_.push([this] { advance(); }, kAdvance) == exec::Admission::Rejected) {
        is_pending_ = false;
    }
}

void CameraLane::run_and_wait(const std::function<void()>& work) {
    auto done = std::make_shared<std::promise<void>>();
    std::future<void> future = done->get_future();
    auto task = [done = std::move(done), &work] {
        work();
        done->set_value();
    };
    if (queue_.push(std::move(task), next_wait_key_++) == exec::Admission::Rejected) {
        return;
    }
    // When the queue is closed meanwhile the task is destroyed, which breaks the promise and ends
    // the wait.
    future.wait();
}

void CameraLane::advance() {
    is_pending_ = false;
    if (is_waiting_) {
        return;  // the answer goes on
    }
    if (!advance_frames()) {
        if (is_following_) {
            advance_following();
        } else {
            advance_quiet();
        }
    }
    publish_stats();
}

bool CameraLane::advance_frames() {
    const std::optional<Frame> frame = frames_.try_pop();
    if (!frame) {
        return false;
    }
    if (frames_.size() > 0) {
        schedule();
    }
    if (analysis_.latest() && frame->wall <= *analysis_.latest()) {
        return true;
    }
    newest_picture_ = frame->wall;
    if (!is_following_ &&
        (!last_gate_ || frame->wall - *last_gate_ >= around_.config.quiet_interval)) {
        consider(*frame, around_.config.quiet_interval);
    }
    // A camera woken by this very picture is followed from it on.
    const bool is_new = !analysis_.latest() || frame->wall > *analysis_.latest();
    if (is_following_ && is_new && is_due(instant_of(*frame))) {
        follow(*frame, decide_look(instant_of(*frame)));
    }
    return true;
}

std::optional<std::vector<Detection>> CameraLane::detect(
    const Frame& frame, std::span<const Box> regions
) {
    const CpuMeter meter(around_, id_, triage::Stage::Detect, working_);
    return accept(around_.kits.mine().detector->detect(frame, regions), frame, regions.empty());
}

/// Keeps the books about a look of the detector.
std::optional<std::vector<Detection>> CameraLane::accept(
    Result<std::vector<Detection>> found, const Frame& frame, bool is_whole
) {
    if (!found) {
        if (const auto held_back = error_log_.admit(around_.clock.mono())) {
            log::error(
                "pipeline.detector_failed",
                {{"camera", id_.value()},
                 {"error", found.error().describe()},
                 {"suppressed", *held_back}}
            );
        }
        return std::nullopt;
    }
    last_detection_ = frame.wall;
    if (!is_whole) {
        ++working_.region_looks;
        around_.instruments.region_looks.add();
        return *std::move(found);
    }
    ++working_.whole_looks;
    around_.instruments.whole_looks.add();
    around_.scheduler.note_look(id_, frame.wall);
    around_.ledger.record(id_, triage::Looker::Detector, frame.wall);
    log::debug("pipeline.looked", {{"camera", id_.value()}, {"picture", to_iso8601(frame.wall)}});
    if (last_whole_look_) {
        working_.longest_unwatched =
            std::max(working_.longest_unwatched, frame.wall - *last_whole_look_);
    }
    last_whole_look_ = frame.wall;
    return *std::move(found);
}

void CameraLane::charge(triage::Stage stage, Duration used) {
    const auto index = static_cast<std::size_t>(stage);
    working_.cpu_seconds[index] += to_seconds(used);
    around_.scheduler.charge(id_, stage, used);
    around_.instruments.cpu_seconds[index]->add(to_seconds(used));
}

std::span<const Track> CameraLane::observe(Observation observation) {
    const CpuMeter meter(around_, id_, triage::Stage::Follow, working_);
    observation.signal = is_signal_lost_ ? SignalState::Lost : SignalState::Up;
    return analysis_.observe(observation);
}

void CameraLane::observe_without_picture() {
    if (is_following_) {
        stop_following();
    }
    const WallTime now = around_.clock.wall();
    if (!analysis_.latest() || now > *analysis_.latest()) {
        observe({.time = now, .level = TriageLevel::T0});
    }
    publish_stats();
}

void CameraLane::note_decode_error(const Error& error) {
    ++working_.decode_errors;
    around_.instruments.decode_errors.add();
    if (const auto held_back = error_log_.admit(around_.clock.mono())) {
        log::warn(
            "pipeline.decode_failed",
            {{"camera", id_.value()}, {"error", error.describe()}, {"suppressed", *held_back}}
        );
    }
}

void CameraLane::publish_stats() {
    working_.level = is_following_ ? TriageLevel::T3 : TriageLevel::T1;
    const auto [skipped, dropped] = inbox_.with([](const Inbox& inbox) {
        return std::pair{inbox.units.keys_skipped(), inbox.units.units_dropped()};
    });
    around_.instruments.keys_skipped.add(static_cast<double>(skipped - working_.keys_skipped));
    around_.instruments.units_dropped.add(static_cast<double>(dropped - working_.units_dropped));
    around_.instruments.frames_dropped.add(
        static_cast<double>(frames_.dropped() - working_.frames_dropped)
    );
    working_.keys_skipped = skipped;
    working_.units_dropped = dropped;
    working_.frames_dropped = frames_.dropped();
    CameraStats now = working_;
    if (last_whole_look_) {
        now.longest_unwatched =
            std::max(now.longest_unwatched, newest_picture_ - *last_whole_look_);
    }
    published_.with([&](CameraStats& stats) { stats = now; });
}

void CameraLane::begin_coverage(WallTime first_picture) {
    // A recording is watched in its own time, not from the present moment on.
    if (around_.clock.wall() - first_picture > std::chrono::minutes{1}) {
        around_.ledger.begin(id_, first_picture);
    }
}

}  // namespace bongsu::pipeline
