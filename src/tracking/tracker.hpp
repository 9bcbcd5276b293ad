#pragma once

#include "domain/track.hpp"
#include "tracking/motion.hpp"
#include "tracking/settings.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace bongsu::tracking {

/// Follows objects through the pictures of one camera, online: what it said is not revised.
/// Detections are paired with predicted tracks, strong ones first, then weak ones (Zhang et al.
/// 2022); hidden objects are kept and found again (Cao et al. 2023). All motion is in wall time,
/// so any frame rate and irregular looks are fine.
///
/// Runs on: the serial queue of its camera; not thread-safe. Does no I/O.
class Tracker {
public:
    explicit Tracker(const TrackerSettings& settings = {});

    /// Moves to `time`, which should be later than the time before (else no time passes).
    /// `looked` false: the detector did not run at this instant; tracks are only predicted and
    /// nobody is missed. Returns all tracks, tentative and lost ones too; valid until the next
    /// call.
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
        int hits = 1;
        Point anchor;  ///< where the object is thought to stand still
        WallTime anchored;
    };

    using Indices = std::vector<std::size_t>;

    void predict(double seconds);
    void match(std::span<const Detection> detections);
    void match_strong(std::span<const Detection> detections, Indices& open_tracks, Indices& strong);
    void match_weak(std::span<const Detection> detections, Indices& open_tracks);
    void observe(std::size_t track, const Detection& detection);
    void re_update(std::size_t track, const Box& seen);
    void confirm_if_believed(std::size_t track);
    void miss(std::size_t track);
    void give_birth(std::span<const Detection> detections, const Indices& unmatched);
    bool overlaps_a_track(const Box& box, double overlap) const;
    void bury();
    bool is_double(std::size_t track) const;
    void settle(std::size_t track);
    void remember(bool looked);

    TrackerSettings settings_;
    WallTime now_{};
    std::uint64_t last_id_ = 0;
    std::vector<Track> tracks_;
    std::vector<Memory> memories_;  ///< same order as tracks_
};

}  // namespace bongsu::tracking
