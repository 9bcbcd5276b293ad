#pragma once

#include "core/result.hpp"

#include <string>
#include <vector>

#include <sys/types.h>

namespace bongsu::app {

/// A program that runs beside this one and ends with this object (SIGTERM, then SIGKILL).
class ChildProcess {
public:
    /// `arguments[0]` is the program. Its standard output can be read by read_line().
    static Result<ChildProcess> start(const std::vector<std::string>& arguments);

    ~ChildProcess();
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;

    pid_t pid() const { return pid_; }

    /// The next line of its standard output; Unavailable when it ended, Timeout after ten seconds.
    Result<std::string> read_line();

private:
    ChildProcess(pid_t pid, int output) : pid_(pid), output_(output) {}

    pid_t pid_;
    int output_;
    std::string buffer_;
};

}  // namespace bongsu::app
