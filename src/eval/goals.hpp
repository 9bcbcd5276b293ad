#pragma once

#include "eval/measurements.hpp"
#include "eval/report.hpp"

#include <span>
#include <string>
#include <string_view>

namespace bongsu::eval {

/// What a measured figure must reach.
struct Goal {
    std::string_view item;
    std::string_view figure;  ///< name of the measurement; its interval is _low and _high
    double wanted = 0;
    bool is_at_most = false;  ///< else at least
    std::string_view unit;    ///< behind the figure, such as " s"
};

/// The figures that recognition is held to, item by item.
std::span<const Goal> goals();

enum class GoalRows { Measured, All };

/// One row a goal: item, figure, 95 % interval, wanted, reached. "yes, but" and "no, but" say that
/// the interval holds the wanted value: the footage is too little to tell.
ReportTable goal_table(const Measurements& measured, GoalRows rows);

/// A table as aligned lines for people.
std::string to_text(const ReportTable& table);

}  // namespace bongsu::eval
