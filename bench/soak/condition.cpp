#include "soak/condition.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <system_error>

namespace bongsu::bench {
namespace {

namespace fs = std::filesystem;

/// The lines "Name:   123 kB" of a file of /proc.
std::map<std::string, double> numbers_in(const fs::path& path) {
    std::map<std::string, double> numbers;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name;
        double number = 0;
        if (words >> name >> number) {
            numbers[name] = number;
        }
    }
    return numbers;
}

std::size_t entries_of(const fs::path& folder) {
    std::error_code gone;
    const fs::directory_iterator entries(folder, gone);
    return gone ? 0 : static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

/// Files come and go while this looks; what is gone counts nothing.
double megabytes_below(const fs::path& folder) {
    std::error_code gone;
    std::uintmax_t bytes = 0;
    for (fs::recursive_directory_iterator each(folder, gone), last; !gone && each != last;
         each.increment(gone)) {
        std::error_code not_there;
        const bool is_file = each->is_regular_file(not_there);
        const std::uintmax_t size = is_file && !not_there ? each->file_size(not_there) : 0;
        bytes += not_there ? 0 : size;
    }
    return static_cast<double>(bytes) / 1e6;
}

double megabytes_of(const fs::path& file) {
    std::error_code gone;
    const std::uintmax_t size = fs::file_size(file, gone);
    return gone ? 0 : static_cast<double>(size) / 1e6;
}

}  // namespace

Result<Condition> condition_of(pid_t process, const fs::path& data) {
    const fs::path proc = "/proc/" + std::to_string(process);
    const auto status = numbers_in(proc / "status");
    const auto memory = numbers_in(proc / "smaps_rollup");
    // A process that has ended and was not waited for has a status without memory.
    if (!status.contains("VmRSS:")) {
        return fail(ErrorKind::NotFound, "no process " + std::to_string(process));
    }
    const auto megabytes = [](const auto& numbers, const char* name) {
        constexpr double kPerKilobyte = 1024 / 1e6;
        const auto found = numbers.find(name);
        return found == numbers.end() ? 0 : found->second * kPerKilobyte;
    };
    Condition now;
    now.resident_mb = megabytes(status, "VmRSS:");
    now.proportional_mb = megabytes(memory, "Pss:");
    now.anonymous_mb = megabytes(status, "RssAnon:");
    now.handles = static_cast<double>(entries_of(proc / "fd"));
    now.threads = status.contains("Threads:") ? status.at("Threads:") : 0;
    now.recordings_mb = megabytes_below(data / "recordings");
    for (const char* file : {"bongsu.db", "bongsu.db-wal"}) {
        now.database_mb += megabytes_of(data / file);
    }
    now.other_mb = megabytes_below(data / "snapshots") + megabytes_below(data / "scenes");
    return now;
}

}  // namespace bongsu::bench
