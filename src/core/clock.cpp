#include "core/clock.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace bongsu {
namespace {

using std::chrono::duration_cast;

/// Reads exactly `digits` decimal digits at `at` and moves past them; -1 when they are not there.
int take_number(std::string_view text, std::size_t& at, std::size_t digits) {
    if (text.size() < at + digits) {
        return -1;
    }
    int value = 0;
    const char* begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + digits, value);
    if (error != std::errc{} || end != begin + digits || *begin == '-') {
        return -1;
    }
    at += digits;
    return value;
}

bool take_char(std::string_view text, std::size_t& at, char expected) {
    if (at >= text.size() || text[at] != expected) {
        return false;
    }
    ++at;
    return true;
}

/// Up to six decimals after a dot, as microseconds; 0 when there is no dot, -1 when malformed.
std::int64_t take_fraction(std::string_view text, std::size_t& at) {
    if (!take_char(text, at, '.')) {
        return 0;
    }
    std::int64_t micros = 0;
    int digits = 0;
    while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0) {
        if (digits < 6) {
            micros = micros * 10 + (text[at] - '0');
            ++digits;
        }
        ++at;
    }
    if (digits == 0) {
        return -1;
    }
    for (; digits < 6; ++digits) {
        micros *= 10;
    }
    return micros;
}

/// Z, +hh:mm or -hh:mm; false when malformed.
bool take_offset(std::string_view text, std::size_t& at, std::chrono::minutes& offset) {
    if (take_char(text, at, 'Z')) {
        offset = std::chrono::minutes{0};
        return true;
    }
    const bool is_negative = at < text.size() && text[at] == '-';
    if (!take_char(text, at, is_negative ? '-' : '+')) {
        return false;
    }
    const int hours = take_number(text, at, 2);
    if (hours < 0 || !take_char(text, at, ':')) {
        return false;
    }
    const int minutes = take_number(text, at, 2);
    if (minutes < 0) {
        return false;
    }
    offset = std::chrono::minutes{hours * 60 + minutes} * (is_negative ? -1 : 1);
    return true;
}

}  // namespace

WallTime SystemClock::wall() const {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

MonoTime SystemClock::mono() const {
    return std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now());
}

ManualClock::ManualClock(WallTime start) : wall_us_(start.time_since_epoch().count()) {}

WallTime ManualClock::wall() const {
    return WallTime{Duration{wall_us_.load()}};
}

MonoTime ManualClock::mono() const {
    return MonoTime{Duration{mono_us_.load()}};
}

void ManualClock::advance(Duration by) {
    wall_us_ += by.count();
    mono_us_ += by.count();
}

void ManualClock::set_wall(WallTime to) {
    wall_us_ = to.time_since_epoch().count();
}

std::string to_iso8601(WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(time - day)};
    std::array<char, 64> text{};
    std::snprintf(
        text.data(),
        text.size(),
        "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count())
    );
    return text.data();
}

Result<WallTime> parse_iso8601(std::string_view text) {
    std::size_t at = 0;
    const auto malformed = [&] {
        return fail(
            ErrorKind::InvalidArgument,
            "time '" + std::string(text) + "' is not of the form 2026-11-21T22:40:05.123Z"
        );
    };
    const int year = take_number(text, at, 4);
    if (year < 0 || !take_char(text, at, '-')) {
        return malformed();
    }
    const int month = take_number(text, at, 2);
    if (month < 0 || !take_char(text, at, '-')) {
        return malformed();
    }
    const int day = take_number(text, at, 2);
    if (day < 0 || !take_char(text, at, 'T')) {
        return malformed();
    }
    const int hour = take_number(text, at, 2);
    if (hour < 0 || hour > 23 || !take_char(text, at, ':')) {
        return malformed();
    }
    const int minute = take_number(text, at, 2);
    if (minute < 0 || minute > 59 || !take_char(text, at, ':')) {
        return malformed();
    }
    const int second = take_number(text, at, 2);
    const std::int64_t micros = take_fraction(text, at);
    std::chrono::minutes offset{0};
    const std::chrono::year_month_day date{
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}
    };
    if (second < 0 || second > 60 || micros < 0 || !date.ok() || !take_offset(text, at, offset) ||
        at != text.size()) {
        return malformed();
    }
    return WallTime{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second} + Duration{micros} - offset;
}

}  // namespace bongsu
