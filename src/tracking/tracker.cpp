#include "tracking/tracker.hpp"

#include "domain/assignment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace bongsu::tracking {
namespace {

constexpr double kWeakOverlap = 0.4;     ///< a weak detection must overlap the prediction this much
constexpr double kIsolation = 0.3;       ///< overlap above which a newcomer must prove itself
constexpr double kDoubleOverlap = 0.75;  ///< two tracks of one object
constexpr double kYoung = 1.5;           ///< seconds within which a double is recognised
constexpr double kBelieved = 0.999;      ///< 1 but for rounding
constexpr double kMostBelief = 5;        ///< so that a long-known object is not believed for ever
constexpr double kMissCost = 0.65;       ///< belief lost by a look that does not find the object
constexpr float kLeastEvidence = 0.1F;   ///< of a detection of high_score; of sure_score it is 1
constexpr double kSureness = 0.35;  ///< how much sure detections are measured better (exponent)
constexpr float kAppearanceInertia = 0.9F;

void blend(Appearance& mean, const Appearance& seen) {
    if (seen.empty() || mean.size() != seen.size()) {
        mean = seen.empty() ? mean : seen;
        return;
    }
    float squared = 0;
    for (std::size_t i = 0; i < mean.size(); ++i) {
        mean[i] = kAppearanceInertia * mean[i] + (1 - kAppearanceInertia) * seen[i];
        squared += mean[i] * mean[i];
    }
    if (squared > 0) {
        for (float& component : mean) {
            component /= std::sqrt(squared);
        }
    }
}

Box between(const Box& from, const Box& to, float part) {
    const auto mix = [part](float a, float b) { return a + (b - a) * part; };
    return {mix(from.x, to.x), mix(from.y, to.y), mix(from.w, to.w), mix(from.h, to.h)};
}

std::vector<const Detection*> pick(
    std::span<const Detection> detections, const std::vector<std::size_t>& indices
) {
    std::vector<const Detection*> picked;
    picked.reserve(indices.size());
    for (const std::size_t i : indices) {
        picked.push_back(&detections[i]);
    }
    return picked;
}

/// Removes from `rows` and `columns` what was paired.
void drop_paired(
    const std::vector<int>& pairs, std::vector<std::size_t>& rows, std::vector<std::size_t>& columns
) {
    std::vector<std::size_t> open_rows;
    std::vector<char> is_taken(columns.size(), 0);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (pairs[r] == kUnassigned) {
            open_rows.push_back(rows[r]);
        } else {
            is_taken[static_cast<std::size_t>(pairs[r])] = 1;
        }
    }
    std::vector<std::size_t> open_columns;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (is_taken[c] == 0) {
            open_columns.push_back(columns[c]);
        }
    }
    rows = std::move(open_rows);
    columns = std::move(open_columns);
}

}  // namespace

Tracker::Tracker(const TrackerSettings& settings) : settings_(settings) {}

std::span<const Track> Tracker::update(
    WallTime time, std::span<const Detection> detections, bool looked
) {
    if (now_ == WallTime{}) {
        now_ = time;
    }
    const WallTime before = now_;
    now_ = std::max(now_, time);
    predict(to_seconds(now_ - before));
    if (looked) {
        begin_look();
        match(detections);
        bury();
    }
    remember(looked);
    return tracks_;
}

void Tracker::begin_look() {
    is_first_look_ = !looked_at_ || now_ - *looked_at_ > settings_.lost_for;
    since_look_ = is_first_look_ ? 0 : to_seconds(now_ - *looked_at_);
    looked_at_ = now_;
}

void Tracker::predict(double seconds) {
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        BoxMotion& motion = memories_[i].motion;
        motion.predict(seconds);
        if (tracks_[i].state == TrackState::Lost) {
            motion.coast(seconds);
        }
        tracks_[i].box = motion.box();
        tracks_[i].velocity = motion.velocity();
    }
}

void Tracker::match(std::span<const Detection> detections) {
    Indices open_tracks(tracks_.size());
    std::iota(open_tracks.begin(), open_tracks.end(), std::size_t{0});
    Indices strong =
        select(detections, settings_.high_score, std::numeric_limits<float>::infinity());
    match_strong(detections, open_tracks, strong);
    match_weak(detections, open_tracks);
    for (const std::size_t i : open_tracks) {
        miss(i);
    }
    give_birth(detections, strong);
}

Tracker::Indices Tracker::select(std::span<const Detection> detections, float from, float below)
    const {
    Indices selected;
    for (std::size_t i = 0; i < detections.size(); ++i) {
        const Detection& d = detections[i];
        if (d.score >= from && d.score < below && d.box.area() > 0) {
            selected.push_back(i);
        }
    }
    return selected;
}

std::vector<Expectation> Tracker::expect(const Indices& tracks) const {
    std::vector<Expectation> expected;
    expected.reserve(tracks.size());
    for (const std::size_t i : tracks) {
        expected.push_back({
            .track = &tracks_[i],
            .motion = &memories_[i].motion,
            .seen_box = memories_[i].seen_box,
            .unseen = to_seconds(now_ - tracks_[i].last_seen),
        });
    }
    return expected;
}

void Tracker::match_strong(
    std::span<const Detection> detections, Indices& open_tracks, Indices& strong
) {
    const std::vector<int> pairs =
        pair_up(expect(open_tracks), pick(detections, strong), settings_.appearance_weight);
    for (std::size_t r = 0; r < pairs.size(); ++r) {
        if (pairs[r] != kUnassigned) {
            observe(open_tracks[r], detections[strong[static_cast<std::size_t>(pairs[r])]]);
        }
    }
    drop_paired(pairs, open_tracks, strong);
}

/// Weak detections continue only what was in view at the last look: they are often nothing.
void Tracker::match_weak(std::span<const Detection> detections, Indices& open_tracks) {
    Indices weak = select(detections, settings_.low_score, settings_.high_score);
    Indices followed;
    Indices others;
    for (const std::size_t i : open_tracks) {
        (tracks_[i].state == TrackState::Confirmed ? followed : others).push_back(i);
    }
    const std::vector<int> pairs =
        pair_by_overlap(expect(followed), pick(detections, weak), kWeakOverlap);
    for (std::size_t r = 0; r < pairs.size(); ++r) {
        if (pairs[r] != kUnassigned) {
            observe(followed[r], detections[weak[static_cast<std::size_t>(pairs[r])]]);
        }
    }
    drop_paired(pairs, followed, weak);
    open_tracks = std::move(others);
    open_tracks.insert(open_tracks.end(), followed.begin(), followed.end());
}

void Tracker::observe(std::size_t index, const Detection& detection) {
    Track& track = tracks_[index];
    Memory& memory = memories_[index];
    if (memory.unseen_times.size() > 1) {
        re_update(index, detection.box);
    }
    const double sureness = std::clamp(
        (detection.score - settings_.high_score) / (settings_.sure_score - settings_.high_score),
        -1.0F,
        1.0F
    );
    memory.motion.correct(detection.box, std::exp(-kSureness * sureness));
    memory.motion_when_seen = memory.motion;
    memory.unseen_times.clear();
    memory.seen_box = detection.box;
    memory.votes.at(static_cast<std::size_t>(detection.cls)) += detection.score;
    const auto best = std::ranges::max_element(memory.votes) - memory.votes.begin();
    track.cls = static_cast<ObjectClass>(best);
    track.score = detection.score;
    track.box = memory.motion.box();
    track.velocity = memory.motion.velocity();
    track.last_seen = now_;
    blend(track.appearance, detection.appearance);
    believe(index, detection.score);
    settle(index);
}

/// The filter drifted while nothing was seen; now that both ends of the gap are known, it is led
/// along the straight line between them (observation-centric re-update, Cao et al. 2023).
void Tracker::re_update(std::size_t index, const Box& seen) {
    const Track& track = tracks_[index];
    Memory& memory = memories_[index];
    const double gap = to_seconds(now_ - track.last_seen);
    BoxMotion motion = memory.motion_when_seen;
    WallTime at = track.last_seen;
    for (const WallTime time : memory.unseen_times) {
        motion.predict(to_seconds(time - at));
        const double part = to_seconds(time - track.last_seen) / gap;
        motion.correct(between(memory.seen_box, seen, static_cast<float>(part)));
        at = time;
    }
    motion.predict(to_seconds(now_ - at));
    memory.motion = motion;
}

/// Evidence of one detection: looks in quick succession tell less than looks apart, but the first
/// sighting alone is at most half of what is needed.
void Tracker::believe(std::size_t index, float score) {
    Memory& memory = memories_[index];
    ++memory.hits;
    const double apart = since_look_ / to_seconds(settings_.confirm_after);
    const double step =
        std::max(1.0 / settings_.confirm_hits, std::min(apart, memory.hits == 1 ? 0.5 : 1.0));
    memory.belief = std::min(memory.belief + evidence_of(score) * step, kMostBelief);
    tracks_[index].state =
        memory.belief >= kBelieved ? TrackState::Confirmed : TrackState::Tentative;
}

float Tracker::evidence_of(float score) const {
    const float part =
        (score - settings_.high_score) / (settings_.sure_score - settings_.high_score);
    return kLeastEvidence + (1 - kLeastEvidence) * std::clamp(part, 0.0F, 1.0F);
}

void Tracker::miss(std::size_t index) {
    Memory& memory = memories_[index];
    memory.unseen_times.push_back(now_);
    memory.belief = std::max(0.0, memory.belief - kMissCost);
    if (tracks_[index].state == TrackState::Confirmed) {
        tracks_[index].state = TrackState::Lost;
    }
}

void Tracker::give_birth(std::span<const Detection> detections, const Indices& unmatched) {
    for (const std::size_t i : unmatched) {
        const Detection& d = detections[i];
        if (d.score < settings_.birth_score || d.box.h < settings_.smallest_height ||
            overlaps_a_seen_track(d.box, kDoubleOverlap)) {
            continue;
        }
        const float at_once = is_first_look_ ? settings_.first_look_score : settings_.instant_score;
        const bool is_believed = d.score >= at_once && !overlaps_a_seen_track(d.box, kIsolation);
        add_track(d);
        if (is_believed) {
            memories_.back().belief = std::max(memories_.back().belief, 1.0);
            tracks_.back().state = TrackState::Confirmed;
        }
    }
}

void Tracker::add_track(const Detection& d) {
    Track track;
    track.id = TrackId{++last_id_};
    track.cls = d.cls;
    track.score = d.score;
    track.box = d.box;
    track.first_seen = now_;
    track.last_seen = now_;
    track.appearance = d.appearance;
    tracks_.push_back(std::move(track));
    const BoxMotion motion(d.box);
    Memory memory{
        .motion = motion,
        .motion_when_seen = motion,
        .seen_box = d.box,
        .unseen_times = {},
        .anchor = d.box.foot(),
        .anchored = now_,
    };
    memory.votes.at(static_cast<std::size_t>(d.cls)) = d.score;
    memories_.push_back(std::move(memory));
    believe(tracks_.size() - 1, d.score);
}

bool Tracker::overlaps_a_seen_track(const Box& box, double overlap) const {
    return std::ranges::any_of(tracks_, [&](const Track& track) {
        return track.last_seen == now_ && static_cast<double>(iou(track.box, box)) > overlap;
    });
}

void Tracker::bury() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        const Duration unseen = now_ - tracks_[i].last_seen;
        const bool is_tentative = tracks_[i].state == TrackState::Tentative;
        const Duration patience = is_tentative ? settings_.tentative_for : settings_.lost_for;
        if (unseen > patience || is_double(i)) {
            continue;
        }
        if (kept != i) {
            tracks_[kept] = std::move(tracks_[i]);
            memories_[kept] = std::move(memories_[i]);
        }
        ++kept;
    }
    tracks_.resize(kept);
    memories_.erase(memories_.begin() + static_cast<std::ptrdiff_t>(kept), memories_.end());
}

/// A young track on top of an older one follows the same object. Older tracks come first.
bool Tracker::is_double(std::size_t index) const {
    const Track& young = tracks_[index];
    if (young.last_seen != now_ || to_seconds(now_ - young.first_seen) > kYoung) {
        return false;
    }
    for (std::size_t i = 0; i < index; ++i) {
        const Track& old = tracks_[i];
        if (old.last_seen == now_ && old.state == TrackState::Confirmed &&
            may_be_same(old.cls, young.cls) &&
            static_cast<double>(iou(old.box, young.box)) > kDoubleOverlap) {
            return true;
        }
    }
    return false;
}

void Tracker::settle(std::size_t index) {
    Track& track = tracks_[index];
    Memory& memory = memories_[index];
    const Point foot = track.box.foot();
    const float side = std::max(track.box.w, track.box.h);
    const float moved = distance(foot, memory.anchor);
    if (moved > settings_.stationary_radius * side) {
        memory.anchor = foot;
        memory.anchored = now_;
    }
    track.is_stationary = now_ - memory.anchored >= settings_.stationary_after;
}

void Tracker::remember(bool looked) {
    const auto longest = static_cast<std::size_t>(settings_.history_length);
    for (Track& track : tracks_) {
        const bool is_observed = looked && track.last_seen == now_;
        if (track.history.size() >= longest) {
            track.history.erase(track.history.begin());
        }
        track.history.push_back({.time = now_, .box = track.box, .is_observed = is_observed});
    }
}

}  // namespace bongsu::tracking
