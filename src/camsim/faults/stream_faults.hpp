#pragma once

#include "camsim/fault_script.hpp"

namespace bongsu::camsim {

/// Shares of the UDP packets of a stream that fare badly, each 0..1.
struct PacketShares {
    double lost = 0;
    double doubled = 0;
    double late = 0;
};

/// An action each time `every` has played, for `lasts` (zero: once), never at the very start.
class PeriodicFault final : public FaultScript {
public:
    PeriodicFault(FaultAction action, Duration every, Duration lasts)
        : action_(action), every_(every), lasts_(lasts) {}

    FaultAction before_unit(const FaultMoment& moment) const override;

private:
    FaultAction action_;
    Duration every_;
    Duration lasts_;
};

/// An action when `after` has played, which ends the session.
class EndingFault final : public FaultScript {
public:
    EndingFault(FaultAction action, Duration after) : action_(action), after_(after) {}

    FaultAction before_unit(const FaultMoment& moment) const override;

private:
    FaultAction action_;
    Duration after_;
};

/// Packets that are lost, doubled or late. A share of 1 in N strikes one packet of every N in a
/// row, at a place among them that looks random: no run of 2 N packets is spared.
class PacketFault final : public FaultScript {
public:
    explicit PacketFault(PacketShares shares) : shares_(shares) {}

    PacketFate fate_of(const PacketMoment& packet) const override;

private:
    PacketShares shares_;
};

/// No sender reports at all.
class NoReports final : public FaultScript {
public:
    std::optional<Duration> report_offset(Duration /*since_play*/) const override {
        return std::nullopt;
    }
};

/// A camera's clock that is set forward by `step` each time `every` has played and back the next
/// time, and that runs fast by `drift` (1 is twice as fast).
class WrongClock final : public FaultScript {
public:
    WrongClock(Duration every, Duration step, double drift)
        : every_(every), step_(step), drift_(drift) {}

    std::optional<Duration> report_offset(Duration since_play) const override;

private:
    Duration every_;  // zero: never
    Duration step_;
    double drift_;
};

/// Another film each time `every` has played, and the first one again the next time.
class FilmSwitch final : public FaultScript {
public:
    explicit FilmSwitch(Duration every) : every_(every) {}

    bool plays_other_film(std::uint64_t session, Duration since_play) const override;

private:
    Duration every_;
};

/// Another film in every second session.
class FilmBySession final : public FaultScript {
public:
    bool plays_other_film(std::uint64_t session, Duration since_play) const override;
};

}  // namespace bongsu::camsim
