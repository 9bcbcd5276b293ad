#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::bench {

/// Where things are kept that take long to make: BONGSU_CACHE, else ~/.cache/bongsu.
inline std::filesystem::path cache_folder() {
    if (const char* named = std::getenv("BONGSU_CACHE")) {  // NOLINT(concurrency-mt-unsafe)
        return named;
    }
    const char* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe)
    return std::filesystem::path(home != nullptr ? home : ".") / ".cache" / "bongsu";
}

/// Folder of the benchmark's own program, where `bongsu` stands too.
inline std::filesystem::path programs_folder() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

/// A port that nobody listens on now; 0 when the machine has none left.
inline std::uint16_t free_port() {
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (probe < 0 || bind(probe, reinterpret_cast<const sockaddr*>(&address), size) != 0) {
        return 0;
    }
    getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    close(probe);
    return ntohs(address.sin_port);
}

}  // namespace bongsu::bench
