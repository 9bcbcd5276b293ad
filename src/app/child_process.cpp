#include "app/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace bongsu::app {
namespace {

constexpr int kLineTimeoutMs = 10'000;
constexpr int kEndTimeoutMs = 3'000;

/// Whether the process ended (and was reaped) within the limit.
bool ends_within(pid_t pid, int limit_ms) {
    constexpr int kStepMs = 20;
    for (int waited = 0; waited <= limit_ms; waited += kStepMs) {
        if (waitpid(pid, nullptr, WNOHANG) != 0) {
            return true;
        }
        poll(nullptr, 0, kStepMs);
    }
    return false;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& arguments) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorKind::ResourceExhausted, std::string("pipe: ") + std::strerror(errno));
    }
    std::vector<char*> argv;
    for (const std::string& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    // The parent may have blocked signals for its own waiting; the child must hear SIGTERM.
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(
        &attributes, 0
    );  // Ctrl-C reaches the parent alone, which ends the child
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    pid_t pid = 0;
    const int error = posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (error != 0) {
        close(ends[0]);
        return fail(
            ErrorKind::Unavailable, "cannot start " + arguments[0] + ": " + std::strerror(error)
        );
    }
    return ChildProcess{pid, ends[0]};
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      output_(std::exchange(other.output_, -1)),
      buffer_(std::move(other.buffer_)) {}

ChildProcess::~ChildProcess() {
    if (output_ >= 0) {
        close(output_);
    }
    if (pid_ == 0) {
        return;
    }
    kill(pid_, SIGTERM);
    if (!ends_within(pid_, kEndTimeoutMs)) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
}

Result<std::string> ChildProcess::read_line() {
    while (true) {
        const std::size_t newline = buffer_.find('\n');
        if (newline != std::string::npos) {
            std::string line = buffer_.substr(0, newline);
            buffer_.erase(0, newline + 1);
            return line;
        }
        pollfd ready{.fd = output_, .events = POLLIN, .revents = 0};
        if (poll(&ready, 1, kLineTimeoutMs) == 0) {
            return fail(ErrorKind::Timeout, "the started program says nothing for 10 s");
        }
        std::array<char, 4096> chunk{};
        const ssize_t count = read(output_, chunk.data(), chunk.size());
        if (count <= 0) {
            return fail(
                ErrorKind::Unavailable, "the started program has ended; its message is above"
            );
        }
        buffer_.append(chunk.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace bongsu::app
