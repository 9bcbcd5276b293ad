#pragma once

#include "domain/track.hpp"
#include "tracking/association.hpp"
#include "tracking/motion.hpp"
#include "tracking/settings.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::tracking {

/// Follows objects through the pictures of one camera, online: what it said is not revised.
/// Detections are paired with predicted tracks, strong ones first, then weak ones (Zhang et al.
/// 2022); hidden objects are kept and found again (Cao et al. 2023). All motion is in wall time, so
/// any frame rate and irregular looks are fine. How far a track is believed is a running sum of
/// evidence: up with each detection by its score, down with each look that misses it. Only believed
/// tracks are Confirmed; one that was lost must earn its belief again if it had little.
///
/// Runs on: the serial queue of its camera; not thread-safe. Does no I/O.
class Tracker {
public:
    explicit Tracker(const TrackerSettings& settings = {});

    /// Moves to `time`, which should be later than the time before (else no time passes). `looked`
    /// false: the detector did not run at this instant; tracks are only predicted and nobody is
    /// missed. Returns all tracks, tentative and lost ones too; valid until the next call.
    std::span<const Track> update(
        WallTime time, std::span<const Detection> detections, bool looked
    );

    std::span<const Track> tracks() const { return tracks_; }

private:
    static constexpr std::size_t kClasses = 8;

    /// What is known of tracks_[i] beyond what others see.
    struct Memory {
        BoxMotion motion;
        BoxMotion motion_when_seen;
        Box seen_box;                        ///< the latest detection
        std::vector<WallTime> unseen_times;  ///< looks since then
        std::array<float, kClasses> votes{};
        int hits = 0;
        double belief = 0;  ///< 1 and more: believed
        Point anchor;       ///< where the object is thought to stand still
        WallTime anchored;
    };

    using Indices = std::vector<std::size_t>;

    void begin_look();
    void predict(double seconds);
    void match(std::span<const Detection> detections);
    Indices select(std::span<const Detection> detections, float from, float below) const;
    std::vector<Expectation> expect(const Indices& tracks) const;
    void match_strong(std::span<const Detection> detections, Indices& open_tracks, Indices& strong);
    void match_weak(std::span<const Detection> detections, Indices& open_tracks);
    void observe(std::size_t track, const Detection& detection);
    void re_update(std::size_t track, const Box& seen);
    void believe(std::size_t track, float score);
    float evidence_of(float score) const;
    void miss(std::size_t track);
    void give_birth(std::span<const Detection> detections, const Indices& unmatched);
    void add_track(const Detection& detection);
    bool overlaps_a_seen_track(const Box& box, double overlap) const;
    void bury();
    bool is_double(std::size_t track) const;
    void settle(std::size_t track);
    void remember(bool looked);

    TrackerSettings settings_;
    WallTime now_{};
    std::optional<WallTime> looked_at_;  ///< the latest look
    bool is_first_look_ = true;          ///< or the first after a pause
    double since_look_ = 0;              ///< seconds from the look before to this one
    std::uint64_t last_id_ = 0;
    std::vector<Track> tracks_;
    std::vector<Memory> memories_;  ///< same order as tracks_
};

}  // namespace bongsu::tracking
