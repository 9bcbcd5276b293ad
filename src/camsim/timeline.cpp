#include "camsim/timeline.hpp"

#include <algorithm>

namespace bongsu::camsim {

namespace {

// 90 ticks are 1000 microseconds.
constexpr std::int64_t kTicks = 9;
constexpr std::int64_t kMicros = 100;

Duration micros_of(std::int64_t ticks) {
    return Duration{ticks * kMicros / kTicks};
}

}  // namespace

Timeline::Timeline(
    std::shared_ptr<const Film> film,
    MonoTime epoch,
    WallTime epoch_wall,
    std::uint32_t base_rtp_time
)
    : film_(std::move(film)),
      epoch_(epoch),
      epoch_wall_(epoch_wall),
      base_rtp_time_(base_rtp_time) {}

Timeline Timeline::restarted(MonoTime epoch, WallTime epoch_wall) const {
    return {film_, epoch, epoch_wall, base_rtp_time_};
}

Timeline Timeline::with_film(std::shared_ptr<const Film> film) const {
    return {std::move(film), epoch_, epoch_wall_, base_rtp_time_};
}

const FilmUnit& Timeline::unit(UnitNumber number) const {
    return film_->units[static_cast<std::size_t>(number % units_per_loop())];
}

MonoTime Timeline::due(UnitNumber number) const {
    const std::int64_t loop = number / units_per_loop();
    return epoch_ + micros_of(loop * film_->duration + unit(number).decode_time);
}

std::uint32_t Timeline::rtp_time(UnitNumber number) const {
    const std::int64_t loop = number / units_per_loop();
    const std::int64_t ticks = loop * film_->duration + unit(number).media_time;
    return base_rtp_time_ + static_cast<std::uint32_t>(ticks);  // modulo 2^32 by RFC 3550 5.1
}

UnitNumber Timeline::first_due_from(MonoTime time) const {
    if (time <= epoch_) {
        return 0;
    }
    const std::int64_t ticks = ticks_since_epoch(time);
    const std::int64_t loop = ticks / film_->duration;
    const auto found =
        std::ranges::lower_bound(film_->units, ticks % film_->duration, {}, &FilmUnit::decode_time);
    return loop * units_per_loop() + (found - film_->units.begin());
}

UnitNumber Timeline::next_key(UnitNumber number) const {
    const std::int64_t loop = number / units_per_loop();
    const auto index = static_cast<std::size_t>(number % units_per_loop());
    const auto found = std::ranges::lower_bound(film_->keys, index);
    if (found == film_->keys.end()) {
        return (loop + 1) * units_per_loop();  // the film starts with a key picture
    }
    return loop * units_per_loop() + static_cast<UnitNumber>(*found);
}

std::uint32_t Timeline::rtp_time_at(MonoTime time) const {
    return base_rtp_time_ + static_cast<std::uint32_t>(ticks_since_epoch(time));
}

WallTime Timeline::wall_at(MonoTime time) const {
    return epoch_wall_ + (time - epoch_);
}

/// Rounded up, so that first_due_from never returns a picture that was due before.
std::int64_t Timeline::ticks_since_epoch(MonoTime time) const {
    return ((time - epoch_).count() * kTicks + kMicros - 1) / kMicros;
}

}  // namespace bongsu::camsim
