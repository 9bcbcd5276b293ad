#pragma once

#include "core/clock.hpp"

#include <cstddef>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace bongsu::camsim {

/// One order that a simulated camera's head was given.
struct PtzOrder {
    std::string
        what;  ///< "ContinuousMove", "Stop", "AbsoluteMove", "GotoPreset", "GotoHomePosition"
    double pan = 0;
    double tilt = 0;
    double zoom = 0;
    std::string preset;
};

/// Where the head points: pan and tilt -1..1, zoom 0..1.
struct PtzPlace {
    double pan = 0;
    double tilt = 0;
    double zoom = 0;
    bool is_moving = false;
};

/// A simulated pan-tilt-zoom head. At full speed it takes four seconds from one end to the other.
/// Thread-safe.
class PtzHead {
public:
    /// `clock` must outlive it.
    explicit PtzHead(const Clock& clock);

    /// Moves until told to stop or for `at_most`.
    void move(double pan, double tilt, double zoom, Duration at_most);
    void stop();
    void go_to(double pan, double tilt, double zoom);
    void go_home();

    /// False for a preset that does not exist.
    bool go_to_preset(const std::string& token);

    PtzPlace place() const;

    /// All orders so far; the latest thousand.
    std::vector<PtzOrder> orders() const;

    /// Tokens and names.
    static std::vector<std::pair<std::string, std::string>> presets();

private:
    void settle();
    void note(PtzOrder order);

    const Clock& clock_;
    mutable std::mutex mutex_;
    PtzPlace from_;   // at since_
    PtzOrder speed_;  // while moving
    MonoTime since_;
    MonoTime until_;
    std::vector<PtzOrder> orders_;
};

}  // namespace bongsu::camsim
