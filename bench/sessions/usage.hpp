#pragma once

#include <sys/types.h>

namespace bongsu::bench {

/// What a process has used so far, from /proc.
struct Usage {
    double cpu_s = 0;      ///< user and system
    double memory_mb = 0;  ///< resident now
    int files = 0;         ///< open descriptors
    int threads = 0;
};

/// Zeros when the process is gone.
Usage usage_of(pid_t pid);

}  // namespace bongsu::bench
