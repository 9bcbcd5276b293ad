#include "app/child_process.hpp"
#include "app/process_usage.hpp"

#include <gtest/gtest.h>
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

TEST(ChildProcess, MissingProgramIsAnError) {
    EXPECT_FALSE(ChildProcess::start({"/nonexistent/program"}).has_value());
}

}  // namespace
}  // namespace bongsu::app
