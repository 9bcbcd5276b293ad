#include "behaviours/schedule.hpp"

#include "core/settings.hpp"

#include <algorithm>
#include <optional>
#include <ranges>

namespace bongsu::behaviours {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> kDays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

std::optional<int> two_digits(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 2 || !is_digit(text[0]) || !is_digit(text[1])) {
        return std::nullopt;
    }
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/// hh:mm from 00:00 to 24:00.
std::optional<minutes> parse_clock(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') {
        return std::nullopt;
    }
    const auto hour = two_digits(text.substr(0, 2));
    const auto minute = two_digits(text.substr(3, 2));
    if (!hour || !minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute != 0)) {
        return std::nullopt;
    }
    return hours{*hour} + minutes{*minute};
}

std::optional<std::size_t> parse_day(std::string_view text) {
    const auto* found = std::ranges::find(kDays, text);
    if (found == kDays.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - kDays.begin());
}

/// "mon", "mon-fri", "fri-mon" or "daily".
bool mark_days(std::string_view text, std::array<bool, 7>& days) {
    if (text == "daily") {
        days.fill(true);
        return true;
    }
    const std::size_t dash = text.find('-');
    const auto first = parse_day(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_day(text.substr(dash + 1));
    if (!first || !last) {
        return false;
    }
    for (std::size_t day = *first;; day = (day + 1) % days.size()) {
        days.at(day) = true;
        if (day == *last) {
            return true;
        }
    }
}

}  // namespace

Result<TimeZone> TimeZone::parse(std::string_view text) {
    TimeZone zone;
    if (text == "Asia/Seoul" || text == "KST") {
        return zone;
    }
    if (text == "UTC" || text == "Z") {
        zone.offset_ = minutes{0};
        return zone;
    }
    const bool is_signed = !text.empty() && (text[0] == '+' || text[0] == '-');
    const auto clock = is_signed ? parse_clock(text.substr(1)) : std::nullopt;
    if (!clock || *clock > hours{14}) {
        return fail(
            ErrorKind::InvalidArgument,
            "bad_time_zone"_code,
            "time zone '" + std::string(text) +
                "' is not known; write Asia/Seoul, UTC or an offset such as +09:00"
        );
    }
    zone.offset_ = text[0] == '-' ? -*clock : *clock;
    return zone;
}

Result<Schedule> Schedule::parse(
    const std::vector<std::string>& spans, TimeZone zone, std::string_view path
) {
    Schedule schedule;
    schedule.zone_ = zone;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const std::string at = std::string(path) + "[" + std::to_string(i) + "]";
        BONGSU_ASSIGN(Span span, parse_span(spans[i], at));
        schedule.spans_.push_back(span);
    }
    return schedule;
}

Result<Schedule::Span> Schedule::parse_span(std::string_view text, const std::string& path) {
    const auto malformed = [&](std::string_view why) {
        return fail(
            ErrorKind::InvalidArgument,
            "bad_schedule"_code,
            path + ": '" + std::string(text) + "': " + std::string(why) +
                "; write days and hours such as 'mon-fri 22:00-06:00' or 'daily 08:00-20:00'"
        );
    };
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) {
        return malformed("days and hours are needed");
    }
    Span span;
    for (const auto part : std::views::split(text.substr(0, space), ',')) {
        const std::string_view day{part.begin(), part.end()};
        if (!mark_days(day, span.days)) {
            return malformed(
                "'" + std::string(day) + "' is not a day (mon tue wed thu fri sat sun daily)"
            );
        }
    }
    const std::string_view clocks =
        text.substr(std::min(text.find_first_not_of(' ', space), text.size()));
    const std::size_t dash = clocks.find('-');
    const auto from = parse_clock(clocks.substr(0, dash));
    const auto to =
        dash == std::string_view::npos ? std::nullopt : parse_clock(clocks.substr(dash + 1));
    if (!from || !to || *from == hours{24}) {
        return malformed("the hours are not of the form hh:mm-hh:mm");
    }
    if (*from == *to) {
        return malformed("the hours are empty; for the whole day write 00:00-24:00");
    }
    span.from = *from;
    span.to = *to;
    return span;
}

bool Schedule::is_active(WallTime time) const {
    if (spans_.empty()) {
        return true;
    }
    const WallTime local = time + zone_.offset();
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::size_t today = std::chrono::weekday{day}.c_encoding();
    const std::size_t yesterday = (today + 6) % 7;
    const Duration clock = local - day;
    return std::ranges::any_of(spans_, [&](const Span& span) {
        if (span.to > span.from) {
            return span.days.at(today) && clock >= span.from && clock < span.to;
        }
        return (span.days.at(today) && clock >= span.from) ||
               (span.days.at(yesterday) && clock < span.to);
    });
}

}  // namespace bongsu::behaviours
