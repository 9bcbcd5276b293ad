#pragma once

#include "wall/plan.hpp"
#include "wall/screen.hpp"
#include "wall/shares.hpp"
#include "wall/snapshot.hpp"
#include "wall/wall_settings.hpp"

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

namespace bongsu::wall {

/// What is remembered of a camera between two ticks.
struct CameraMemory {
    double load = 1;      ///< expected, 1 = quiet
    WallTime last_shown;  ///< or first known
};

/// Where in the snapshot a camera stands.
using CameraNumbers = std::unordered_map<CameraId, std::size_t>;

/// One tick: changes the screens of all operators as the snapshot asks for. Lives for one call of
/// WallPlanner::plan.
class Round {
public:
    Round(
        const WallSettings& settings,
        const WallSnapshot& snapshot,
        const Shares& shares,
        std::vector<CameraMemory>& memory,
        std::vector<Screen>& screens,
        const CameraNumbers& numbers
    );

    /// Places what comes and lets go what has had its time. Returns the walls, in the order of the
    /// operators, without has_changed.
    std::vector<OperatorWall> run();

private:
    /// The incident of a camera that counts.
    struct Alarm {
        std::size_t camera = 0;
        const OpenIncident* incident = nullptr;
        bool is_undecided = false;
        bool is_escalated = false;
    };

    const WallCamera& camera(std::size_t i) const { return snapshot_.cameras[i]; }

    const WallOperator& who(std::size_t i) const { return snapshot_.operators[i]; }

    void collect_alarms();
    void clear_impossible();
    void mark_pins_and_focus();
    void place_alarms();
    void place_alarm(const Alarm& alarm);
    bool place_alarm_at(const Alarm& alarm, std::size_t operator_number);
    Place* least_alarm(std::vector<Place>& places) const;
    bool will_have_room(std::size_t operator_number) const;
    void promote_alarm(const Alarm& alarm, std::size_t operator_number);
    void place_escalations();
    void place_pins(std::size_t operator_number);
    Place* place_for_pin(std::size_t operator_number, std::size_t camera_number);
    void fill_empty(std::size_t operator_number);
    void fill_main(std::size_t operator_number);
    void turn_carousel(std::size_t operator_number);
    std::optional<std::size_t> next_for_main(std::size_t operator_number, const Place& place) const;
    std::optional<std::size_t> longest_unseen(std::size_t operator_number) const;
    bool is_wanted_elsewhere(std::size_t operator_number, const Place& place) const;
    void show(std::size_t operator_number, Place& place, std::size_t camera);
    void show_calmly(std::size_t operator_number, Place& place, std::size_t camera);
    void vacate(Place& place);
    Reason reason_for(const Place& place) const;
    ReasonCode activity_of(std::size_t camera) const;
    void refresh_reasons();
    OperatorWall report(std::size_t operator_number);

    const WallSettings& settings_;
    const WallSnapshot& snapshot_;
    const Shares& shares_;
    std::vector<CameraMemory>& memory_;
    std::vector<Screen>& screens_;
    const CameraNumbers& numbers_;
    std::vector<Alarm> alarms_;                         ///< gravest, then oldest first
    std::vector<std::optional<std::size_t>> alarm_of_;  ///< by camera
    std::vector<std::optional<std::size_t>> shown_by_;  ///< by camera: who has its first place
    std::vector<char> is_wished_;                       ///< by camera: somebody's pin waits for it
    std::vector<std::vector<std::size_t>> pool_;        ///< by operator: owned, with signal
    std::vector<std::vector<CameraId>> waiting_pins_;   ///< by operator
    std::vector<std::vector<IncidentId>> waiting_alarms_;  ///< by operator
};

}  // namespace bongsu::wall
