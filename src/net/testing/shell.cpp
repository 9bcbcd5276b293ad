#include "net/testing/shell.hpp"

#include <array>
#include <cstdio>

namespace bongsu::net::testing {

std::string run(const std::string& command) {
    std::string output;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        output.append(buffer.data(), size);
    }
    ::pclose(pipe);
    return output;
}

}  // namespace bongsu::net::testing
