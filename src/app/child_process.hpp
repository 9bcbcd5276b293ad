#pragma once

#include "core/result.hpp"

#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace bongsu::app {

/// A program that runs beside this one and ends with this object (SIGTERM, then SIGKILL) and, when
/// this program is killed, with it (SIGTERM).
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
    class Keeper;

    ChildProcess(std::unique_ptr<Keeper> keeper, pid_t pid, int output);

    std::unique_ptr<Keeper> keeper_;  ///< null: moved from
    pid_t pid_;
    int output_;
    std::string buffer_;
};

}  // namespace bongsu::app
