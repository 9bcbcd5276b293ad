#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::camsim::testing {

/// A sender report as it came in.
struct SeenReport {
    std::uint64_t ntp = 0;
    std::uint32_t rtp_time = 0;
};

/// What one session received.
struct SessionLog {
    std::uint64_t bytes = 0;
    std::uint64_t units = 0;  ///< packets with the marker bit
    std::uint64_t packets = 0;
    std::uint64_t sequence_gaps = 0;  ///< packets whose number does not follow the one before
    std::uint64_t time_steps_back = 0;
    std::uint32_t last_rtp_time = 0;
    bool is_closed = false;  ///< the server closed the connection
    std::vector<SeenReport> reports;
};

/// A cheap RTSP client for many sessions over TCP, on one thread, written apart from the product's
/// own: it answers no challenge, cuts interleaved frames, counts, and keeps nothing.
class LoadClient {
public:
    LoadClient();
    ~LoadClient();
    LoadClient(const LoadClient&) = delete;
    LoadClient& operator=(const LoadClient&) = delete;

    /// Connects to 127.0.0.1:port, sends SETUP and PLAY for `path` and waits for the answers.
    Status play(std::uint16_t port, const std::string& path);

    /// Receives on all sessions for `duration`, or until all are closed.
    void receive(Duration duration);

    /// Makes a slow client of one session, and a good one again.
    void stop_reading(std::size_t session);
    void resume_reading(std::size_t session);

    const std::vector<SessionLog>& sessions() const { return logs_; }

    SessionLog total() const;

private:
    struct Cutter;
    void read_session(std::size_t index);
    void close_session(std::size_t index);

    int epoll_ = -1;
    std::vector<int> sockets_;
    std::vector<SessionLog> logs_;
    std::vector<std::unique_ptr<Cutter>> cutters_;
};

}  // namespace bongsu::camsim::testing
