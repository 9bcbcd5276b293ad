// T3: a camera that is followed. Every unit is decoded, some pictures are analysed: detector within
// the budget, tracker and behaviours always.
#include "pipeline/camera_lane.hpp"
#include "pipeline/cpu_meter.hpp"

#include <algorithm>
#include <optional>

namespace bongsu::pipeline {
namespace {

/// Pictures may come this much before their turn: sources do not keep time to the millisecond.
constexpr Duration kTolerance = std::chrono::milliseconds{20};

/// Movement alone, without a moving object, holds a camera for at most this long: a tree in the
/// wind.
constexpr Duration kMovementHold = std::chrono::seconds{30};

/// Later than its lead-in and this much more, a camera gives up pictures and goes on at the newest
/// key frame.
constexpr Duration kLate = std::chrono::seconds{2};

constexpr Duration kBehind = std::chrono::milliseconds{500};
constexpr Duration kLongestRest = std::chrono::seconds{1};

Duration period_of(double rate) {
    return from_seconds(1 / rate);
}

/// Whether it is time again, `period` after `last`; after a step back of time it always is.
bool has_passed(std::optional<WallTime> last, WallTime now, Duration period) {
    return !last || now < *last || now - *last + kTolerance >= period;
}

}  // namespace

void CameraLane::advance_following() {
    skip_when_late();
    const std::optional<Frame> frame = decode_until_due();
    if (frame) {
        follow(*frame);
        // The rest waits for its next turn, so that others get theirs.
        schedule();
    }
}

/// Decodes units until a picture is due; nothing when all have been read.
std::optional<Frame> CameraLane::decode_until_due() {
    const CpuMeter meter(around_, id_, triage::Stage::Decode, working_);
    while (lease_ && !around_.pool.stop_token().stop_requested()) {
        const AccessUnitPtr unit = inbox_.with([](Inbox& inbox) { return inbox.units.read(); });
        if (!unit) {
            return std::nullopt;
        }
        const Result<std::optional<Frame>> frame = lease_->decoder.decode(*unit);
        if (!frame) {
            note_decode_error(frame.error());
            continue;
        }
        const bool is_new = *frame && (!analysis_.latest() || (*frame)->wall > *analysis_.latest());
        if (is_new && is_due((*frame)->wall)) {
            return *frame;
        }
    }
    return std::nullopt;
}

bool CameraLane::is_due(WallTime picture) const {
    return picture + kTolerance >= next_due_;
}

void CameraLane::follow(const Frame& frame) {
    newest_picture_ = std::max(newest_picture_, frame.wall);
    const bool may_gate = frame.is_key || !lease_;
    std::optional<triage::GateVerdict> verdict;
    if (may_gate && (!last_gate_ || frame.wall - *last_gate_ >= around_.config.quiet_interval)) {
        verdict = gate(frame);
    }
    const bool is_requested = is_look_requested_.exchange(false);
    const std::optional<std::vector<Detection>> found = detect_if_due(frame);
    if (verdict && found) {
        discount_empty_regions(*found, *verdict);
    }
    const std::span<const Track> tracks = observe({
        .time = frame.wall,
        .frame = &frame,
        .detections = found ? std::span<const Detection>(*found) : std::span<const Detection>(),
        .has_detections = found.has_value(),
        .level = TriageLevel::T3,
        .quality = verdict ? std::optional(verdict->quality) : std::nullopt,
        .time_uncertainty = frame.wall_uncertainty,
    });
    ++working_.scenes;
    const Duration period = period_of(around_.config.analysis_rate);
    if (next_due_ != WallTime{}) {
        const double elapsed = std::max(0.01, to_seconds(frame.wall - next_due_ + period));
        working_.scenes_per_second += 0.1 * (1 / elapsed - working_.scenes_per_second);
    }
    next_due_ = std::max(next_due_ + period, frame.wall + period / 2);
    inbox_.with([&](Inbox& inbox) { inbox.next_due = next_due_ - kTolerance; });
    if (frame.wall > lead_in_ends_) {
        const Duration age = around_.clock.mono() - frame.arrived;
        around_.instruments.scene_age.observe(to_seconds(age));
        around_.scheduler.report_age(age);
    }
    if (is_requested) {
        hold_until_ = frame.wall + around_.config.hold;
    }
    prolong(tracks, frame.wall, verdict && verdict->has_motion());
}

std::optional<std::vector<Detection>> CameraLane::detect_if_due(const Frame& frame) {
    const AnalysisConfig& config = around_.config;
    // Pictures come in steps of about this period, so half a step early is on time: a camera of
    // seven pictures a second would else be looked at in every second one of them.
    const Duration period = period_of(config.analysis_rate);
    const auto is_time = [&](std::optional<WallTime> last, double rate) {
        return has_passed(last, frame.wall, period_of(rate) - period / 2);
    };
    const std::vector<Box> known = with_tracks({});
    const double whole_rate = known.empty() ? 2 * config.whole_rate : config.whole_rate;
    const bool wants_whole = is_time(last_whole_look_, whole_rate);
    const bool wants_look = !known.empty() && is_time(last_detection_, config.detection_rate);
    if (!wants_whole && !wants_look) {
        return std::nullopt;
    }
    const bool must_look = around_.scheduler.is_look_due(id_, frame.wall, period);
    if (!must_look && (must_catch_up(frame) || !around_.scheduler.admit(id_))) {
        ++working_.thinned;
        around_.instruments.thinned.add();
        return std::nullopt;
    }
    return detect(frame, wants_whole || must_look ? std::span<const Box>() : std::span(known));
}

/// Behind the newest picture the detector rests until the camera has caught up, but for a second at
/// most: the scheduler needs seconds to see an overload, events should not wait that long. Measured
/// in picture time, so that a replay is never late.
bool CameraLane::must_catch_up(const Frame& frame) {
    if (frame.wall <= lead_in_ends_ || has_passed(last_detection_, frame.wall, kLongestRest)) {
        return false;
    }
    return inbox_.with([&](const Inbox& inbox) {
        return inbox.units.newest() - frame.wall > kBehind;
    });
}

void CameraLane::prolong(std::span<const Track> tracks, WallTime picture, bool has_motion) {
    const bool has_moving_object = std::ranges::any_of(tracks, [](const Track& track) {
        const bool is_wanted = track.cls == ObjectClass::Person || is_vehicle(track.cls);
        return is_wanted && track.state != TrackState::Lost && !track.is_stationary;
    });
    if (has_moving_object) {
        last_object_ = picture;
    }
    if (has_moving_object || (has_motion && picture - last_object_ < kMovementHold)) {
        hold_until_ = std::max(hold_until_, picture + around_.config.hold);
    }
    if (picture > hold_until_) {
        stop_following();
    }
}

void CameraLane::stop_following() {
    is_following_ = false;
    working_.scenes_per_second = 0;
    lease_.reset();
    inbox_.with([](Inbox& inbox) {
        inbox.is_following = false;
        inbox.units.stop_reading();
        inbox.units.take_key();
    });
}

void CameraLane::skip_when_late() {
    const bool has_skipped = inbox_.with([](Inbox& inbox) {
        const Duration limit = kLate + 2 * inbox.units.key_interval();
        return inbox.units.backlog() > limit && inbox.units.skip_to_newest_key() > 0;
    });
    if (has_skipped && lease_) {
        // The next unit is a key frame, so the decoder needs nothing that was passed over.
        next_due_ = WallTime{};
    }
}

}  // namespace bongsu::pipeline
