#include "app/child_process.hpp"
#include "app/process_usage.hpp"

#include <csignal>
#include <optional>
#include <thread>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bongsu::app {
namespace {

TEST(ProcessUsage, CountsCpuOfThisProcess) {
    const ProcessUsage before = usage_of(getpid()).value();
    volatile double sum = 0;
    while (usage_of(getpid()).value().cpu_seconds < before.cpu_seconds + 0.05) {
        for (int i = 0; i < 100000; ++i) {
            sum = sum + i;
        }
    }
    EXPECT_GT(usage_of(getpid()).value().resident_megabytes, 1);
}

TEST(ProcessUsage, UnknownProcessIsAnError) {
    EXPECT_FALSE(usage_of(-5).has_value());
}

TEST(ChildProcess, ReadsLinesAndNoticesTheEnd) {
    auto child = ChildProcess::start({"sh", "-c", "echo one; echo two"}).value();
    EXPECT_EQ(child.read_line().value(), "one");
    EXPECT_EQ(child.read_line().value(), "two");
    EXPECT_EQ(child.read_line().error().kind, ErrorKind::Unavailable);
}

TEST(ChildProcess, EndsWithItsOwner) {
    pid_t pid = 0;
    {
        auto child = ChildProcess::start({"sleep", "600"}).value();
        pid = child.pid();
    }
    EXPECT_FALSE(usage_of(pid).has_value());
}

/// A process seen by its descriptor, which is never another process's.
class Witness {
public:
    explicit Witness(pid_t pid) : fd_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {}

    ~Witness() { close(fd_); }

    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;

    bool ends_within(int ms) const {
        pollfd ended{.fd = fd_, .events = POLLIN, .revents = 0};
        return poll(&ended, 1, ms) == 1;
    }

private:
    int fd_;
};

TEST(ChildProcess, EndsWhenItsOwnerIsKilled) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t owner = fork();
    if (owner == 0) {
        // Started by a thread that is gone long before its process.
        std::optional<ChildProcess> child;
        std::thread([&] { child.emplace(ChildProcess::start({"sleep", "600"}).value()); }).join();
        const pid_t pid = child->pid();
        std::ignore = write(ends[1], &pid, sizeof pid);
        while (true) {
            pause();
        }
    }
    pid_t pid = 0;
    ASSERT_EQ(read(ends[0], &pid, sizeof pid), static_cast<ssize_t>(sizeof pid));
    const Witness child(pid);
    EXPECT_FALSE(child.ends_within(300)) << "it must not depend on the thread that started it";
    kill(owner, SIGKILL);
    waitpid(owner, nullptr, 0);
    EXPECT_TRUE(child.ends_within(5000));
    close(ends[0]);
    close(ends[1]);
}

TEST(ChildProcess, MissingProgramIsAnError) {
    EXPECT_FALSE(ChildProcess::start({"/nonexistent/program"}).has_value());
}

}  // namespace
}  // namespace bongsu::app
