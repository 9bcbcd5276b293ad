#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace bongsu::log {

/// error: a person must act; warn: degraded, heals itself; info: state changes; debug: off by
/// default.
enum class Level { Debug, Info, Warn, Error };

/// One key=value of a log line.
struct Field {
    std::string_view key;
    std::string value;

    Field(std::string_view k, std::string_view v) : key(k), value(v) {}

    Field(std::string_view k, const std::string& v) : key(k), value(v) {}

    Field(std::string_view k, const char* v) : key(k), value(v) {}

    Field(std::string_view k, bool v) : key(k), value(v ? "true" : "false") {}

    template <class N>
        requires(std::is_arithmetic_v<N> && !std::is_same_v<N, bool>)
    Field(std::string_view k, N v) : key(k), value(std::to_string(v)) {}
};

enum class Format { Text, Json };

/// Sets where and how lines are written (standard error). Thread-safe; call once at start.
void configure(Level minimum, Format format);

/// Writes one line: `event` is a dotted name such as "ingest.connected". Thread-safe, never throws.
/// Waits hardly for whoever reads standard error: a line that finds it full for 50 ms is lost, and
/// the next one that gets through says how many were ("log.lines_lost"). Not for per-frame paths;
/// repeated events of one object go through RateLimited.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void debug(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Debug, event, fields);
}

inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Info, event, fields);
}

inline void warn(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Warn, event, fields);
}

inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Error, event, fields);
}

}  // namespace bongsu::log
