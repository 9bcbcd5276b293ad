#pragma once

#include "camsim/film.hpp"
#include "core/clock.hpp"

#include <cstdint>
#include <memory>

namespace bongsu::camsim {

/// Counts the pictures of a camera from its epoch on, through all repetitions of the film.
using UnitNumber = std::int64_t;

/// A film repeated for ever with continuous time: which picture is due when, with which RTP time
/// stamp, and which wall-clock time belongs to it. The picture with number n is picture n modulo
/// the film's length; its time never steps back where the film starts again. A value: cheap to
/// copy, never changed.
class Timeline {
public:
    /// `epoch` and `epoch_wall` are the same instant on both clocks: when picture 0 was due.
    Timeline(
        std::shared_ptr<const Film> film,
        MonoTime epoch,
        WallTime epoch_wall,
        std::uint32_t base_rtp_time
    );

    /// The same film and base with a new epoch.
    Timeline restarted(MonoTime epoch, WallTime epoch_wall) const;

    /// Another film at the same times.
    Timeline with_film(std::shared_ptr<const Film> film) const;

    const Film& film() const { return *film_; }

    const FilmUnit& unit(UnitNumber number) const;

    UnitNumber units_per_loop() const { return static_cast<UnitNumber>(film_->units.size()); }

    MonoTime due(UnitNumber number) const;
    std::uint32_t rtp_time(UnitNumber number) const;

    /// The first picture due at `time` or later; 0 before the epoch.
    UnitNumber first_due_from(MonoTime time) const;
    /// The first key picture with this number or a higher one.
    UnitNumber next_key(UnitNumber number) const;

    /// For sender reports: the RTP time and the wall-clock time of one instant.
    std::uint32_t rtp_time_at(MonoTime time) const;
    WallTime wall_at(MonoTime time) const;

private:
    std::int64_t ticks_since_epoch(MonoTime time) const;

    std::shared_ptr<const Film> film_;
    MonoTime epoch_;
    WallTime epoch_wall_;
    std::uint32_t base_rtp_time_;
};

}  // namespace bongsu::camsim
