// T3: a camera that is followed. Some pictures are analysed: tracker and behaviours always,
// detector within the budget. A unit is decoded when a picture is looked at that is predicted from
// it.
#include "core/log.hpp"
#include "pipeline/camera_lane.hpp"
#include "pipeline/cpu_meter.hpp"
#include "vision/look_plan.hpp"

#include <algorithm>
#include <iterator>
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

/// Somebody new is thought to be at least so tall, as a share of what moves: half as tall he would
/// still be found.
constexpr float kShareOfMoving = 0.65F;

/// From this share of the picture on a look at all of it costs less than one at its parts.
constexpr float kMost = 0.6F;

/// Coded pictures that wait for somebody to need them.
constexpr std::size_t kMostUndecoded = 64;

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

CameraLane::Instant CameraLane::instant_of(const Frame& frame) {
    return {frame.wall, frame.wall_uncertainty, frame.arrived, frame.is_key};
}

CameraLane::Instant CameraLane::instant_of(const AccessUnit& unit) {
    return {unit.wall, unit.wall_uncertainty, unit.arrived, unit.is_key};
}

void CameraLane::advance_following() {
    if (lease_ && lease_->is_recalled()) {
        around_.instruments.recalled.add();
        stop_following();
        return;
    }
    skip_when_late();
    const AccessUnitPtr unit = read_until_due();
    if (!unit) {
        return;
    }
    const Instant instant = instant_of(*unit);
    const Look look = decide_look(instant);
    const bool needs_picture = look != Look::None || is_reordered_ ||
                               instant.wall <= analysis_.keeps_looking_until() ||
                               is_gate_due(instant, look);
    if (!needs_picture) {
        newest_picture_ = std::max(newest_picture_, unit->wall);
        finish_scene(instant, {});
    } else if (const std::optional<Frame> frame = decode_undecoded()) {
        is_reordered_ = is_reordered_ || frame->wall != unit->wall;
        if (is_new(frame->wall) && is_due(instant_of(*frame))) {
            follow(*frame, look);
        }
    }
    // The rest waits for its next turn, so that others get theirs.
    schedule();
}

/// Reads on to the next unit that is due; null when all have been read.
AccessUnitPtr CameraLane::read_until_due() {
    while (lease_ && !around_.pool.stop_token().stop_requested()) {
        AccessUnitPtr unit = inbox_.with([](Inbox& inbox) { return inbox.units.read(); });
        if (!unit) {
            return nullptr;
        }
        if (unit->is_key) {
            undecoded_.clear();  // it needs nothing of what came before
        }
        undecoded_.push_back(unit);
        if (is_new(unit->wall) && is_due(instant_of(*unit))) {
            return unit;
        }
        if (undecoded_.size() >= kMostUndecoded) {
            decode_undecoded();
        }
    }
    return nullptr;
}

/// The picture of the newest unit read, with all that it is predicted from.
std::optional<Frame> CameraLane::decode_undecoded() {
    const CpuMeter meter(around_, id_, triage::Stage::Decode, working_);
    std::optional<Frame> newest;
    working_.decoded += undecoded_.size();
    for (const AccessUnitPtr& unit : std::exchange(undecoded_, {})) {
        Result<std::optional<Frame>> frame = lease_->decoder.decode(*unit);
        if (!frame) {
            note_decode_error(frame.error());
            newest.reset();
        } else if (*frame) {
            if (newest) {
                analysis_.pass(*newest);
            }
            newest = **std::move(frame);
        }
    }
    return newest;
}

/// For an event of an instant that nobody needed to see.
const Frame* CameraLane::make_picture() {
    made_picture_ = lease_ && !undecoded_.empty() ? decode_undecoded() : std::nullopt;
    return made_picture_ ? &*made_picture_ : nullptr;
}

bool CameraLane::is_new(WallTime picture) const {
    return !analysis_.latest() || picture > *analysis_.latest();
}

/// A key frame costs nothing of what lies before it, so it is due half a step early.
bool CameraLane::is_due(const Instant& instant) const {
    const Duration early =
        instant.is_key ? period_of(around_.config.analysis_rate) / 2 : Duration{0};
    return instant.wall + early + kTolerance >= next_due_;
}

CameraLane::Look CameraLane::decide_look(const Instant& instant) {
    const Look look = next_look(instant);
    if (look == Look::None && sets_beat(instant)) {
        set_next_detection(instant);
    }
    if (look == Look::None || !may_detect(instant)) {
        return Look::None;
    }
    set_next_detection(instant);
    return look;
}

void CameraLane::follow(const Frame& frame, Look look) {
    const Instant instant = instant_of(frame);
    newest_picture_ = std::max(newest_picture_, frame.wall);
    std::optional<triage::GateVerdict> verdict;
    if (is_gate_due(instant, look)) {
        verdict = gate(frame, explained_boxes());
    }
    Findings findings{.frame = &frame, .verdict = verdict ? &*verdict : nullptr};
    const bool sees_all =
        look == Look::Whole ||
        (verdict && (verdict->is_blind() || verdict->moving_share > kMovesAlmostEverywhere));
    std::vector<vision::Interest> places;
    if (look == Look::Regions && !sees_all) {
        places = places_of(frame, verdict);
    }
    if (look == Look::None || (!sees_all && places.empty())) {
        finish_scene(instant, findings);
    } else if (sees_all || covers_most(places, frame)) {
        findings.found = detect(frame, {});
        finish_scene(instant, findings);
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
                        lane->queue_answer(number, std::move(answer));
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

/// Runs on: whoever ran the look.
void CameraLane::queue_answer(std::uint64_t number, SharedLooks::Answer answer) {
    queue_.push(
        [this, number, answer = std::move(answer)]() mutable {
            take_answer(number, std::move(answer));
        },
        next_wait_key_++
    );
}

void CameraLane::take_answer(std::uint64_t number, SharedLooks::Answer answer) {
    charge(triage::Stage::Detect, answer.cpu);
    if (number != asked_ || !waiting_) {
        return;
    }
    const Waiting waiting = *std::exchange(waiting_, std::nullopt);
    is_waiting_ = false;
    finish_scene(
        instant_of(waiting.frame),
        {.frame = &waiting.frame,
         .verdict = waiting.verdict ? &*waiting.verdict : nullptr,
         .found = accept(std::move(answer.found), waiting.frame, false)}
    );
    publish_stats();
    schedule();
}

void CameraLane::finish_scene(const Instant& instant, const Findings& findings) {
    const bool is_requested = is_look_requested_.exchange(false);
    const std::optional<std::vector<Detection>>& found = findings.found;
    if (findings.verdict != nullptr && found && instant.is_key) {
        discount_empty_regions(*found, *findings.verdict);
    }
    const std::span<const Track> tracks = observe({
        .time = instant.wall,
        .frame = findings.frame,
        .detections = found ? std::span<const Detection>(*found) : std::span<const Detection>(),
        .has_detections = found.has_value(),
        .level = TriageLevel::T3,
        .quality =
            findings.verdict != nullptr ? std::optional(findings.verdict->quality) : std::nullopt,
        .time_uncertainty = instant.uncertainty,
        .moving = findings.verdict != nullptr ? std::span<const Box>(findings.verdict->regions)
                                              : std::span<const Box>(),
        .may_look_again = !must_catch_up(instant),
        .make_picture = [this] { return make_picture(); },
    });
    ++working_.scenes;
    const Duration period = period_of(around_.config.analysis_rate);
    if (next_due_ != WallTime{}) {
        const double elapsed = std::max(0.01, to_seconds(instant.wall - next_due_ + period));
        working_.scenes_per_second += 0.1 * (1 / elapsed - working_.scenes_per_second);
    }
    next_due_ = instant.is_key ? instant.wall + period
                               : std::max(next_due_ + period, instant.wall + period / 2);
    inbox_.with([&](Inbox& inbox) { inbox.next_due = next_due_ - kTolerance; });
    if (instant.wall > lead_in_ends_) {
        const Duration age = around_.clock.mono() - instant.arrived;
        around_.instruments.scene_age.observe(to_seconds(age));
        around_.scheduler.report_age(age);
    }
    if (is_requested) {
        hold_until_ = instant.wall + around_.config.hold;
    }
    hold_until_ = std::max(hold_until_, analysis_.keeps_looking_until());
    prolong(tracks, instant.wall, findings.verdict != nullptr && findings.verdict->has_motion());
}

/// Pictures come in steps of about a period, so half a step early is on time: a camera of seven
/// pictures a second would else be looked at in every second one of them. A key frame may come
/// earlier still: what lies between the look before it and itself is never decoded then.
CameraLane::Look CameraLane::next_look(const Instant& instant) {
    const AnalysisConfig& config = around_.config;
    const Duration period = period_of(config.analysis_rate);
    const bool is_whole_due =
        has_passed(last_whole_look_, instant.wall, period_of(config.whole_rate) - period / 2);
    if (is_whole_due || around_.scheduler.is_look_due(id_, instant.wall, period)) {
        return Look::Whole;
    }
    const Duration early =
        sets_beat(instant) ? period_of(config.detection_rate) * 3 / 4 : period / 2;
    const bool is_due = instant.wall + early >= detection_due_ ||
                        instant.wall < last_detection_.value_or(WallTime{});
    if (!is_due) {
        return Look::None;
    }
    // The gate knows nothing of the time before it woke the camera.
    return instant.wall <= lead_in_ends_ ? Look::Whole : Look::Regions;
}

/// Key frames further apart than looks give looks their rhythm: in each group the last one is then
/// some way before the next key frame, and what lies between is not decoded.
bool CameraLane::sets_beat(const Instant& instant) {
    return instant.is_key && inbox_.with([](const Inbox& inbox) {
        return inbox.units.key_interval();
    }) >= period_of(around_.config.detection_rate);
}

/// Looks keep their rate in the mean although pictures come in steps.
void CameraLane::set_next_detection(const Instant& instant) {
    const Duration period = period_of(around_.config.detection_rate);
    detection_due_ =
        sets_beat(instant)
            ? instant.wall + period
            : std::clamp(
                  detection_due_ + period, instant.wall + period / 2, instant.wall + period * 3 / 2
              );
}

bool CameraLane::may_detect(const Instant& instant) {
    const Duration period = period_of(around_.config.analysis_rate);
    if (around_.scheduler.is_look_due(id_, instant.wall, period) ||
        (!must_catch_up(instant) && around_.scheduler.admit(id_))) {
        return true;
    }
    ++working_.thinned;
    around_.instruments.thinned.add();
    return false;
}

/// At key frames for the sake of the view's quality; before a look at regions to see where somebody
/// new moves.
bool CameraLane::is_gate_due(const Instant& instant, Look look) const {
    const bool may_gate = instant.is_key || !lease_;
    const Duration least = look == Look::Regions ? Duration{0} : around_.config.quiet_interval;
    return (may_gate || look == Look::Regions) &&
           (!last_gate_ || instant.wall - *last_gate_ > least);
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
        places.push_back({moving, kShareOfMoving * moving.h});
    }
    return vision::plan_interests(places, frame.width, frame.height, {.padding = kSurroundings});
}

/// Behind the newest picture the detector rests until the camera has caught up, but for a second at
/// most: the scheduler needs seconds to see an overload, events should not wait that long. Measured
/// in picture time, so that a replay is never late.
bool CameraLane::must_catch_up(const Instant& instant) {
    if (instant.wall <= lead_in_ends_ || has_passed(last_detection_, instant.wall, kLongestRest)) {
        return false;
    }
    return inbox_.with([&](const Inbox& inbox) {
        return inbox.units.newest() - instant.wall > kBehind;
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
    undecoded_.clear();
    made_picture_.reset();
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
