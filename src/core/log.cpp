#include "core/log.hpp"

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <utility>

#include <poll.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace bongsu::log {
namespace {

std::atomic<Format> g_format{Format::Text};

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::Debug:
            return spdlog::level::debug;
        case Level::Info:
            return spdlog::level::info;
        case Level::Warn:
            return spdlog::level::warn;
        case Level::Error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

spdlog::logger& logger() {
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made = spdlog::stderr_logger_mt("bongsu");
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *instance;
}

/// Appends `text` with the characters escaped that would break a line, a quoted value or JSON.
void append_escaped(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < 0x20) {
            out += "\\u00";
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        } else {
            out += c;
        }
    }
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    append_escaped(out, text);
    out += '"';
}

std::string text_line(std::string_view event, std::initializer_list<Field> fields) {
    std::string line{event};
    for (const Field& field : fields) {
        line += ' ';
        line += field.key;
        line += '=';
        if (field.value.empty() || field.value.find_first_of(" \"\\\n\t=") != std::string::npos) {
            append_quoted(line, field.value);
        } else {
            append_escaped(line, field.value);
        }
    }
    return line;
}

std::string json_line(Level level, std::string_view event, std::initializer_list<Field> fields) {
    std::string line = R"({"level":)";
    append_quoted(line, spdlog::level::to_string_view(to_spdlog(level)).data());
    line += R"(,"event":)";
    append_quoted(line, event);
    for (const Field& field : fields) {
        line += ',';
        append_quoted(line, field.key);
        line += ':';
        append_quoted(line, field.value);
    }
    line += '}';
    return line;
}

/// Whether standard error takes a line now. A reader that is slow is waited for, but not for long,
/// and not again until it has read: a stopped terminal must not stop the city.
bool is_writable() {
    static bool was_writable = true;
    constexpr int kPatienceMs = 50;
    pollfd asked{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
    const bool is_ready = poll(&asked, 1, was_writable ? kPatienceMs : 0) > 0;
    was_writable = is_ready;
    return is_ready;
}

std::mutex g_writing;  ///< from the look whether there is room to the end of the line
std::uint64_t g_lost = 0;

void put(Level level, std::string_view event, std::initializer_list<Field> fields) {
    const std::string line =
        g_format == Format::Json ? json_line(level, event, fields) : text_line(event, fields);
    logger().log(to_spdlog(level), spdlog::string_view_t{line.data(), line.size()});
}

}  // namespace

void configure(Level minimum, Format format) {
    g_format = format;
    logger().set_level(to_spdlog(minimum));
    if (format == Format::Json) {
        logger().set_pattern("%v", spdlog::pattern_time_type::utc);
    }
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    try {
        if (!logger().should_log(to_spdlog(level))) {
            return;
        }
        const std::scoped_lock lock(g_writing);
        if (!is_writable()) {
            ++g_lost;
            return;
        }
        if (const std::uint64_t lost = std::exchange(g_lost, 0); lost > 0) {
            put(Level::Warn, "log.lines_lost", {{"lines", lost}});
        }
        put(level, event, fields);
    } catch (const std::exception&) {
        // A log line that cannot be written must not take the caller down.
    }
}

}  // namespace bongsu::log
