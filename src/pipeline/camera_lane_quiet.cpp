// T1 and T2: a quiet camera. Key frames go to the gate; where something moved, or when a look is
// due, the detector sees the same decoded picture; a person or moving vehicle makes the camera be
// followed.
#include "core/log.hpp"
#include "pipeline/camera_lane.hpp"
#include "pipeline/cpu_meter.hpp"

#include <algorithm>

namespace bongsu::pipeline {
namespace {

/// Above this share of moving cells the whole picture costs the detector less than its parts.
constexpr float kMovesAlmostEverywhere = 0.25F;

/// Below this score things that never move look like people too (the still gate's rule): they wake
/// nobody where nothing moved.
constexpr float kSureScore = vision::StillGateRules{}.sure_score;

/// Room around a standing person in which he is still found after a step, as a share of his height.
constexpr float kRoom = 0.5F;

constexpr Duration kUsualKeyInterval = std::chrono::seconds{2};

/// Key frames come so much too late at times.
constexpr Duration kUnevenness = std::chrono::milliseconds{50};

bool touches(const Box& box, std::span<const Box> regions) {
    return std::ranges::any_of(regions, [&](const Box& region) {
        return intersection(box, region).area() > 0;
    });
}

}  // namespace

void CameraLane::advance_quiet() {
    struct Mail {
        AccessUnitPtr key;
        Duration interval;
        bool wants_early_look;
        bool has_long_groups;
    };

    const Mail mail = inbox_.with([](Inbox& inbox) {
        return Mail{
            inbox.units.take_key(),
            inbox.units.key_interval(),
            std::exchange(inbox.wants_early_look, false),
            inbox.has_long_groups()
        };
    });
    if (walker_ && !mail.has_long_groups) {
        keep_walker(false);
    }
    if (!mail.key) {
        if (mail.wants_early_look) {
            look_early();
        }
        return;
    }
    const Duration interval = mail.interval > Duration{0} ? mail.interval : kUsualKeyInterval;
    const bool is_too_soon =
        last_gate_ && mail.key->wall - *last_gate_ < around_.config.quiet_interval;
    if (is_too_soon || can_wait_for_next_key(*mail.key, interval) ||
        (analysis_.latest() && mail.key->wall <= *analysis_.latest())) {
        return;
    }
    Result<Frame> frame = [&] {
        const CpuMeter meter(around_, id_, triage::Stage::Decode, working_);
        return around_.kits.mine().key_decoder.decode_key(*mail.key);
    }();
    if (!frame) {
        note_decode_error(frame.error());
        return;
    }
    newest_picture_ = frame->wall;
    consider(*frame, around_.config.thins_keyframes ? 2 * interval : interval);
}

void CameraLane::look_early() {
    const auto [group, has_long_groups] = inbox_.with([](const Inbox& inbox) {
        return std::pair{inbox.units.newest_group(), inbox.has_long_groups()};
    });
    keep_walker(has_long_groups);
    const std::unique_ptr<DecoderLease> once = walker_ ? nullptr : around_.leases.try_take_free();
    DecoderLease* const lease = walker_ ? walker_.get() : once.get();
    if (lease == nullptr || group.empty()) {
        return;
    }
    const std::optional<Frame> latest = walk(group, *lease);
    if (latest && (!analysis_.latest() || latest->wall > *analysis_.latest())) {
        newest_picture_ = latest->wall;
        consider(*latest, kUsualKeyInterval);
    }
}

/// The newest picture of a group; the walker goes on where it stopped.
std::optional<Frame> CameraLane::walk(std::span<const AccessUnitPtr> group, DecoderLease& lease) {
    const CpuMeter meter(around_, id_, triage::Stage::Decode, working_);
    const bool goes_on = &lease == walker_.get() && walked_key_ == group.front()->wall;
    std::optional<Frame> latest;
    for (const AccessUnitPtr& unit : group) {
        if (goes_on && unit->wall <= walked_until_) {
            continue;
        }
        ++working_.decoded;
        Result<std::optional<Frame>> frame = lease.decoder.decode(*unit);
        if (!frame) {
            note_decode_error(frame.error());
            walked_key_ = WallTime{};
            return std::nullopt;
        }
        if (*frame) {
            latest = **std::move(frame);
        }
    }
    walked_key_ = group.front()->wall;
    walked_until_ = group.back()->wall;
    return latest;
}

void CameraLane::keep_walker(bool has_long_groups) {
    if (!has_long_groups || (walker_ && walker_->is_recalled())) {
        walker_.reset();
    } else if (!walker_) {
        walker_ = around_.leases.try_take_spare();
        walked_key_ = WallTime{};
    }
    inbox_.with([&](Inbox& inbox) { inbox.is_walked = walker_ != nullptr; });
}

/// While nothing moves one key frame in two seconds is enough to see whatever is visible for so
/// long.
bool CameraLane::can_wait_for_next_key(const AccessUnit& key, Duration interval) const {
    return last_gate_ && !has_moved_ && !is_look_requested_ &&
           key.wall + interval <= *last_gate_ + kUsualKeyInterval + kUnevenness;
}

triage::GateVerdict CameraLane::gate(const Frame& frame, std::span<const Box> known) {
    const CpuMeter meter(around_, id_, triage::Stage::Gate, working_);
    if (!last_gate_) {
        begin_coverage(frame.wall);
    }
    gate_.set_threshold(
        is_following_ ? static_cast<float>(around_.config.gate_threshold) : sensitivity_.threshold()
    );
    triage::GateVerdict verdict = gate_.look(frame, known);
    last_gate_ = frame.wall;
    ++working_.gate_looks;
    around_.instruments.gate_looks.add();
    around_.ledger.record(id_, triage::Looker::Gate, frame.wall);
    has_moved_ = verdict.has_motion() || verdict.is_blind();
    const bool is_quiet = !verdict.has_motion() && !is_following_;
    inbox_.with([&](Inbox& inbox) {
        inbox.last_look = frame.wall;
        inbox.baseline.set_quiet(is_quiet);
    });
    around_.scheduler.set_expected_change(id_, verdict.has_motion() ? 1.0F : 0.0F);
    return verdict;
}

void CameraLane::consider(const Frame& frame, Duration until_next) {
    const bool is_requested = is_look_requested_.exchange(false);
    const triage::GateVerdict verdict = gate(frame);
    around_.instruments.gate_age.observe(to_seconds(around_.clock.mono() - frame.arrived));
    std::optional<std::vector<Box>> regions;
    if (is_requested) {
        regions.emplace();
    } else {
        regions = plan_look(verdict, frame, until_next);
    }
    std::optional<std::vector<Detection>> found;
    if (regions) {
        found = detect(frame, *regions);
    }
    if (!verdict.has_motion() && !verdict.is_blind()) {
        sensitivity_.nothing_moved();
    }
    if (found) {
        if (discount_empty_regions(*found, verdict)) {
            sensitivity_.looked_in_vain();
        }
        // The pictures from before the wake-up come first; this one follows in its turn.
        if ((is_requested || is_worth_following(*found, verdict)) && try_follow(frame.wall)) {
            return;
        }
    }
    observe({
        .time = frame.wall,
        .frame = &frame,
        .detections = found ? std::span<const Detection>(*found) : std::span<const Detection>(),
        .has_detections = found.has_value(),
        .level = found ? TriageLevel::T2 : TriageLevel::T1,
        .quality = verdict.quality,
        .time_uncertainty = frame.wall_uncertainty,
        .moving = verdict.regions,
    });
    if (analysis_.keeps_looking_until() > frame.wall || analysis_.has_found_still_person()) {
        try_follow(frame.wall);
    }
}

/// The regions that the detector should see: empty for the whole picture, nothing for no look at
/// all.
std::optional<std::vector<Box>> CameraLane::plan_look(
    const triage::GateVerdict& verdict, const Frame& frame, Duration until_next
) {
    const bool is_due = around_.scheduler.is_look_due(id_, frame.wall, until_next);
    if (is_due || verdict.is_blind()) {
        return std::vector<Box>{};
    }
    const bool watches_person = has_person_track();
    if (!verdict.has_motion() && !watches_person) {
        return std::nullopt;
    }
    if (!around_.scheduler.admit(id_)) {
        ++working_.thinned;
        around_.instruments.thinned.add();
        return std::nullopt;
    }
    if (verdict.moving_share > kMovesAlmostEverywhere) {
        return std::vector<Box>{};
    }
    return with_tracks(verdict.regions);
}

/// Known objects belong to every look, else the tracker would take them for gone.
std::vector<Box> CameraLane::with_tracks(std::vector<Box> regions) const {
    for (const Track& track : analysis_.tracks()) {
        regions.push_back(padded(track.box, kRoom * track.box.h));
    }
    return regions;
}

bool CameraLane::has_person_track() const {
    return std::ranges::any_of(analysis_.tracks(), [](const Track& track) {
        return track.cls == ObjectClass::Person && track.state == TrackState::Confirmed;
    });
}

bool CameraLane::is_worth_following(
    std::span<const Detection> found, const triage::GateVerdict& verdict
) const {
    const auto is_parked_person = [&](const Detection& detection) {
        return std::ranges::any_of(analysis_.tracks(), [&](const Track& track) {
            return track.is_stationary && iou(track.box, detection.box) > 0.3F;
        });
    };
    const bool is_clear = verdict.score >= static_cast<float>(around_.config.gate_threshold);
    return std::ranges::any_of(found, [&](const Detection& detection) {
        if (detection.score < around_.config.wake_score) {
            return false;
        }
        // Leaves and rain move a little everywhere, also where something looks like a person.
        const bool moves =
            touches(detection.box, verdict.regions) && (is_clear || detection.score >= kSureScore);
        if (detection.cls == ObjectClass::Person) {
            return moves || (detection.score >= kSureScore && !is_parked_person(detection));
        }
        return is_vehicle(detection.cls) && moves;
    });
}

bool CameraLane::discount_empty_regions(
    std::span<const Detection> found, const triage::GateVerdict& verdict
) {
    std::vector<Box> empty;
    for (const Box& region : verdict.regions) {
        const bool has_object = std::ranges::any_of(found, [&](const Detection& detection) {
            return intersection(detection.box, region).area() > 0;
        });
        if (!has_object) {
            empty.push_back(region);
        }
    }
    gate_.discount(empty);
    return !empty.empty() && empty.size() == verdict.regions.size();
}

bool CameraLane::try_follow(WallTime picture) {
    const bool has_units = inbox_.with([](const Inbox& inbox) { return inbox.units.size() > 0; });
    keep_walker(false);
    if (has_units) {
        lease_ = around_.leases.try_take(highest_gravity(analysis_.camera()));
        if (!lease_) {
            around_.instruments.wakes_refused.add();
            return false;
        }
    }
    is_following_ = true;
    hold_until_ = picture + around_.config.hold;
    last_object_ = picture;
    lead_in_ends_ = picture;
    next_due_ = WallTime{};
    inbox_.with([](Inbox& inbox) {
        inbox.is_following = true;
        inbox.next_due = WallTime{};
        inbox.baseline.set_quiet(false);
        inbox.units.start_reading();
    });
    ++working_.wakes;
    around_.instruments.wakes.add();
    log::debug("pipeline.followed", {{"camera", id_.value()}, {"picture", to_iso8601(picture)}});
    if (has_units) {
        schedule();
    }
    return true;
}

}  // namespace bongsu::pipeline
