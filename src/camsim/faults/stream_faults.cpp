#include "camsim/faults/stream_faults.hpp"

#include <cmath>

namespace bongsu::camsim {

namespace {

/// A number that looks random but is always the same for the same `x` (splitmix64; Steele, Lea,
/// Flood 2014).
std::uint64_t scrambled(std::uint64_t x) {
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

/// Whether one of the stated share of packets is this one. Whole numbers, so that the turns of
/// 1 / share packets follow each other without gap or overlap.
bool is_struck(double share, const PacketMoment& packet, std::uint64_t salt) {
    constexpr std::uint64_t kWhole = 1'000'000;
    const auto parts = static_cast<std::uint64_t>(std::llround(share * double{kWhole}));
    if (parts == 0) {
        return false;
    }
    const std::uint64_t turn = packet.number * parts / kWhole;
    const auto begin_of = [&](std::uint64_t which) { return (which * kWhole + parts - 1) / parts; };
    const std::uint64_t length = begin_of(turn + 1) - begin_of(turn);
    const std::uint64_t chosen = scrambled(scrambled(packet.seed + salt) + turn) % length;
    return packet.number == begin_of(turn) + chosen;
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

PacketFate PacketFault::fate_of(const PacketMoment& packet) const {
    return {
        .copies = is_struck(shares_.lost, packet, 0)      ? 0
                  : is_struck(shares_.doubled, packet, 1) ? 2
                                                          : 1,
        .is_late = is_struck(shares_.late, packet, 2),
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
