#include "sessions/usage.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace bongsu::bench {

Usage usage_of(pid_t pid) {
    const std::string folder = fmt::format("/proc/{}", pid);
    std::ifstream file(folder + "/stat");
    std::string text;
    std::getline(file, text);
    // Fields count from behind the program's name, which may hold anything (proc(5)).
    const std::size_t behind = text.rfind(')');
    if (behind == std::string::npos) {
        return {};
    }
    std::istringstream fields(text.substr(behind + 1));
    const std::vector<std::string> values{
        std::istream_iterator<std::string>(fields), std::istream_iterator<std::string>()
    };
    constexpr std::size_t kUser = 11;
    constexpr std::size_t kSystem = 12;
    constexpr std::size_t kThreads = 17;
    constexpr std::size_t kResident = 21;
    if (values.size() <= kResident) {
        return {};
    }
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
    std::error_code gone;
    const std::filesystem::directory_iterator open_files(folder + "/fd", gone);
    return {
        .cpu_s = (std::stod(values[kUser]) + std::stod(values[kSystem])) / ticks,
        .memory_mb = std::stod(values[kResident]) * page / 1e6,
        .files = gone ? 0 : static_cast<int>(std::distance(begin(open_files), end(open_files))),
        .threads = std::stoi(values[kThreads]),
    };
}

}  // namespace bongsu::bench
