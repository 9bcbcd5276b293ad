#include "app/process_usage.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <unistd.h>

namespace bongsu::app {

Result<ProcessUsage> usage_of(pid_t process) {
    const std::string path = "/proc/" + std::to_string(process) + "/stat";
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line)) {
        return fail(ErrorKind::NotFound, "no process " + std::to_string(process));
    }
    // The second field is the name in parentheses and may hold spaces: count from behind it.
    const std::size_t name_end = line.rfind(')');
    if (name_end == std::string::npos) {
        return fail(ErrorKind::Corrupt, path + " has no process name");
    }
    std::istringstream fields(line.substr(name_end + 2));
    std::string skipped;
    constexpr int kFieldsBeforeUserTime = 11;  // fields 3 to 13 of proc_pid_stat(5)
    for (int i = 0; i < kFieldsBeforeUserTime; ++i) {
        fields >> skipped;
    }
    double user_ticks = 0;
    double system_ticks = 0;
    fields >> user_ticks >> system_ticks;
    constexpr int kFieldsBeforeResident = 8;  // fields 16 to 23
    for (int i = 0; i < kFieldsBeforeResident; ++i) {
        fields >> skipped;
    }
    double resident_pages = 0;
    fields >> resident_pages;
    return ProcessUsage{
        .cpu_seconds = (user_ticks + system_ticks) / static_cast<double>(sysconf(_SC_CLK_TCK)),
        .resident_megabytes = resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6
    };
}

}  // namespace bongsu::app
