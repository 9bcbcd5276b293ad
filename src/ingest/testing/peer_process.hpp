#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace bongsu::ingest::testing {

/// A program that runs beside a test. It is told to end by the end of its standard input.
class PeerProcess {
public:
    explicit PeerProcess(const std::vector<std::string>& arguments);
    ~PeerProcess();
    PeerProcess(const PeerProcess&) = delete;
    PeerProcess& operator=(const PeerProcess&) = delete;

    /// Waits for the next line of its output; empty when it has ended.
    std::string read_line();

private:
    pid_t process_ = -1;
    int input_ = -1;   ///< we write
    int output_ = -1;  ///< we read
};

}  // namespace bongsu::ingest::testing
