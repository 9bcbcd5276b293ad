#include "exec/cpu_time.hpp"

#include <ctime>

namespace bongsu::exec {

Duration thread_cpu_time() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::duration_cast<Duration>(
        std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec}
    );
}

}  // namespace bongsu::exec
