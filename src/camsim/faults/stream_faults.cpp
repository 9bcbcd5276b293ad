#include "camsim/faults/stream_faults.hpp"

namespace bongsu::camsim {

namespace {

/// A number in 0..1 that looks random but is always the same for the same packet and `salt`.
double noise_of(std::uint32_t ssrc, std::uint16_t sequence, std::uint64_t salt) {
    std::uint64_t x = (salt << 48U) ^ (std::uint64_t{ssrc} << 16U) ^ sequence;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;  // splitmix64 (Steele, Lea, Flood 2014)
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    x ^= x >> 31U;
    return static_cast<double>(x >> 11U) * 0x1.0p-53;
}

bool is_odd_turn(Duration time, Duration every) {
    return every > Duration::zero() && time / every % 2 == 1;
}

}  // namespace

std::string_view to_string(FaultAction action) {
    switch (action) {
        case FaultAction::None:
            return "none";
        case FaultAction::Withhold:
            return "stall";
        case FaultAction::Garbage:
            return "garbage";
        case FaultAction::Tear:
            return "tear";
        case FaultAction::Cut:
            return "cut";
        case FaultAction::Reset:
            return "reset";
        case FaultAction::Hang:
            return "hang";
    }
    return "unknown";
}

FaultAction PeriodicFault::before_unit(const FaultMoment& moment) const {
    const bool is_in_turn =
        lasts_ == Duration::zero()
            ? moment.since_play / every_ > moment.previous_play / every_
            : moment.since_play >= every_ && moment.since_play % every_ < lasts_;
    return is_in_turn ? action_ : FaultAction::None;
}

FaultAction EndingFault::before_unit(const FaultMoment& moment) const {
    return moment.since_play >= after_ ? action_ : FaultAction::None;
}

PacketFate PacketFault::fate_of(std::uint32_t ssrc, std::uint16_t sequence) const {
    const auto happens = [&](double share, std::uint64_t salt) {
        return share > 0 && noise_of(ssrc, sequence, salt) < share;
    };
    return {
        .copies = happens(shares_.lost, 0)      ? 0
                  : happens(shares_.doubled, 1) ? 2
                                                : 1,
        .is_late = happens(shares_.late, 2),
    };
}

std::optional<Duration> WrongClock::report_offset(Duration since_play) const {
    const Duration drifted = from_seconds(to_seconds(since_play) * drift_);
    return drifted + (is_odd_turn(since_play, every_) ? step_ : Duration{});
}

bool FilmSwitch::plays_other_film(std::uint64_t /*session*/, Duration since_play) const {
    return is_odd_turn(since_play, every_);
}

bool FilmBySession::plays_other_film(std::uint64_t session, Duration /*since_play*/) const {
    return session % 2 == 1;
}

}  // namespace bongsu::camsim
