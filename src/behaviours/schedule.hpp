#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::behaviours {

/// A time zone without summer time: "Asia/Seoul", "UTC" or an offset such as "+09:00". Korea has
/// kept UTC+9 without summer time since 1988, and libstdc++ 12 has no tz database, so a fixed
/// offset is all there is.
class TimeZone {
public:
    TimeZone() = default;  ///< Asia/Seoul
    static Result<TimeZone> parse(std::string_view text);

    std::chrono::minutes offset() const { return offset_; }

private:
    std::chrono::minutes offset_{std::chrono::hours{9}};
};

/// At which hours of the week a rule works. Immutable.
///
///     mon-fri 22:00-06:00      nights that begin on a weekday, over midnight
///     daily 08:00-20:00
///     sat,sun 00:00-24:00
class Schedule {
public:
    Schedule() = default;  ///< always

    /// Several spans add up. No span at all means always.
    static Result<Schedule> parse(
        const std::vector<std::string>& spans, TimeZone zone, std::string_view path
    );

    bool is_active(WallTime time) const;

    std::chrono::minutes offset() const { return zone_.offset(); }

private:
    struct Span {
        std::array<bool, 7> days{};  ///< on which days it begins; 0 is Sunday
        std::chrono::minutes from{};
        std::chrono::minutes to{};  ///< not included; at or before `from`: on the next day
    };

    static Result<Span> parse_span(std::string_view text, const std::string& path);

    std::vector<Span> spans_;
    TimeZone zone_;
};

}  // namespace bongsu::behaviours
