#pragma once

#include "app/child_process.hpp"
#include "core/result.hpp"

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>

namespace bongsu::bench {

/// Looks every few milliseconds until it is so; Timeout names what was waited for.
inline Status wait_until(
    const std::function<bool()>& is_so, std::chrono::seconds longest, const std::string& what
) {
    const auto end = std::chrono::steady_clock::now() + longest;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > end) {
            return fail(ErrorKind::Timeout, "waited too long for " + what);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return {};
}

/// For a process beside the server: tells its parent every second that it is still waiting, at last
/// "ready" or "failed".
inline void announce_when(const std::function<bool()>& is_so, int most_seconds) {
    bool is_ready = false;
    for (int second = 0; second < most_seconds && !is_ready; ++second) {
        is_ready = wait_until(is_so, std::chrono::seconds{1}, "readiness").has_value();
        std::printf("%s\n", is_ready ? "ready" : "waiting");
        std::fflush(stdout);
    }
    if (!is_ready) {
        std::printf("failed\n");
        std::fflush(stdout);
    }
}

/// The other side of announce_when().
inline Status await_ready(app::ChildProcess& process, const std::string& what) {
    std::string line = "waiting";
    while (line == "waiting") {
        BONGSU_ASSIGN(line, process.read_line());
    }
    return line == "ready" ? Status{} : Status{fail(ErrorKind::Timeout, what + ": " + line)};
}

}  // namespace bongsu::bench
