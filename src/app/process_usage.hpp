#pragma once

#include "core/result.hpp"

#include <sys/types.h>

namespace bongsu::app {

/// What a process has used since it began.
struct ProcessUsage {
    double cpu_seconds = 0;         ///< user and system, all threads
    double resident_megabytes = 0;  ///< now
};

/// From /proc (Linux proc(5)). NotFound when there is no such process.
Result<ProcessUsage> usage_of(pid_t process);

}  // namespace bongsu::app
