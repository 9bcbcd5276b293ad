// T3: a camera that is followed. Every unit is decoded, some pictures are analysed: detector within
// the budget, tracker and behaviours always.
#include "core/log.hpp"
#include "pipeline/camera_lane.hpp"
#include "pipeline/cpu_meter.hpp"
#include "vision/look_plan.hpp"

#include <algorithm>
#include <optional>
#include <utility>

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

/// Above this share of moving cells the whole picture costs the detector less than its parts.
constexpr float kMovesAlmostEverywhere = 0.25F;

/// Room around the predicted place of a known object, as a share of its height.
constexpr float kRoomOfPredicted = 0.2F;

/// What the detector sees around them, as a share of the longer side.
constexpr float kSurroundings = 0.15F;

/// From this share of the picture on a look at all of it costs less than one at its parts.
constexpr float kMost = 0.6F;

constexpr Duration kBehind = std::chrono::milliseconds{500};
constexpr Duration kLongestRest = std::chrono::seconds{1};

Duration period_of(double rate) {
    return from_seconds(1 / rate);
}

/// Whether it is time again, `period` after `last`; after a step back of time it always is.
bool has_passed(std::optional<WallTime> last, WallTime now, Duration period) {
    return !last || now < *last || now - *last + kTolerance >= period;
}

bool covers_most(std::span<const vision::Interest> places, const Frame& frame) {
    float area = 0;
    for (const vision::Interest& place : places) {
        const float scale = vision::object_scale(place.object_height);
        area += place.box.area() * scale * scale;
    }
    return area > kMost * static_cast<float>(frame.width) * static_cast<float>(frame.height);
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
    Look look = next_look(frame);
    if (look != Look::None && !may_detect(frame)) {
        look = Look::None;
    }
    std::optional<triage::GateVerdict> verdict;
    if (look != Look::None) {
        set_next_detection(frame.wall);
    }
    if (is_gate_due(frame, look)) {
        verdict = gate(frame, explained_boxes());
    }
    const bool sees_all =
        look == Look::Whole ||
        (verdict && (verdict->is_blind() || verdict->moving_share > kMovesAlmostEverywhere));
    if (look == Look::None) {
        finish_scene(frame, verdict, std::nullopt);
        return;
    }
    std::vector<vision::Interest> places;
    if (!sees_all) {
        places = places_of(frame, verdict);
        if (places.empty()) {
            finish_scene(frame, verdict, std::nullopt);
            return;
        }
    }
    if (sees_all || covers_most(places, frame)) {
        finish_scene(frame, verdict, detect(frame, {}));
    } else {
        share_look({frame, std::move(verdict)}, std::move(places));
    }
}

/// Asks for a look and lets others go on meanwhile. Behind the present nobody waits for company.
void CameraLane::share_look(Waiting waiting, std::vector<vision::Interest> places) {
    const bool is_urgent = waiting.frame.wall <= lead_in_ends_;
    const std::uint64_t number = ++asked_;
    SharedLooks::Request request{
        .frame = waiting.frame,
        .places = std::move(places),
        .done =
            [address = address_, number](SharedLooks::Answer answer) {
                address->with([&](CameraLane* lane) {
                    if (lane != nullptr) {
                        lane->queue_.push(
                            [lane, number, answer = std::move(answer)]() mutable {
                                lane->take_answer(number, std::move(answer));
                            },
                            lane->next_wait_key_++
                        );
                    }
                });
            }
    };
    waiting_ = std::move(waiting);
    is_waiting_ = true;
    if (around_.looks.add(std::move(request)) || is_urgent) {
        around_.looks.run(*around_.kits.mine().detector);
    }
}

void CameraLane::take_answer(std::uint64_t number, SharedLooks::Answer answer) {
    charge(triage::Stage::Detect, answer.cpu);
    if (number != asked_ || !waiting_) {
        return;
    }
    const Waiting waiting = *std::exchange(waiting_, std::nullopt);
    is_waiting_ = false;
    finish_scene(
        waiting.frame, waiting.verdict, accept(std::move(answer.found), waiting.frame, false)
    );
    publish_stats();
    schedule();
}

void CameraLane::finish_scene(
    const Frame& frame,
    const std::optional<triage::GateVerdict>& verdict,
    const std::optional<std::vector<Detection>>& found
) {
    const bool is_requested = is_look_requested_.exchange(false);
    if (verdict && found && frame.is_key) {
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

/// Pictures come in steps of about a period, so half a step early is on time: a camera of seven
/// pictures a second would else be looked at in every second one of them.
CameraLane::Look CameraLane::next_look(const Frame& frame) const {
    const AnalysisConfig& config = around_.config;
    const Duration period = period_of(config.analysis_rate);
    const bool is_whole_due =
        has_passed(last_whole_look_, frame.wall, period_of(config.whole_rate) - period / 2);
    if (is_whole_due || around_.scheduler.is_look_due(id_, frame.wall, period)) {
        return Look::Whole;
    }
    const bool is_due = frame.wall + period / 2 >= detection_due_ ||
                        frame.wall < last_detection_.value_or(WallTime{});
    if (!is_due) {
        return Look::None;
    }
    // The gate knows nothing of the time before it woke the camera.
    return frame.wall <= lead_in_ends_ ? Look::Whole : Look::Regions;
}

/// Looks keep their rate in the mean although pictures come in steps.
void CameraLane::set_next_detection(WallTime picture) {
    const Duration period = period_of(around_.config.detection_rate);
    detection_due_ =
        std::clamp(detection_due_ + period, picture + period / 2, picture + period * 3 / 2);
}

bool CameraLane::may_detect(const Frame& frame) {
    const Duration period = period_of(around_.config.analysis_rate);
    if (around_.scheduler.is_look_due(id_, frame.wall, period) ||
        (!must_catch_up(frame) && around_.scheduler.admit(id_))) {
        return true;
    }
    ++working_.thinned;
    around_.instruments.thinned.add();
    return false;
}

/// At key frames for the sake of the view's quality; before a look at regions to see where somebody
/// new moves.
bool CameraLane::is_gate_due(const Frame& frame, Look look) const {
    const bool may_gate = frame.is_key || !lease_;
    const Duration least = look == Look::Regions ? Duration{0} : around_.config.quiet_interval;
    return (may_gate || look == Look::Regions) && (!last_gate_ || frame.wall - *last_gate_ > least);
}

/// Where movement is that of known objects.
std::vector<Box> CameraLane::explained_boxes() const {
    std::vector<Box> boxes;
    for (const Track& track : analysis_.tracks()) {
        boxes.push_back(padded(track.box, kRoomOfPredicted * track.box.h));
    }
    return boxes;
}

/// Around all known objects, else the tracker would take them for gone, and wherever else something
/// moves.
std::vector<vision::Interest> CameraLane::places_of(
    const Frame& frame, const std::optional<triage::GateVerdict>& verdict
) const {
    std::vector<vision::Interest> places;
    for (const Track& track : analysis_.tracks()) {
        places.push_back({padded(track.box, kRoomOfPredicted * track.box.h), track.box.h});
    }
    for (const Box& moving : verdict ? verdict->regions : std::vector<Box>{}) {
        places.push_back({moving, 0});
    }
    return vision::plan_interests(places, frame.width, frame.height, {.padding = kSurroundings});
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
    if (is_following_.exchange(false)) {
        log::debug(
            "pipeline.quiet", {{"camera", id_.value()}, {"picture", to_iso8601(newest_picture_)}}
        );
    }
    is_waiting_ = false;
    waiting_.reset();
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
