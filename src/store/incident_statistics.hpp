#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/incident.hpp"
#include "domain/judged_incident.hpp"
#include "store/incident_store.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::store {

/// Which incidents figures are about: those that opened in [from, to) and lie in the scope.
struct StatisticsSpan {
    WallTime from;
    WallTime to;
    std::optional<IncidentScope> scope;  ///< nothing: all organisations
};

using CountByGravity = std::array<int, 5>;  ///< [0] is gravity 1

/// How often one rule of one camera was judged one way.
struct VerdictCount {
    CameraId camera;
    RuleId rule;
    std::string kind;
    Verdict verdict = Verdict::None;
    std::optional<FalseAlarmReason> reason;
    int count = 0;

    bool operator==(const VerdictCount&) const = default;
};

/// From opened to acknowledged: nearest-rank percentiles over what was acknowledged at all.
struct AcknowledgeTimes {
    int count = 0;
    std::optional<Duration> p50;
    std::optional<Duration> p95;

    bool operator==(const AcknowledgeTimes&) const = default;
};

struct OperatorFigures {
    std::string user;
    AcknowledgeTimes acknowledged;
    int confirmed = 0;
    int false_alarms = 0;
    /// Of the incidents that the operator acknowledged, how many opened in the ten minutes with the
    /// most: the load by which alarm systems are judged (EEMUA 191: long-run mean below 1 per 10
    /// minutes, at most 10 in any).
    int busiest_ten_minutes = 0;
};

/// What people did about incidents.
struct HandlingFigures {
    AcknowledgeTimes acknowledged;           ///< by anybody
    std::vector<OperatorFigures> operators;  ///< whoever acknowledged or judged, ordered by name
};

/// Incidents that opened in one hour.
struct HourFigures {
    WallTime hour;
    CountByGravity by_gravity{};
};

/// What opened, and what became of it.
struct OpenedFigures {
    std::vector<HourFigures> hours;  ///< in which something opened, in order
    std::map<IncidentState, int> states;
};

/// How things stand now.
struct OpenFigures {
    CountByGravity by_gravity{};  ///< open ones
    int unanswered = 0;
    std::optional<WallTime> oldest_unanswered;
    std::map<std::string, int> by_assignee;  ///< "": nobody's
};

/// Figures over incidents, each one or two walks along the index of time. Merged ones count in the
/// one that took them in. Thread-safe; errors as IncidentStore.
class IncidentStatistics {
public:
    virtual ~IncidentStatistics() = default;

    /// Ordered by camera, rule, kind; incidents that nobody has judged have Verdict::None.
    virtual Result<std::vector<VerdictCount>> verdicts(const StatisticsSpan& span) = 0;

    virtual Result<OpenedFigures> opened(const StatisticsSpan& span) = 0;

    virtual Result<HandlingFigures> handling(const StatisticsSpan& span) = 0;

    virtual Result<OpenFigures> open_now(const std::optional<IncidentScope>& scope) = 0;

    /// Judged incidents of one camera, newest first, at most `limit`.
    virtual Result<std::vector<JudgedIncident>> judged(
        const CameraId& camera, WallTime from, WallTime to, int limit
    ) = 0;
};

}  // namespace bongsu::store
